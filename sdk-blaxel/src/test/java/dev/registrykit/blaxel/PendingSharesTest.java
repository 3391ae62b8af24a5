package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.testkit.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares of other accounts that wait to be accepted. */
class PendingSharesTest extends BlaxelTest {

  @Test
  void bothDirectionsAreListed() {
    String incoming = emulator.addPendingShare("owner", "sandbox/app", "v1");
    emulator.addTag("job/nightly", "1.0");
    registry.shareImage(ImageRef.of("job/nightly"), "far", "account-2");
    emulator.clearRequests();

    List<PendingShare> in = registry.listPendingShares(ShareDirection.INCOMING);
    List<PendingShare> out = registry.listPendingShares(ShareDirection.OUTGOING);

    assertEquals(List.of(incoming), in.stream().map(PendingShare::id).toList());
    assertEquals(APP, in.get(0).image());
    assertEquals(Optional.of("owner"), in.get(0).sourceWorkspace());
    assertEquals(Optional.of("somebody"), in.get(0).sharedBy());
    assertFalse(in.get(0).hasConflict());
    assertEquals("job/nightly", out.get(0).image().path());
    assertSent(
        "GET /pending-image-shares?direction=incoming",
        "GET /pending-image-shares?direction=outgoing");
  }

  @Test
  void acceptingBringsTheImage() {
    String id = emulator.addPendingShare("owner", "sandbox/app", "v1");

    BlaxelImage image = registry.acceptShare(id);

    assertEquals(APP, image.ref());
    assertEquals(List.of("v1"), emulator.tagNames("sandbox/app"));
    assertSent("POST /pending-image-shares/" + id + "/accept");
    assertEquals(List.of(), registry.listPendingShares(ShareDirection.INCOMING));
  }

  @Test
  void tagsThatCollideAreAConflictUnlessTheyAreToBeOverwritten() {
    emulator.addTag("sandbox/app", "v1");
    String id = emulator.addPendingShare("owner", "sandbox/app", "v1", "v2");
    assertTrue(registry.listPendingShares(ShareDirection.INCOMING).get(0).hasConflict());

    assertThrows(ConflictException.class, () -> registry.acceptShare(id));
    assertEquals(List.of("v1"), emulator.tagNames("sandbox/app"));
    emulator.clearRequests();

    registry.acceptShareOverwritingTags(id);

    assertEquals(List.of("v1", "v2"), emulator.tagNames("sandbox/app"));
    assertSent("POST /pending-image-shares/" + id + "/accept?force=true");
  }

  @Test
  void whatHasExpiredSaysSo() {
    String id = emulator.addPendingShare("owner", "sandbox/app", "v1");
    emulator.expirePendingShare(id);

    var failure = assertThrows(ShareExpiredException.class, () -> registry.acceptShare(id));

    assertEquals(410, failure.statusCode());
    assertTrue(failure.getMessage().startsWith("accept share " + id + " failed: HTTP 410"));
  }

  @Test
  void whatIsNotForThisWorkspaceIsForbidden() {
    emulator.addTag("sandbox/app", "1.0");
    String id = registry
        .shareImage(APP, "far", "account-2")
        .pendingShare()
        .orElseThrow()
        .id();

    assertThrows(PermissionDeniedException.class, () -> registry.acceptShare(id));
    assertThrows(PermissionDeniedException.class, () -> registry.declineShare(id));
  }

  @Test
  void whatIsMissingIsNotFound() {
    for (String id : List.of("missing", "x.y-z_1")) {
      assertThrows(NotFoundException.class, () -> registry.acceptShare(id));
      assertThrows(NotFoundException.class, () -> registry.declineShare(id));
    }
  }

  @Test
  void decliningRemovesIt() {
    String id = emulator.addPendingShare("owner", "sandbox/app", "v1");

    registry.declineShare(id);

    assertSent("POST /pending-image-shares/" + id + "/decline");
    assertEquals(List.of(), registry.listPendingShares(ShareDirection.INCOMING));
    assertEquals(List.of(), emulator.imagePaths());
  }

  @Test
  void neitherIsRepeated() {
    String id = emulator.addPendingShare("owner", "sandbox/app", "v1");
    emulator.failNext(2, Fault.status(503));

    assertThrows(ServerException.class, () -> registry.acceptShare(id));
    assertThrows(ServerException.class, () -> registry.declineShare(id));
    assertEquals(2, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", "a;b", "a/b", "a?b", "a%2Fb", "a b", "a:b", "é"})
  void whatIsNoIdentifierIsRefusedBefore(String id) {
    assertThrows(IllegalArgumentException.class, () -> registry.acceptShare(id));
    assertThrows(IllegalArgumentException.class, () -> registry.acceptShareOverwritingTags(id));
    assertThrows(IllegalArgumentException.class, () -> registry.declineShare(id));
    assertNothingSent();
  }

  @Test
  void anAnswerThatIsNoneIsInvalid() {
    for (String json : List.of("", "{}", "[]", "{\"metadata\":{\"name\":\"\"}}")) {
      answerNext(json);
      assertThrows(InvalidResponseException.class, () -> registry.acceptShare("1"), json);
    }
    for (String json : List.of("", "{}", "[{}]", "[{\"id\":\"1\",\"resourceType\":\"a\"}]")) {
      answerNext(json);
      assertThrows(
          InvalidResponseException.class,
          () -> registry.listPendingShares(ShareDirection.INCOMING),
          json);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 451})
  void otherRefusalsKeepTheirStatus(int status) {
    emulator.failNext(Fault.status(status));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.acceptShare("share-1"));

    assertEquals(status, failure.statusCode());
  }
}
