package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A registry on an emulator, one for each class, and the requests that arrived there. */
@ExtendWith(OciEmulatorExtension.class)
abstract class OciDeletionTest {

  static final ImageRef APP = ImageRef.of("shop/app");
  static final String REPOSITORY = APP.path();

  static final DeleteOptions STRICT = DeleteOptions.defaults();
  static final DeleteOptions FORCED = STRICT.withForce();

  /** The digest that no manifest has, by which deletion is probed. */
  static final String NO_MANIFEST = "sha256:" + "0".repeat(64);

  static final String PROBE = "DELETE manifests/NONE";

  /** More than any call sends. */
  static final int FOR_EVER = 1_000;

  private static final String PATH = "/v2/" + REPOSITORY + "/";

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  final FakeTime time = new FakeTime();
  private final Map<String, String> names = new LinkedHashMap<>();
  OciEmulator emulator;
  OciRegistry registry;

  @BeforeEach
  void open(OciEmulator emulator) {
    this.emulator = emulator;
    registry = builder().build();
    names.put(NO_MANIFEST, "NONE");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  final OciRegistryBuilder builder() {
    return OciRegistry.builder()
        .registry(emulator.baseUrl().toString())
        .preset(OciPreset.GENERIC)
        .httpOptions(httpOptions())
        .time(time);
  }

  static HttpOptions httpOptions() {
    return HttpOptions.defaults().withHttpClient(CLIENT);
  }

  /** Pushes an image on tags, and gives its digest a name for the requests. */
  final String push(String name, String... tags) {
    String digest = emulator.pushUntaggedImage(REPOSITORY, name, null);
    for (String tag : tags) {
      emulator.moveTag(REPOSITORY, tag, digest);
    }
    return named(name, digest);
  }

  final String named(String name, String digest) {
    names.put(digest, name);
    return digest;
  }

  /** Pushes an index of these by digest only, unless a tag is given. */
  final String pushIndex(String name, @Nullable String tag, String mediaType, String... children) {
    String descriptors = Arrays.stream(children)
        .map(child ->
            "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + child + "\",\"size\":1}")
        .collect(Collectors.joining(","));
    String index = "{\"schemaVersion\":2,\"mediaType\":\"" + OciManifest.OCI_INDEX
        + "\",\"manifests\":[" + descriptors + "],\"annotations\":{\"name\":\"" + name + "\"}}";
    return named(
        name,
        emulator.putManifest(
            REPOSITORY, tag, OciManifest.OCI_INDEX, index.getBytes(StandardCharsets.UTF_8)));
  }

  /** Pushes a manifest that refers to another, and the list of such that clients keep by themselves. */
  final String pushReferrer(String name, String subject, String... tags) {
    String empty = "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\""
        + emulator.putBlob(REPOSITORY, "{}".getBytes(StandardCharsets.UTF_8))
        + "\",\"size\":2}";
    String manifest = "{\"schemaVersion\":2,\"config\":" + empty + ",\"layers\":[" + empty
        + "],\"subject\":{\"mediaType\":\"" + OciManifest.OCI_MANIFEST + "\",\"digest\":\""
        + subject
        + "\",\"size\":1}}";
    String digest = named(
        name,
        emulator.putManifest(
            REPOSITORY, null, OciManifest.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8)));
    for (String tag : tags) {
      emulator.moveTag(REPOSITORY, tag, digest);
    }
    pushIndex("referrers", subject.replace(':', '-'), OciManifest.OCI_MANIFEST, digest);
    return digest;
  }

  /** Makes known that tags cannot be deleted, and forgets the requests for that. */
  final void knowingThatTagsCannotBeDeleted() {
    emulator.addTag(REPOSITORY, "learning", TagContent.of("learning").withDates(null, null));
    registry.deleteTag(APP, "learning");
    emulator.clearRequests();
  }

  final Map<String, String> tags() {
    return emulator.tags(REPOSITORY);
  }

  /** Returns the requests that arrived, without what their paths have in common. */
  final List<String> sent() {
    return emulator.requests().stream().map(this::line).toList();
  }

  private String line(RecordedRequest request) {
    assertTrue(request.rawPath().startsWith(PATH), request.toString());
    String line = request.toString().replace(PATH, "");
    for (Map.Entry<String, String> name : names.entrySet()) {
      line = line.replace(name.getKey(), name.getValue());
    }
    return line.replaceAll("sha256:[0-9a-f]{64}", "PLACEHOLDER")
        .replaceAll("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "UPLOAD");
  }

  final void assertSent(String... lines) {
    assertEquals(String.join("\n", lines), String.join("\n", sent()));
  }

  /** Asserts what was sent after tags turned out not to be deleted. */
  final void assertSent(List<String> first, List<String> then) {
    assertEquals(
        String.join("\n", first) + "\n" + String.join("\n", then), String.join("\n", sent()));
  }

  /** Returns what deleting a tag by a placeholder sends. */
  static List<String> byPlaceholder(String tag) {
    return List.of(
        "GET manifests/" + tag,
        PROBE,
        "HEAD manifests/" + tag,
        "PUT manifests/" + tag,
        "DELETE manifests/PLACEHOLDER",
        "GET manifests/" + tag);
  }

  final void assertUntouched(String tag, String digest, byte[] bytes) {
    assertEquals(digest, tags().get(tag));
    assertArrayEquals(bytes, emulator.manifestBytes(REPOSITORY, tag));
  }

  /** Asserts that a look was taken for about ten seconds, of which the requests take a part. */
  final void assertPatienceUsedUp() {
    boolean isUsedUp = time.slept().compareTo(Duration.ofSeconds(6)) > 0
        && time.slept().compareTo(Duration.ofSeconds(10)) <= 0;
    assertTrue(isUsedUp, () -> "slept " + time.sleeps());
  }

  static Fault refusal(int status, String code) {
    return Fault.json(status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"because\"}]}");
  }

  static Fault text(int status) {
    return Fault.status(status, "text/plain; charset=utf-8", "404 page not found\n");
  }

  /** The kinds of registry that delete tags. */
  static List<OciPersonality> deletingTags() {
    return List.of(
        OciPersonality.DISTRIBUTION_3_0,
        OciPersonality.DISTRIBUTION_3_0_DELETE_DISABLED,
        OciPersonality.DISTRIBUTION_3_1,
        OciPersonality.ZOT,
        OciPersonality.ARTIFACT_REGISTRY,
        OciPersonality.QUAY);
  }

  /** The kinds of registry that delete manifests only. */
  static List<OciPersonality> deletingManifestsOnly() {
    return List.of(OciPersonality.DISTRIBUTION_2, OciPersonality.HARBOR);
  }

  /** The kinds of registry that delete nothing. */
  static List<OciPersonality> deletingNothing() {
    return List.of(
        OciPersonality.DISTRIBUTION_2_DELETE_DISABLED,
        OciPersonality.DISTRIBUTION_2_READ_ONLY,
        OciPersonality.DISTRIBUTION_3_1_DELETE_DISABLED,
        OciPersonality.GHCR);
  }
}
