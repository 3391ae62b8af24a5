package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.testkit.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sharing an image with other workspaces. */
class SharesTest extends BlaxelTest {

  private static final String SHARE = "/images/sandbox/app/share";

  @BeforeEach
  void addImage() {
    emulator.addTag("sandbox/app", "1.0");
  }

  @Test
  void anImageOfNobodysIsSharedWithNobody() {
    assertEquals(List.of(), registry.listShares(APP));
    assertSent("GET " + SHARE);
  }

  @Test
  void insideTheAccountAnImageIsSharedAtOnce() {
    ShareResult result = registry.shareImage(ImageRef.of("sandboxes/app"), "other");

    assertFalse(result.isPending());
    assertEquals(Optional.of(APP), result.image().map(BlaxelImage::ref));
    assertEquals(Optional.empty(), result.pendingShare());
    assertSent("POST " + SHARE);
    assertEquals("{\"targetWorkspace\":\"other\"}", lastRequest().body());
    assertEquals(List.of("other (active)"), shares());
  }

  @Test
  void anotherAccountHasToAccept() {
    ShareResult result = registry.shareImage(APP, "other", "account-2");

    assertTrue(result.isPending());
    assertEquals(Optional.empty(), result.image());
    PendingShare pending = result.pendingShare().orElseThrow();
    assertEquals(APP, pending.image());
    assertEquals(Optional.of("acme"), pending.sourceWorkspace());
    assertEquals(Optional.of("other"), pending.targetWorkspace());
    assertEquals(Optional.of("account-2"), pending.targetAccountId());
    assertTrue(pending.expiresAt().isPresent());
    assertEquals(
        "{\"targetWorkspace\":\"other\",\"targetAccountId\":\"account-2\"}",
        lastRequest().body());
    assertEquals(List.of("other (pending)"), shares());
    ImageShare share = registry.listShares(APP).get(0);
    assertEquals(Optional.of(pending.id()), share.pendingShareId());
    assertEquals(Optional.of("account-2"), share.accountId());
  }

  private List<String> shares() {
    return registry.listShares(APP).stream().map(ImageShare::toString).toList();
  }

  @Test
  void whatIsSharedAlreadyIsAConflictAndNotRepeated() {
    registry.shareImage(APP, "other");
    emulator.clearRequests();

    assertThrows(ConflictException.class, () -> registry.shareImage(APP, "other"));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aShareIsNeverRepeatedBlindly() {
    emulator.failNext(Fault.status(503));

    assertThrows(ServerException.class, () -> registry.shareImage(APP, "other"));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void anAnswerThatIsNeitherIsInvalid() {
    for (Fault fault : List.of(
        Fault.json(200, ""),
        Fault.json(200, "{}"),
        Fault.json(200, "[]"),
        Fault.json(202, "{}"),
        Fault.json(202, "{\"id\":\"1\"}"),
        Fault.html())) {
      emulator.failNext(fault);
      assertThrows(
          InvalidResponseException.class, () -> registry.shareImage(APP, "other"), fault::toString);
    }
  }

  @Test
  void aShareIsTakenBack() {
    registry.shareImage(APP, "other");
    registry.shareImage(APP, "third");
    emulator.clearRequests();

    registry.unshareImage(APP, "other");

    assertSent("DELETE " + SHARE + "/other");
    assertEquals(List.of("third (active)"), shares());
  }

  @Test
  void aShareThatIsNotThereIsMissingButWhatWasLostIsDone() {
    assertThrows(NotFoundException.class, () -> registry.unshareImage(APP, "other"));

    registry.shareImage(APP, "other");
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());
    registry.unshareImage(APP, "other");

    assertEquals(List.of(), registry.listShares(APP));
  }

  @Test
  void aMissingImageIsNamed() {
    ImageRef missing = ImageRef.of("agent/missing");

    assertThrows(ImageNotFoundException.class, () -> registry.listShares(missing));
    assertThrows(ImageNotFoundException.class, () -> registry.shareImage(missing, "other"));
    assertThrows(NotFoundException.class, () -> registry.unshareImage(missing, "other"));
  }

  @Test
  void bothGenerationsShare() {
    assertFalse(older().shareImage(APP, "other").isPending());
    registry.unshareImage(APP, "other");

    assertEquals(Optional.of(OLDER), lastRequest().header("Blaxel-Version"));
    assertEquals(List.of(), registry.listShares(APP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", "a/b", "a:b", "a b", "a?b", "a;b", "a\n", "ü"})
  void whatIsNoWorkspaceIsRefusedBefore(String workspace) {
    assertThrows(IllegalArgumentException.class, () -> registry.shareImage(APP, workspace));
    assertThrows(IllegalArgumentException.class, () -> registry.shareImage(APP, workspace, "a"));
    assertThrows(IllegalArgumentException.class, () -> registry.unshareImage(APP, workspace));
    assertThrows(
        IllegalArgumentException.class, () -> registry.describeSharedImage(APP, workspace));
    assertNothingSent();
  }

  @Test
  void aTagIsNotShared() {
    ImageRef tagged = ImageRef.parse("sandbox/app:1.0");

    assertThrows(IllegalArgumentException.class, () -> registry.shareImage(tagged, "other"));
    assertThrows(IllegalArgumentException.class, () -> registry.shareImage(tagged, "other", "a"));
    assertThrows(IllegalArgumentException.class, () -> registry.unshareImage(tagged, "other"));
    assertThrows(IllegalArgumentException.class, () -> registry.shareImage(APP, "other", " "));
    assertNothingSent();
  }

  @Test
  void aListOfSharesThatIsNoneIsInvalid() {
    for (String json : List.of("", "{}", "null", "[{}]", "[{\"workspace\":\"\"}]", "[1]")) {
      answerNext(json);
      assertThrows(InvalidResponseException.class, () -> registry.listShares(APP), json);
    }
    answerNext("[null,{\"workspace\":\"w\",\"status\":\"odd\"}]");
    assertEquals("[w (odd)]", registry.listShares(APP).toString());
  }

  @Test
  void aRefusalKeepsItsStatus() {
    emulator.failNext(Fault.json(400, "{\"error\":\"tag in use\",\"code\":400}"));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.shareImage(APP, "other"));

    assertEquals(400, failure.statusCode());
    assertTrue(
        failure.getMessage().startsWith("share sandbox/app with workspace other failed: HTTP 400"));
  }
}
