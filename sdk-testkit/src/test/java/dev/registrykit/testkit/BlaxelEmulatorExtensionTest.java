package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlaxelEmulatorExtensionTest {

  @Test
  void thereIsNoEmulatorOutsideOfATest() {
    assertThrows(IllegalStateException.class, new BlaxelEmulatorExtension()::emulator);
  }

  @Nested
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  class InAStaticField {
    @RegisterExtension
    static final BlaxelEmulatorExtension BLAXEL = new BlaxelEmulatorExtension();

    @Test
    @Order(1)
    void oneEmulatorIsStarted(BlaxelEmulator emulator) {
      emulator.addTag("sandbox/app", "v1");
      assertSame(emulator, BLAXEL.emulator());
      assertEquals(URI.create(BLAXEL.baseUrl() + "/v0"), emulator.apiUrl());
      assertEquals(emulator.apiKey(), BLAXEL.apiKey());
    }

    @Test
    @Order(2)
    void theSameEmulatorIsEmptyAgain(BlaxelEmulator emulator) {
      assertEquals(List.of(), emulator.imagePaths());
    }
  }

  private static void purge(BlaxelEmulator emulator) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(emulator.apiUrl() + "/images"))
        .header("Authorization", "Bearer " + emulator.apiKey())
        .header("X-Blaxel-Workspace", emulator.workspace())
        .DELETE()
        .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }

  @Test
  void aTestThatReachesThePurgeByAccidentFails() throws Exception {
    BlaxelEmulatorExtension extension = new BlaxelEmulatorExtension();
    try (BlaxelEmulator emulator = BlaxelEmulator.start()) {
      emulator.addImage("sandbox/app");
      assertDoesNotThrow(() -> extension.checkAfter(emulator));

      purge(emulator);

      assertThrows(AssertionError.class, () -> extension.checkAfter(emulator));
      assertEquals(List.of("sandbox/app"), emulator.imagePaths());
    }
  }

  @Test
  void aTestThatMeansItDoesNot() throws Exception {
    BlaxelEmulatorExtension extension = new BlaxelEmulatorExtension();
    try (BlaxelEmulator emulator = BlaxelEmulator.start()) {
      emulator.addImage("sandbox/app");
      emulator.allowPurge();

      purge(emulator);

      assertDoesNotThrow(() -> extension.checkAfter(emulator));
      assertEquals(1, emulator.purgeCount());
      assertEquals(List.of(), emulator.imagePaths());
    }
  }
}
