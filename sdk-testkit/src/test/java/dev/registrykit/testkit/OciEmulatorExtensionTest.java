package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OciEmulatorExtensionTest {
  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.ZOT);

  @Test
  @Order(1)
  void theEmulatorIsWhatTheExtensionSays(OciEmulator emulator) {
    assertSame(OCI.emulator(), emulator);
    assertEquals(OciPersonality.ZOT, emulator.personality());
    emulator.addTag("app", "v1", TagContent.of("a").withDates(null, null));
    emulator.personality(OciPersonality.GHCR);
  }

  @Test
  @Order(2)
  void itIsSoAgainBeforeEachTest(OciEmulator emulator) {
    assertEquals(OciPersonality.ZOT, emulator.personality());
    assertEquals(List.of(), emulator.repositories());
  }
}
