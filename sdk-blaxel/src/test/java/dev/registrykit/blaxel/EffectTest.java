package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a failure says of the operation, and how long an operation may take: a change that was carried
 * out may have taken effect, whatever can be read of its answer.
 */
class EffectTest extends BlaxelTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Welcome</html>",
        "welcome",
        "{",
        "[]",
        "{}",
        "{\"message\":\"please log in\"}",
        "{\"metadata\":{\"resourceType\":\"agent\"}}",
        "{\"name\":\"other\",\"metadata\":{\"name\":\"other\",\"createdAt\":\"never\"}}"
      })
  void whatWasCarriedOutMayHaveTakenEffectWhateverItsAnswer(String body) {
    emulator.addTag("sandbox/app", "1.0");
    Map<String, Executable> changes = Map.of(
        "create image sandbox/app", () -> registry.createImage(CreateImageOptions.of(APP)),
        "share sandbox/app with workspace other", () -> registry.shareImage(APP, "other"),
        "unshare sandbox/app with workspace other", () -> registry.unshareImage(APP, "other"),
        "accept share 1", () -> registry.acceptShare("1"),
        "decline share 1", () -> registry.declineShare("1"),
        "delete image sandbox/app", () -> registry.deleteImage(APP, STRICT.ignoringMissing()),
        "delete tag 1.0 of sandbox/app", () -> registry.deleteTag(APP, "1.0"),
        "purge workspace acme", () -> registry.purgeAllUnusedImagesOfWorkspace("acme"));

    changes.forEach((operation, change) -> {
      answerNext(body);
      var failure = assertThrows(InvalidResponseException.class, change, operation);
      assertTrue(failure.mayHaveTakenEffect(), operation);
      assertEquals(operation, failure.operation());
      assertEquals(1, failure.attempts());
    });
    assertEquals(changes.size(), emulator.requestCount());
  }

  @Test
  void anUploadWithoutAnAddressMayHaveTakenEffect() {
    answerNext("{\"name\":\"app\"}");

    var failure = assertThrows(
        InvalidResponseException.class,
        () -> registry.createImage(CreateImageOptions.of(APP).withUpload()));

    assertTrue(failure.mayHaveTakenEffect());
  }

  @Test
  void whatOnlyReadsHasNoEffect() {
    for (Executable read : List.<Executable>of(
        () -> registry.getImage(APP),
        () -> registry.listShares(APP),
        () -> registry.listTags(APP).toList(),
        () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()))) {
      answerNext("<html>Welcome</html>");
      assertFalse(assertThrows(InvalidResponseException.class, read).mayHaveTakenEffect());
    }
  }

  @Test
  void whatWasRefusedHasNoEffectAndWhatWasLostMayHave() {
    for (int status : new int[] {400, 401, 403, 404, 409, 410, 429}) {
      emulator.failNext(Fault.status(status));
      assertFalse(
          assertThrows(RegistryException.class, () -> registry.acceptShare("1"))
              .mayHaveTakenEffect(),
          "" + status);
    }
    emulator.failNext(Fault.status(503));
    assertTrue(assertThrows(RegistryException.class, () -> registry.acceptShare("1"))
        .mayHaveTakenEffect());
  }

  @Test
  void whatIsNotOfferedWasNotSent() {
    older();

    var failure = assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.listBlaxelImages(BlaxelImageFilter.defaults()));

    assertEquals(0, failure.attempts());
    assertFalse(failure.mayHaveTakenEffect());
  }

  // The time an operation has

  private BlaxelRegistry within(Duration limit) {
    registry.close();
    registry = builder().httpOptions(httpOptions().withOperationTimeout(limit)).build();
    return registry;
  }

  @Test
  void requestsOfOneOperationShareItsTime() {
    emulator.addTag("sandbox/app", "1.0");
    within(Duration.ofSeconds(30));
    emulator.failNext("DELETE", "", 1, Fault.retryAfter(503, "20"));
    emulator.failNext("DELETE", "", 1, Fault.json(404, ""));
    emulator.failNext("GET", "", 2, Fault.retryAfter(503, "20"));

    // The second wait would end behind the operation's time, so there is none.
    assertThrows(RegistryException.class, () -> registry.deleteTag(APP, "3.0", STRICT));
    assertEquals(List.of(Duration.ofSeconds(20)), time.sleeps());
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void whatOnlyBlaxelHasIsAnOperationToo() {
    emulator.addTag("sandbox/app", "1.0");
    within(Duration.ofSeconds(10));
    for (Executable call : List.<Executable>of(
        () -> registry.describeImage(APP),
        () -> registry.describeSharedImage(APP, "owner"),
        () -> registry.listBlaxelImages(BlaxelImageFilter.defaults()).toList(),
        () -> registry.listSharedTags(APP, "owner", ListTagsOptions.defaults()).toList(),
        () -> registry.listShares(APP),
        () -> registry.unshareImage(APP, "other"),
        () -> registry.listPendingShares(ShareDirection.INCOMING),
        () -> registry.waitUntilBuilt(APP, WaitOptions.defaults().withTimeout(Duration.ZERO)))) {
      emulator.clearRequests();
      emulator.failNext(Fault.retryAfter(503, "20"));
      assertThrows(RegistryException.class, call);
      assertEquals(1, emulator.requestCount());
    }
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void aWaitHasItsOwnTime() {
    emulator.setStatus("sandbox/app", "BUILDING");
    within(Duration.ofSeconds(1));

    assertThrows(
        RegistryTimeoutException.class, () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()));
    assertTrue(time.slept().compareTo(Duration.ofSeconds(2)) > 0, time.slept().toString());
  }
}
