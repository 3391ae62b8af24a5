package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.testkit.InMemoryRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What a person writes for retention, and what is read back; here for what the package alone can see. */
public final class RetentionTargets {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  /** As early and as late as a registry can say. */
  private static final List<Instant> DATES = List.of(
      Instant.parse("2026-11-20T10:00:00Z"),
      Instant.parse("2025-01-01T00:00:00Z"),
      OffsetDateTime.MIN.toInstant(),
      OffsetDateTime.MAX.toInstant());

  private static final InMemoryRegistry REGISTRY = registry();

  private RetentionTargets() {}

  private static InMemoryRegistry registry() {
    InMemoryRegistry registry = InMemoryRegistry.builder().clock(CLOCK).build();
    registry.addImage(IMAGE);
    for (int i = 0; i < DATES.size(); i++) {
      registry.addTag(Tag.builder(IMAGE, "v1.0." + i)
          .digest("sha256:" + ("" + i).repeat(64))
          .createdAt(DATES.get(i))
          .updatedAt(DATES.get(i))
          .build());
    }
    registry.addTag(
        Tag.builder(IMAGE, "a".repeat(128)).digest("sha256:" + "f".repeat(64)).build());
    return registry;
  }

  /** A policy that is accepted makes a plan of every image; any other is refused with its line. */
  public static void policy(byte[] input) {
    RetentionPolicy policy;
    try {
      policy = RetentionPolicyFile.parse(Claim.text(input));
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
      Claim.that(
          String.valueOf(e.getMessage()).contains("line ") || input.length > 1 << 20,
          e.getMessage());
      return;
    }
    Claim.oneLine(policy.toString(), "a policy in words");
    Claim.same(
        policy.toString(),
        RetentionPolicyFile.parse(Claim.text(input)).toString(),
        "a policy read twice");
    RetentionPlan plan = RetentionPlan.of(REGISTRY, IMAGE, policy, CLOCK);
    String json = plan.toJson();
    Claim.same(json, RetentionPlan.fromJson(json, REGISTRY).toJson(), "a plan written and read");
  }

  /** A plan that is accepted is written and read again to the same; so is the beginning of a journal. */
  public static void plan(byte[] input) {
    try {
      PlanContent plan = PlanReader.read(Claim.text(input));
      String written = PlanWriter.write(plan);
      Claim.same(plan, PlanReader.read(written), "a plan written and read");
      plan.deletions().forEach(tag -> ImageRef.requireTag(tag.name()));
      ImageRef.of(plan.image());
    } catch (IllegalArgumentException e) {
      Claim.that(e.getMessage() != null, "a refusal says nothing");
    }
  }

  /** A journal is read up to its last whole line, or refused with the line. */
  public static void journal(byte[] input) {
    try {
      JournalContent journal = JournalReader.read(input);
      Claim.that(journal.toString() != null, "a journal is nothing");
    } catch (IllegalArgumentException e) {
      Claim.that(String.valueOf(e.getMessage()).startsWith("line "), e.getMessage());
    }
  }
}
