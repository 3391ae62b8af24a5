package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.InMemoryRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** An image, a day, and short words for what tests say again and again. */
final class Fixtures {

  static final ImageRef IMAGE = ImageRef.of("shop/web");

  static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private Fixtures() {}

  static String digest(String text) {
    return Emulator.digestOf(text);
  }

  /** The tag under which the referrers of a digest are. */
  static String signature(String digest, String ending) {
    return digest.replace(':', '-') + ending;
  }

  /** A tag of its own digest that was changed at this instant. */
  static Tag tag(String name, String changed) {
    return tag(name, name, changed);
  }

  static Tag tag(String name, String content, String changed) {
    return Tag.builder(IMAGE, name)
        .digest(digest(content))
        .updatedAt(Instant.parse(changed.contains("T") ? changed : changed + "T00:00:00Z"))
        .build();
  }

  static Tag undated(String name) {
    return Tag.builder(IMAGE, name).digest(digest(name)).build();
  }

  static InMemoryRegistry registry(Tag... tags) {
    InMemoryRegistry registry = InMemoryRegistry.create();
    List.of(tags).forEach(registry::addTag);
    return registry.addImage(IMAGE);
  }

  static RetentionPlan plan(RetentionPolicy policy, Tag... tags) {
    return RetentionPlan.of(registry(tags), IMAGE, policy, CLOCK);
  }

  /** The names of the tags to delete, in order. */
  static List<String> deletions(RetentionPolicy policy, Tag... tags) {
    return deletions(plan(policy, tags));
  }

  static List<String> deletions(RetentionPlan plan) {
    return plan.deletions().stream().map(PlannedTag::name).toList();
  }

  static PlannedTag planned(RetentionPlan plan, String name) {
    return plan.tags().stream()
        .filter(tag -> tag.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static String reason(RetentionPlan plan, String name) {
    return String.join("; ", planned(plan, name).reasons());
  }
}
