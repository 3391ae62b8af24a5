package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PagedIterable;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Closing, and sharing between threads. */
abstract class LifecycleContract extends ContractTheme {

  LifecycleContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @TestFactory
  Stream<DynamicTest> aClosedRegistryAnswersNothing() {
    addTags("1.0");
    DeleteOptions strict = DeleteOptions.defaults();
    Tag tag = registry().getTag(app(), "1.0");
    ImageRef reference = ImageRef.parse(app().path() + ":1.0");
    Map<String, Consumer<Registry>> calls = new LinkedHashMap<>();
    calls.put("listImages", Registry::listImages);
    calls.put("getImage", r -> r.getImage(app()));
    calls.put("listTags", r -> r.listTags(app()));
    calls.put("getTag", r -> r.getTag(app(), "1.0"));
    calls.put("findTag", r -> r.findTag(app(), "1.0"));
    calls.put("deleteTag", r -> r.deleteTag(app(), "1.0", strict));
    calls.put("deleteTag, read before", r -> r.deleteTag(tag, strict));
    calls.put("deleteTags", r -> r.deleteTags(app(), List.of("1.0"), strict));
    calls.put(
        "deleteTags, with a listener",
        r -> r.deleteTags(app(), List.of("1.0"), strict, new BulkDeleteListener() {}));
    calls.put("deleteTags, of none", r -> r.deleteTags(app(), List.of(), strict));
    calls.put("deleteImage", r -> r.deleteImage(app(), strict));
    calls.put("getTag, by reference", r -> r.getTag(reference));
    calls.put("findTag, by reference", r -> r.findTag(reference));
    calls.put("deleteTag, by reference", r -> r.deleteTag(reference, strict));
    calls.put("checkSupport", r -> r.checkSupport(app(), Feature.DELETE_TAG));
    calls.put("waitUntilTagGone", r -> r.waitUntilTagGone(app(), "2.0", WaitOptions.defaults()));
    calls.put(
        "waitUntilImageGone",
        r -> r.waitUntilImageGone(fixture().image("missing"), WaitOptions.defaults()));
    calls.put("restoreTag", r -> r.restoreTag(app(), "1.0"));
    registry().close();
    return calls.entrySet().stream()
        .map(call -> dynamicTest(call.getKey(), () -> {
          assertRefusedUnsent(
              IllegalStateException.class, () -> call.getValue().accept(registry()));
          assertTagsLeft(app(), "1.0");
        }));
  }

  @Test
  void aListingEndsWithItsRegistry() {
    addTags("1", "2", "3");
    ListTagsOptions single = ListTagsOptions.defaults().withPageSize(1);
    PagedIterable<Tag> tags = registry().listTags(app(), single);
    Page<Tag> first = tags.firstPage();

    registry().close();

    assertRefusedUnsent(IllegalStateException.class, tags::firstPage);
    Iterator<Tag> iterator = tags.iterator();
    assertRefusedUnsent(IllegalStateException.class, iterator::next);
    if (!differs(Difference.TAGS_COME_WHOLE)) {
      assertRefusedUnsent(IllegalStateException.class, first::next);
    }
    assertEquals(differs(Difference.TAGS_COME_WHOLE) ? 3 : 1, first.items().size());
  }

  @Test
  void closingTwiceIsClosingOnce() {
    registry().close();
    registry().close();

    assertRefusedUnsent(IllegalStateException.class, () -> registry().listTags(app()));
  }

  @Test
  void oneRegistryServesManyThreads() throws Exception {
    List<String> names = numbered(24);
    names.forEach(name -> addTag(app(), name, name));
    ListTagsOptions inPages = ListTagsOptions.defaults().withPageSize(10);
    PagedIterable<Tag> shared = registry().listTags(app(), inPages);
    List<Callable<HashSet<String>>> calls = new ArrayList<>();
    for (String name : names) {
      calls.add(() -> new HashSet<>(List.of(registry().getTag(app(), name).name())));
      calls.add(() -> new HashSet<>(names(shared)));
    }

    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Iterator<Future<HashSet<String>>> answers = threads.invokeAll(calls).iterator();
      for (String name : names) {
        assertEquals(new HashSet<>(List.of(name)), answers.next().get());
        assertEquals(new HashSet<>(names), answers.next().get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
