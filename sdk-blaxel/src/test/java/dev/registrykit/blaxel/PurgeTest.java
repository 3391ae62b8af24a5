package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.testkit.Fault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting every unused image of a workspace, which must be meant. */
class PurgeTest extends BlaxelTest {

  @BeforeEach
  void addImages() {
    emulator.addTag("sandbox/used", "1.0");
    emulator.setInUse("sandbox/used", "1.0", true);
    emulator.addTag("sandbox/unused", "1.0");
    emulator.addImage("agent/empty");
  }

  @Test
  void whoNamesTheWorkspaceGetsIt() {
    emulator.allowPurge();

    PurgeResult result = registry.purgeAllUnusedImagesOfWorkspace("acme");

    assertEquals(OptionalLong.of(2), result.deletedImages());
    assertEquals(Optional.of("Unused images deleted"), result.message());
    assertEquals(List.of("sandbox/used"), emulator.imagePaths());
    assertSent("DELETE /images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ACME", "acme ", "other", "*"})
  void whoNamesAnotherGetsNothing(String workspace) {
    assertThrows(
        IllegalArgumentException.class, () -> registry.purgeAllUnusedImagesOfWorkspace(workspace));
    assertNothingSent();
  }

  @Test
  void itIsNeverRepeated() {
    emulator.allowPurge();
    for (Fault fault : List.of(Fault.status(503), Fault.status(429), Fault.lostAnswer())) {
      emulator.clearRequests();
      emulator.failNext(fault);
      var failure = assertThrows(
          RuntimeException.class, () -> registry.purgeAllUnusedImagesOfWorkspace("acme"));
      assertTrue(
          failure instanceof RegistryServiceException || failure instanceof RegistryIOException,
          failure.toString());
      assertEquals(1, emulator.requestCount(), fault.toString());
    }
  }

  @Test
  void evenThePlatformsAdviceDoesNotRepeatIt() {
    emulator.failNext(
        Fault.json(503, "{\"error\":{\"retryable\":true,\"safe_to_retry_request\":true}}"));

    assertThrows(
        RegistryServiceException.class, () -> registry.purgeAllUnusedImagesOfWorkspace("acme"));
    assertEquals(1, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>"})
  void anAnswerThatSaysNothingIsInvalid(String body) {
    answerNext(body);

    assertThrows(
        InvalidResponseException.class, () -> registry.purgeAllUnusedImagesOfWorkspace("acme"));
  }

  @Test
  void theEmulatorFailsTheTestThatGetsThereByAccident() {
    var failure = assertThrows(
        RegistryServiceException.class, () -> registry.purgeAllUnusedImagesOfWorkspace("acme"));

    assertEquals(501, failure.statusCode());
    assertEquals(3, emulator.imagePaths().size());
    assertThrows(AssertionError.class, emulator::assertNotPurged);
    emulator.reset();
  }
}
