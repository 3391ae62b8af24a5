package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.ServerException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done with a tag whose deletion failed once its placeholder was sent, and what is said of it. */
class PutBackTest extends GithubTest {

  private static final String TAG = MANIFESTS + "1.0";

  private static final Fault REFUSED = Fault.json(403, "{\"message\":\"no\"}");

  private String digest;
  private Map<String, String> before;

  @BeforeEach
  void addTags() {
    digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.moveTag(PATH, "other", digest);
    emulator.addTag(PATH, "2.0");
    registry.deleteTag(APP, "other"); // logs in to push
    before = emulator.tags(PATH);
    emulator.clearRequests();
    time.sleeps().clear();
  }

  private <T extends RegistryException> T failure(Class<T> expected) {
    T failure = assertThrows(expected, () -> registry.deleteTag(APP, "1.0"));
    assertEquals(expected, failure.getClass());
    return failure;
  }

  /** Returns what was pushed to the tag, in turn. */
  private List<String> pushed() {
    return emulator.requests().stream()
        .filter(request -> request.method().equals("PUT"))
        .filter(request -> request.rawPath().equals(TAG))
        .map(RecordedRequest::body)
        .toList();
  }

  private String original() {
    return new String(emulator.manifestBytes(PATH, digest), StandardCharsets.UTF_8);
  }

  private void assertSaysThatItIsBack(RegistryException e) {
    assertTrue(
        e.getMessage().contains("the tag points to " + digest + " again; the empty manifest"),
        e::getMessage);
  }

  static Stream<Arguments> unanswered() {
    return Stream.of(
        Arguments.of(Fault.status(500)),
        Arguments.of(Fault.status(503)),
        Arguments.of(Fault.status(408)),
        Arguments.of(Fault.connectionReset()));
  }

  /** It may be carried out after the look, so that the original follows it. */
  @ParameterizedTest
  @MethodSource("unanswered")
  void aPlaceholderThatMayStillArriveIsPushedOver(Fault fault) {
    use(builder()
        .httpOptions(httpOptions().withRetryPolicy(RetryPolicy.standard().withMaxAttempts(1))));
    emulator.beforeNext("PUT", TAG, () -> {
      emulator.failNext("PUT", TAG, 1_000, fault);
      emulator.beforeNext("HEAD", TAG, emulator::clearFaults);
    });

    RegistryException e =
        assertThrows(RegistryException.class, () -> registry.deleteTag(APP, "1.0"));

    assertFalse(e.getMessage().contains("again"), e::getMessage);
    assertEquals(original(), pushed().get(pushed().size() - 1));
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aPlaceholderThatWasRefusedIsNotPushedOver() {
    emulator.failNext("PUT", TAG, 1, REFUSED);

    failure(PermissionDeniedException.class);

    assertEquals(1, pushed().size());
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aPlaceholderWhoseAnswerWasLostIsReplacedAndNamed() {
    emulator.failNext("PUT", TAG, 2, Fault.status(500).afterwards());

    ServerException e = failure(ServerException.class);

    assertSaysThatItIsBack(e);
    assertTrue(e.getMessage().contains(" may be left without a tag"), e::getMessage);
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void theOriginalIsBackAtOnce() {
    emulator.failNext("DELETE", "", 1, REFUSED);

    PermissionDeniedException e = failure(PermissionDeniedException.class);

    assertSaysThatItIsBack(e);
    assertEquals(List.of(), time.sleeps());
    assertEquals(2, pushed().size());
    assertEquals(original(), pushed().get(1));
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aLookThatStillShowsThePlaceholderIsRepeated() {
    emulator.failNext("DELETE", "", 1, REFUSED);
    emulator.beforeNext("PUT", TAG, () -> {});
    emulator.beforeNext("PUT", TAG, () -> {
      Fault old = Fault.status(200)
          .withHeader("Docker-Content-Digest", emulator.tags(PATH).get("1.0"))
          .withHeader("Content-Type", OciManifest.OCI_MANIFEST);
      emulator.failNext("HEAD", TAG, 1, old);
    });

    assertSaysThatItIsBack(failure(PermissionDeniedException.class));

    assertEquals(List.of(Duration.ofMillis(200)), time.sleeps());
    assertEquals(before, emulator.tags(PATH));
  }

  /** As new bytes it would be entered as a referrer of its subject once more. */
  @Test
  void aSignatureIsPutBackByItsDigest() {
    String manifest = original();
    int end = manifest.lastIndexOf('}');
    digest = emulator.putManifest(
        PATH,
        "1.0",
        OciManifest.OCI_MANIFEST,
        (manifest.substring(0, end) + ",\"subject\":{\"mediaType\":\"" + OciManifest.OCI_MANIFEST
                + "\",\"digest\":\"" + digest + "\",\"size\":2}}")
            .getBytes(StandardCharsets.UTF_8));
    emulator.moveTag(PATH, "latest", digest);
    before = emulator.tags(PATH);
    emulator.failNext("DELETE", "", 1, REFUSED);

    assertSaysThatItIsBack(failure(PermissionDeniedException.class));

    assertEquals(before, emulator.tags(PATH));
    assertEquals(2, pushed().size());
    assertEquals(
        2, sent().stream().filter(("GET " + MANIFESTS + digest)::equals).count());
  }

  @Test
  void whatAnotherPushedOverThePlaceholderIsNotSaidToBeTheOriginal() {
    String[] others = new String[1];
    emulator.failNext("DELETE", "", 1, REFUSED);
    emulator.beforeNext(
        "DELETE",
        "",
        () ->
            others[0] = emulator.addTag(PATH, "1.0", TagContent.of("another's")).digest());

    PermissionDeniedException e = failure(PermissionDeniedException.class);

    assertFalse(e.getMessage().contains("points to"), e::getMessage);
    assertTrue(
        e.getMessage().contains("another pushed the tag meanwhile; the empty manifest sha256:"),
        e::getMessage);
    assertEquals(others[0], emulator.tags(PATH).get("1.0"));
  }

  @Test
  void whoCannotPutItBackForThirtySecondsSaysWhatIsLeft() {
    emulator.beforeNext("DELETE", "", () -> emulator.failAll(Fault.status(503)));

    PlaceholderLeftException e = failure(PlaceholderLeftException.class);

    assertEquals(digest, e.originalDigest());
    assertEquals(emulator.tags(PATH).get("1.0"), e.placeholderDigest());
    assertInstanceOf(ServerException.class, e.getCause());
    assertEquals(1, e.getCause().getSuppressed().length);
    assertInstanceOf(ServerException.class, e.getCause().getSuppressed()[0]);
    assertTrue(time.slept().compareTo(Duration.ofSeconds(25)) > 0, time.slept()::toString);
    assertTrue(time.slept().compareTo(Duration.ofSeconds(32)) < 0, time.slept()::toString);
    emulator.clearFaults();
    assertTrue(registry.restoreTag(APP, "1.0"));
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void whatElseGoesWrongComesOutOnceTheTagIsBack() {
    emulator.faults().setListLag(Duration.ofSeconds(10));
    IllegalArgumentException thrown = new IllegalArgumentException("not today");
    time.duringSleep(() -> {
      throw thrown;
    });

    assertSame(
        thrown, assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(APP, "1.0")));

    assertEquals(before, emulator.tags(PATH));
  }
}
