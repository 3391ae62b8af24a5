package dev.registrykit.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the pages on listing, deletion and OCI registries say that a call costs, in requests. */
class CostsTest {

  private static final int TAGS = 20;

  private static final int DIGESTS = 4;

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private final ImageRef image = ImageRef.of("shop/web");

  /** The requests that a call makes. */
  private static long cost(Emulator emulator, Registry registry, Consumer<Registry> call) {
    emulator.clearRequests();
    call.accept(registry);
    return emulator.requestCount();
  }

  private Consumer<Registry> list(ImageRef of, TagOrder order) {
    return registry ->
        registry.listTags(of, ListTagsOptions.defaults().withOrder(order)).toList();
  }

  private Consumer<Registry> delete(String tag, DeleteOptions options) {
    return registry -> registry.deleteTag(image, tag, options);
  }

  private static Registry open(Emulator emulator) {
    return Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults());
  }

  private static void fill(Emulator emulator) {
    for (int i = 0; i < TAGS; i++) {
      emulator.addTag("shop/web", "t" + i, TagContent.of("build " + i % DIGESTS));
    }
    emulator.addTag("shop/web", "alone");
  }

  @Test
  void scaleway() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = open(emulator)) {
      fill(emulator);
      assertEquals(3, cost(emulator, registry, list(image, TagOrder.NAME_ASC)), "first use");
      for (TagOrder order : TagOrder.values()) {
        assertEquals(1, cost(emulator, registry, list(image, order)), order.name());
      }
      assertEquals(2, cost(emulator, registry, delete("alone", STRICT)));
      DeleteOptions force = STRICT.withForce();
      assertEquals(3, cost(emulator, registry, delete("t0", force)), "with siblings");
    }
  }

  @Test
  void blaxel() {
    try (BlaxelEmulator emulator = BlaxelEmulator.start();
        Registry registry = open(emulator)) {
      ImageRef app = ImageRef.of("sandbox/my-app");
      emulator.addTag(app.path(), "1.0");
      emulator.addTag(app.path(), "1.1");
      for (TagOrder order : TagOrder.values()) {
        assertEquals(1, cost(emulator, registry, list(app, order)), order.name());
      }
      assertEquals(1, cost(emulator, registry, each -> each.deleteTag(app, "1.0")));
    }
  }

  @Test
  void github() {
    try (GithubEmulator emulator = GithubEmulator.start();
        Registry registry = open(emulator)) {
      ImageRef app = ImageRef.of("octo-org/web");
      for (int i = 0; i < TAGS; i++) {
        emulator.addTag(app.path(), "t" + i, TagContent.of("build " + i % DIGESTS));
      }
      emulator.addTag(app.path(), "alone");
      emulator.addTag(app.path(), "first");
      emulator.addTag(app.path(), "shared", TagContent.of("build 0"));
      registry.deleteTag(
          app, "first"); // asks whose it is, logs in to read, and reads every manifest
      registry.deleteTag(app, "shared"); // logs in to push
      for (TagOrder order : TagOrder.values()) {
        assertEquals(1, cost(emulator, registry, list(app, order)), order.name());
      }
      int tags = TAGS + 1; // "alone" among them
      assertEquals(1 + 7 + tags, cost(emulator, registry, each -> each.deleteTag(app, "alone")));
      int siblings = TAGS / DIGESTS - 1;
      assertEquals(1 + 9 + siblings, cost(emulator, registry, each -> each.deleteTag(app, "t0")));
      DeleteOptions force = STRICT.withForce();
      assertEquals(
          1 + 5 + 2 * siblings,
          cost(emulator, registry, each -> each.deleteTag(app, "t1", force)),
          "forced");
    }
  }

  @Test
  void newestFirstOnAnOciRegistry() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry = open(emulator)) {
      for (int i = 0; i < TAGS; i++) {
        emulator.addTag("shop/web", "t" + i, TagContent.of("build " + i % DIGESTS));
      }
      assertEquals(1, cost(emulator, registry, list(image, TagOrder.NAME_ASC)));
      assertEquals(
          1 + TAGS + DIGESTS, cost(emulator, registry, list(image, TagOrder.CHANGED_DESC)));
      assertEquals(1 + TAGS, cost(emulator, registry, list(image, TagOrder.CHANGED_DESC)), "again");
    }
  }

  @Test
  void deletingWhereTagsGo() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_3_0);
        Registry registry = open(emulator)) {
      fill(emulator);
      assertEquals(2, cost(emulator, registry, delete("t0", STRICT)));
      assertEquals(2, cost(emulator, registry, delete("t1", STRICT.withForce())));
    }
  }

  @Test
  void deletingWhereManifestsGo() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_2);
        Registry registry = open(emulator)) {
      fill(emulator);
      assertEquals(1 + 6, cost(emulator, registry, delete("t0", STRICT)), "and learns of it");
      assertEquals(6, cost(emulator, registry, delete("t4", STRICT)));
    }
  }

  @Test
  void deletingByForceWhereManifestsGo() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_2);
        Registry registry = open(emulator)) {
      fill(emulator);
      int otherTags = TAGS; // the one alone is one of them
      assertEquals(1 + otherTags + 6, cost(emulator, registry, delete("t1", STRICT.withForce())));
    }
  }
}
