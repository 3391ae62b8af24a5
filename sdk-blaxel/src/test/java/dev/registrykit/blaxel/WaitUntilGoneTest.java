package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting until a tag or an image is gone: what it costs, and what ends it. */
class WaitUntilGoneTest extends BlaxelTest {

  private static final String LOOK = lookUpTag("sandbox/app", "1.0");
  private static final String LOOK_AT_IMAGE = "GET /images/sandbox/app";
  private static final WaitOptions WAIT = WaitOptions.defaults();

  @BeforeEach
  void addTags() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.addTag("sandbox/app", "2.0");
  }

  /** Does something in the second wait. */
  private void duringTheSecondWait(Runnable action) {
    time.duringSleep(() -> {
      if (time.sleeps().size() == 2) {
        action.run();
      }
    });
  }

  @Test
  void eachLookForATagIsOneRequestForThatNameAlone() {
    duringTheSecondWait(() -> registry.deleteTag(APP, "1.0"));

    registry.waitUntilTagGone(APP, "1.0", WAIT);

    assertSent(LOOK, LOOK, "DELETE /images/sandbox/app/tags/1.0", LOOK);
    assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), time.sleeps());
  }

  @Test
  void eachLookForAnImageIsOneRequest() {
    duringTheSecondWait(() -> registry.deleteImage(APP, DeleteOptions.defaults()));

    registry.waitUntilImageGone(APP, WAIT);

    assertSent(LOOK_AT_IMAGE, LOOK_AT_IMAGE, "DELETE /images/sandbox/app", LOOK_AT_IMAGE);
  }

  @Test
  void inTheOlderGenerationATagIsLookedForInItsImage() {
    older().deleteTag(APP, "1.0");
    emulator.clearRequests();

    registry.waitUntilTagGone(APP, "1.0", WAIT);

    assertSent(LOOK_AT_IMAGE);
  }

  @Test
  void aDeletionThatWasAcceptedIsWaitedFor() {
    emulator.failNext("DELETE", "", 1, Fault.json(202, "{\"metadata\":{\"name\":\"app\"}}"));
    registry.deleteTag(APP, "1.0");
    duringTheSecondWait(() -> registry.deleteTag(APP, "1.0"));

    registry.waitUntilTagGone(APP, "1.0", WAIT);

    assertEquals(List.of("2.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void withTheImageItsTagsAreGone() {
    registry.deleteImage(APP, DeleteOptions.defaults());
    emulator.clearRequests();

    registry.waitUntilTagGone(APP, "1.0", WAIT);
    registry.waitUntilImageGone(APP, WAIT);

    assertSent(LOOK, LOOK_AT_IMAGE);
  }

  /** A gateway's 404 is held against the list of images. */
  @Test
  void absenceIsProvedBeforeTheWaitEnds() {
    emulator.failNext("GET", "", 1, Fault.json(404, ""));

    assertThrows(NotFoundException.class, () -> registry.waitUntilImageGone(APP, WAIT));
    assertSent(LOOK_AT_IMAGE, "GET /images" + FIRST_PAGE + "&q=app");

    registry.deleteImage(APP, DeleteOptions.defaults());
    emulator.clearRequests();
    emulator.failNext("GET", "", 1, Fault.json(404, ""));

    registry.waitUntilImageGone(APP, WAIT);

    assertSent(LOOK_AT_IMAGE, "GET /images" + FIRST_PAGE + "&q=app");
  }

  @Test
  void whatStaysIsATimeoutAfterGrowingWaits() {
    var failure = assertThrows(
        RegistryTimeoutException.class,
        () -> registry.waitUntilTagGone(APP, "1.0", WAIT.withTimeout(Duration.ofSeconds(20))));

    assertTrue(
        failure.getMessage().startsWith("wait until tag 1.0 of sandbox/app is gone"),
        failure.getMessage());
    List<Duration> growing = List.of(
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(4),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
    assertEquals(growing, time.sleeps().subList(0, 6));
    // The last wait ends with the time, so that no look follows it.
    assertEquals(time.sleeps().size(), emulator.requestCount());
  }

  @Test
  void withNoTimeItIsLookedOnce() {
    WaitOptions none = WAIT.withTimeout(Duration.ZERO);

    assertThrows(RegistryTimeoutException.class, () -> registry.waitUntilImageGone(APP, none));

    assertSent(LOOK_AT_IMAGE);
    assertEquals(List.of(), time.sleeps());
  }
}
