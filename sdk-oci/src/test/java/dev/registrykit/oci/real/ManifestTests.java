package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading, tagging and referring on a real server, together with clients of other makers. */
abstract class ManifestTests extends RealServerTests {

  ManifestTests(ServerOfClass server) {
    super(server);
  }

  // What others pushed

  @Test
  void imagesThatOtherClientsPushedAreReadByteForByte() throws IOException {
    TestImage image = TestImage.of("pushed", NOON);
    for (IndependentClient client : witnesses().clients()) {
      OciLayout layout = OciLayout.write(server().newFolder("layout"), "pushed", image);
      client.push(layout, APP.path(), "by-" + client);
    }
    for (IndependentClient client : witnesses().clients()) {
      OciManifest manifest = registry().getManifest(APP, "by-" + client);
      assertArrayEquals(image.manifest(), manifest.bytes(), client.toString());
      Tag tag = registry().getTag(APP, "by-" + client);
      assertEquals(NOON, tag.createdAt().orElseThrow(), client.toString());
      assertEquals(image.digest(), tag.digest().orElseThrow(), client.toString());
    }
  }

  @Test
  void indexesThatOtherClientsPushedAreReadWithTheirPlatforms() throws IOException {
    TestIndex index = TestIndex.of("pushed", NOON);
    for (IndependentClient client : witnesses().clients()) {
      OciLayout layout = OciLayout.write(server().newFolder("layout"), "pushed", index);
      client.push(layout, APP.path(), "by-" + client);
    }
    for (IndependentClient client : witnesses().clients()) {
      OciManifest manifest = registry().getManifest(APP, "by-" + client);
      assertArrayEquals(index.bytes(), manifest.bytes(), client.toString());
      assertEquals(
          List.of("linux/amd64", "linux/arm64"),
          manifest.manifests().stream()
              .map(part -> part.platform().orElseThrow())
              .toList());
      assertEquals(NOON, registry().getTag(APP, "by-" + client).createdAt().orElseThrow());
    }
  }

  // Order

  @Test
  void theNewestComeFirst() {
    for (int day : List.of(3, 1, 4, 2)) {
      raw()
          .push(
              APP.path(), "day" + day, TestImage.of("day " + day, NOON.plusSeconds(86_400L * day)));
    }
    raw().push(APP.path(), "undated", TestImage.of("undated", null));

    assertEquals(
        List.of("day4", "day3", "day2", "day1", "undated"),
        newestFirst(registry()).map(Tag::name).toList());
  }

  private static Stream<Tag> newestFirst(OciRegistry registry) {
    return registry
        .listTags(APP, ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC))
        .stream();
  }

  @Test
  void theTenNewestOfAThousandTagsReadEachDigestOnce() {
    for (int i = 0; i < 1_000; i++) {
      int digest = i % 100;
      TestImage image = TestImage.of("image " + digest, NOON.plusSeconds(digest));
      raw().push(APP.path(), "v%04d".formatted(i), image);
    }
    AtomicInteger listings = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    HttpOptions counting = HttpOptions.defaults()
        .withRequestListener(event -> (isListing(event) ? listings : reads).incrementAndGet());

    try (OciRegistry registry = builder().httpOptions(counting).build()) {
      assertEquals(
          IntStream.range(0, 10).mapToObj(i -> "v%04d".formatted(i * 100 + 99)).toList(),
          newestFirst(registry).limit(10).map(Tag::name).toList());
    }

    assertEquals(1_000 + 100, reads.get());
    assertEquals(pagesOfAThousand(), listings.get());
  }

  private static boolean isListing(RequestEvent event) {
    return event.uri().getPath().endsWith("/tags/list");
  }

  /** Returns how many requests it takes to list a thousand tags. */
  int pagesOfAThousand() {
    return 1;
  }

  // Tagging

  @Test
  void aSecondTagHasTheSameBytes() {
    TestImage image = push(APP, "content", "1.0");

    assertEquals(image.digest(), registry().tagManifest(APP, "1.0", "prod"));

    witnesses().assertTags(APP, "1.0", "prod");
    witnesses().assertBytes(image.manifest(), APP, "prod");
  }

  @Test
  void aTagIsMovedToADigest() {
    TestImage old = push(APP, "old", "1.0", "prod");
    TestIndex index = TestIndex.of("new", NOON);
    raw().push(APP.path(), "2.0", index);

    assertEquals(index.digest(), registry().tagManifest(APP, index.digest(), "prod"));

    witnesses().assertBytes(index.bytes(), APP, "prod");
    witnesses().assertBytes(old.manifest(), APP, "1.0");
  }

  // Referrers

  @Test
  void aReferrerIsFoundByOthersUntilItIsDeleted() {
    TestImage image = push(APP, "signed", "1.0");
    byte[] signature = signatureOf(image);
    String digest = TestImage.digestOf(signature);

    registry().putManifest(APP, digest, OciManifest.OCI_MANIFEST, signature);

    assertEquals(Set.of(digest), referrersOf(image));
    witnesses().assertBytes(signature, APP, digest);
    assertRegctlSees(image, Set.of(digest));

    assertEquals(
        DeleteOutcome.DELETED,
        registry().deleteManifest(APP, digest, DeleteOptions.defaults()).outcome());

    assertEquals(Set.of(), referrersOf(image));
    witnesses().assertMissing(APP, digest);
    assertRegctlSees(image, Set.of());
    witnesses().assertBytes(image.manifest(), APP, "1.0");
  }

  private byte[] signatureOf(TestImage image) {
    byte[] empty = "{}".getBytes(StandardCharsets.US_ASCII);
    raw().pushBlob(APP.path(), empty);
    ObjectNode manifest = TestImage.object()
        .put("schemaVersion", 2)
        .put("mediaType", OciManifest.OCI_MANIFEST)
        .put("artifactType", "application/vnd.example.signature");
    manifest.set("config", TestImage.descriptor("application/vnd.oci.empty.v1+json", empty));
    manifest
        .putArray("layers")
        .add(TestImage.descriptor("application/vnd.oci.empty.v1+json", empty));
    manifest.set("subject", TestImage.descriptor(OciManifest.OCI_MANIFEST, image.manifest()));
    return TestImage.bytes(manifest);
  }

  private Set<String> referrersOf(TestImage image) {
    return registry().listReferrers(APP, image.digest()).stream()
        .map(OciDescriptor::digest)
        .collect(Collectors.toSet());
  }

  private void assertRegctlSees(TestImage image, Set<String> expected) {
    for (IndependentClient client : witnesses().clients()) {
      if (client instanceof Regctl regctl) {
        assertEquals(expected, regctl.referrers(APP.path(), image.digest()));
      }
    }
  }
}
