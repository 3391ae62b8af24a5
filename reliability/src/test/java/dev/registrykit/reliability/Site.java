package dev.registrykit.reliability;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.reliability.Operation.Claims;
import dev.registrykit.retention.RetentionPlan;
import dev.registrykit.retention.RetentionPolicy;
import dev.registrykit.retention.RetentionRun;
import dev.registrykit.retention.TagMatcher;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.TagContent;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A provider with an emulator that has something to lose. Belongs to one thread. */
abstract class Site<R extends Registry> implements AutoCloseable {

  /** Where the tags are that operations are about. */
  final ImageRef image;

  /** An image that no operation is about. */
  final ImageRef other;

  private final Emulator emulator;

  Site(Emulator emulator, String namespace) {
    this.emulator = emulator;
    image = ImageRef.of(namespace + "/web");
    other = ImageRef.of(namespace + "/api");
  }

  /** Opens a registry at the address. */
  abstract R open(URI address, HttpOptions options);

  /** Returns the texts that may stand nowhere, nor any encoding of them. */
  abstract List<String> secrets();

  /** Returns the operations that only this provider has. */
  abstract List<Operation<R>> ownOperations();

  /** Returns the tags of an image with their digests, or any other text that is theirs. */
  Map<String, String> tagsOf(ImageRef of) {
    return emulator.tagNames(of.path()).stream()
        .collect(Collectors.toMap(name -> name, name -> "", (a, b) -> a));
  }

  /** Returns where the emulator is asked. */
  URI address() {
    return emulator.baseUrl();
  }

  /** Returns the tags of both images. */
  final Map<String, String> state() {
    Map<String, String> state = new LinkedHashMap<>();
    tagsOf(image).forEach(state::put);
    tagsOf(other).forEach((tag, digest) -> state.put("other " + tag, digest));
    return state;
  }

  /** Forgets everything and pushes both images anew. */
  void fill() {
    emulator.reset();
    add(image, "1.0", "one", 1);
    add(image, "1.1", "two", 2);
    add(image, "1.1-alias", "two", 2);
    add(image, "1.2", "three", 3);
    add(image, "prod", "three", 3);
    add(image, "2.0", "four", 4);
    add(other, "1.0", "one", 1);
  }

  private void add(ImageRef to, String tag, String content, int day) {
    Instant date = Instant.parse("2026-03-01T09:30:00Z").plusSeconds(86_400L * day);
    emulator.addTag(to.path(), tag, TagContent.of(to.path() + content).withDates(date, date));
  }

  /** Returns whether deleting one tag by force takes those of the same digest along. */
  boolean forceTakesSiblings() {
    return true;
  }

  /** Returns all operations. */
  final List<Operation<R>> operations() {
    List<Operation<R>> all = new ArrayList<>();
    all.add(Operation.reading("listTags", registry -> registry.listTags(image).toList()));
    ListTagsOptions newest = ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC);
    all.add(Operation.reading(
        "listTags newest first", registry -> registry.listTags(image, newest).toList()));
    ListTagsOptions small = ListTagsOptions.defaults().withPageSize(2).withDetail(TagDetail.FULL);
    all.add(Operation.reading(
        "listTags by twos, in full", registry -> registry.listTags(image, small).toList()));
    all.add(Operation.reading("listImages", registry -> registry.listImages().toList()));
    all.add(Operation.reading("getImage", registry -> registry.getImage(image)));
    all.add(Operation.reading("getTag", registry -> registry.getTag(image, "1.1")));
    all.add(Operation.reading("findTag", registry -> registry.findTag(image, "1.1")));
    all.add(Operation.reading("findTag of none", registry -> registry.findTag(image, "9.9")));
    all.add(Operation.reading(
        "checkSupport", registry -> registry.checkSupport(image, Feature.DELETE_TAG)));
    all.addAll(deletions());
    all.add(
        Operation.deleting("restoreTag", Set.of(), registry -> registry.restoreTag(image, "1.0")));
    all.add(Operation.reading("plan", this::plan));
    all.add(Operation.deleting("plan and run", Set.of("1.0", "1.1", "1.1-alias"), registry -> {
      RetentionPlan plan = plan(registry);
      return plan.obstacles().isEmpty()
          ? Claims.of(RetentionRun.of(registry, plan).execute())
          : new Claims(Set.of(), Set.of(), List.of());
    }));
    all.addAll(ownOperations());
    return all;
  }

  private List<Operation<R>> deletions() {
    DeleteOptions strict = DeleteOptions.defaults();
    Set<String> both = forceTakesSiblings() ? Set.of("1.1", "1.1-alias") : Set.of("1.1");
    return List.of(
        Operation.deleting(
            "deleteTag",
            Set.of("1.0"),
            registry -> Claims.of(registry.deleteTag(image, "1.0"), "1.0")),
        Operation.deleting(
            "deleteTag of two",
            Set.of("1.1"),
            registry -> Claims.of(registry.deleteTag(image, "1.1"), "1.1")),
        Operation.deleting(
            "deleteTag by force",
            both,
            registry -> Claims.of(registry.deleteTag(image, "1.1", strict.withForce()), "1.1")),
        Operation.deleting(
            "deleteTags",
            Set.of("1.0", "1.1", "1.1-alias"),
            registry ->
                Claims.of(registry.deleteTags(image, List.of("1.0", "1.1", "1.1-alias"), strict))),
        Operation.deleting(
            "deleteTags by force",
            Set.of("1.1", "1.1-alias", "1.2", "prod"),
            registry ->
                Claims.of(registry.deleteTags(image, List.of("1.1", "1.2"), strict.withForce()))),
        Operation.deleting(
            "deleteImage", Set.of("1.0", "1.1", "1.1-alias", "1.2", "prod", "2.0"), registry -> {
              registry.deleteImage(image, strict.withForce());
              return "";
            }));
  }

  private RetentionPlan plan(Registry registry) {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("1.*"))
        .keepNewestImages(1)
        .keepTags(Set.of("prod"))
        .keepSiblings()
        .build();
    Clock clock = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    return RetentionPlan.of(registry, image, policy, clock);
  }

  @Override
  public void close() {
    emulator.close();
  }
}
