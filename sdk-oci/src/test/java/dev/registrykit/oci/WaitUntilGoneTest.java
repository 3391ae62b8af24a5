package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for deletions to end, for tags and manifests. */
class WaitUntilGoneTest extends OciDeletionTest {

  private static final WaitOptions OPTIONS = WaitOptions.defaults();

  /** What is waited for. */
  enum Kind {
    TAG,
    MANIFEST
  }

  private String digest;

  @BeforeEach
  void addImage() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    digest = push("app", "1.0");
  }

  private void await(Kind kind, WaitOptions options) {
    switch (kind) {
      case TAG -> registry.waitUntilTagGone(APP, "1.0", options);
      case MANIFEST -> registry.waitUntilManifestGone(APP, digest, options);
    }
  }

  private String words(Kind kind) {
    return kind == Kind.TAG ? "tag 1.0 of shop/app" : "manifest " + digest + " of shop/app";
  }

  private static String line(Kind kind) {
    return "HEAD manifests/" + (kind == Kind.TAG ? "1.0" : "app");
  }

  /** Whoever answers a HEAD with 404, says nothing with it. */
  private static String explanation(Kind kind) {
    return line(kind).replace("HEAD", "GET");
  }

  private void goneBeforeLook(int look) {
    emulator.beforeNext("HEAD", "", () -> {
      if (look == 1) {
        emulator.failNext("HEAD", "", 1, Fault.status(404));
        emulator.failNext("GET", "", 1, refusal(404, "MANIFEST_UNKNOWN"));
      } else {
        goneBeforeLook(look - 1);
      }
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aDeletionIsOverWhenTheThingIsNotFound(Kind kind) {
    goneBeforeLook(4);

    await(kind, OPTIONS);

    assertSent(line(kind), line(kind), line(kind), line(kind), explanation(kind));
    assertEquals(List.of(500L, 1000L, 2000L), millis());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsAbsentIsGoneAtOnce(Kind kind) {
    goneBeforeLook(1);

    await(kind, OPTIONS);

    assertSent(line(kind), explanation(kind));
    assertEquals(List.of(), millis());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anImageThatIsAbsentIsGoneToo(Kind kind) {
    emulator.personality(OciPersonality.ZOT);

    switch (kind) {
      case TAG -> registry.waitUntilTagGone(ImageRef.of("shop/no"), "1.0", OPTIONS);
      case MANIFEST -> registry.waitUntilManifestGone(ImageRef.of("shop/no"), digest, OPTIONS);
    }

    assertEquals(List.of(), millis());
  }

  @Test
  void theIntervalsGrow() {
    goneBeforeLook(7);

    await(Kind.TAG, OPTIONS);

    assertEquals(List.of(500L, 1000L, 2000L, 4000L, 5000L, 5000L), millis());
  }

  private List<Long> millis() {
    return time.sleeps().stream().map(Duration::toMillis).toList();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatStaysIsATimeout(Kind kind) {
    var failure = assertThrows(
        RegistryTimeoutException.class,
        () -> await(kind, OPTIONS.withTimeout(Duration.ofSeconds(12))));

    assertEquals(
        "wait until " + words(kind) + " is gone failed: still not so after 12000 ms",
        failure.getMessage());
    // The requests themselves take a part of the time, more of it on a busy machine.
    assertEquals(List.of(500L, 1000L), millis().subList(0, 2));
    assertTrue(time.slept().compareTo(Duration.ofSeconds(12)) <= 0, () -> "slept " + millis());
  }

  @Test
  void aTimeoutOfZeroAsksOnce() {
    assertThrows(
        RegistryTimeoutException.class, () -> await(Kind.TAG, OPTIONS.withTimeout(Duration.ZERO)));

    assertSent(line(Kind.TAG));
    assertEquals(List.of(), millis());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anAnswerThatStallsDoesNotOutliveTheWait(Kind kind) {
    emulator.failNext(9, Fault.delayed(Duration.ofHours(1)));

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(
            RegistryTimeoutException.class,
            () -> await(kind, OPTIONS.withTimeout(Duration.ofMillis(200)))));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptEndsTheWaitAndKeepsTheFlag(Kind kind) {
    time.duringSleep(Thread.currentThread()::interrupt);

    RegistryInterruptedException failure;
    boolean isInterrupted;
    try {
      failure = assertThrows(RegistryInterruptedException.class, () -> await(kind, OPTIONS));
    } finally {
      isInterrupted = Thread.interrupted();
    }

    assertTrue(isInterrupted);
    assertInstanceOf(InterruptedException.class, failure.getCause());
    assertEquals(1, time.sleeps().size());
  }

  @Test
  void aStrangers404EndsNoWait() {
    emulator.failNext(FOR_EVER, Fault.status(404, "text/plain", "default backend - 404"));

    var failure = assertThrows(NotFoundException.class, () -> await(Kind.TAG, OPTIONS));

    assertEquals(NotFoundException.class, failure.getClass());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void otherFailuresComeOut(Kind kind) {
    emulator.failNext(FOR_EVER, refusal(403, "DENIED"));

    assertThrows(PermissionDeniedException.class, () -> await(kind, OPTIONS));
  }

  @Test
  void aDeletionThatWasOnlyAcceptedIsWaitedFor() {
    emulator.setDeletionReads(12);
    registry.deleteTag(APP, "1.0");

    await(Kind.TAG, OPTIONS);

    assertEquals(List.of(), emulator.tagNames(REPOSITORY));
    assertEquals(1 + 12 + 2, emulator.requestCount());
  }

  @Test
  void anImageIsGoneWithItsLastTag() {
    time.duringSleep(() -> registry.deleteTag(APP, "1.0"));

    registry.waitUntilImageGone(APP, OPTIONS);

    assertSent(
        "GET tags/list?n=1", "DELETE manifests/1.0", "GET manifests/1.0", "GET tags/list?n=1");
  }

  @Test
  void anImageThatTheRegistryDoesNotKnowIsGone() {
    emulator.failNext("GET", "", 1, refusal(404, "NAME_UNKNOWN"));

    registry.waitUntilImageGone(APP, OPTIONS);

    assertSent("GET tags/list?n=1");
  }

  @Test
  void aStrangers404DoesNotMeanThatAnImageIsGone() {
    emulator.failNext(FOR_EVER, Fault.status(404, "text/plain", "default backend - 404"));

    var failure =
        assertThrows(NotFoundException.class, () -> registry.waitUntilImageGone(APP, OPTIONS));

    assertEquals(NotFoundException.class, failure.getClass());
  }

  @Test
  void anImageThatStaysIsATimeout() {
    assertThrows(
        RegistryTimeoutException.class,
        () -> registry.waitUntilImageGone(APP, OPTIONS.withTimeout(Duration.ofSeconds(12))));
  }

  @Test
  void argumentsAreCheckedFirst() {
    ImageRef foreign = ImageRef.parse("docker.io/shop/app");

    assertThrows(
        IllegalArgumentException.class, () -> registry.waitUntilTagGone(foreign, "1.0", OPTIONS));
    assertThrows(IllegalArgumentException.class, () -> registry.waitUntilTagGone(APP, "", OPTIONS));
    assertThrows(
        IllegalArgumentException.class, () -> registry.waitUntilManifestGone(APP, "1.0", OPTIONS));
    assertThrows(NullPointerException.class, () -> registry.waitUntilTagGone(APP, "1.0", null));
    assertSent();
  }
}
