package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScalewayEmulatorExtensionTest {

  @Test
  void thereIsNoEmulatorOutsideOfATest() {
    assertThrows(IllegalStateException.class, new ScalewayEmulatorExtension()::emulator);
  }

  @Nested
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  class InAStaticField {
    @RegisterExtension
    static final ScalewayEmulatorExtension SCALEWAY = new ScalewayEmulatorExtension();

    private static @Nullable ScalewayEmulator first;

    @Test
    @Order(1)
    void oneEmulatorIsStarted(ScalewayEmulator emulator) {
      first = emulator;
      emulator.addTag("shop/app", "v1", TagContent.of("a"));
      assertSame(emulator, SCALEWAY.emulator());
      assertEquals(emulator.baseUrl(), SCALEWAY.baseUrl());
      assertEquals(emulator.secretKey(), SCALEWAY.secretKey());
    }

    @Test
    @Order(2)
    void theSameEmulatorIsEmptyAgain(ScalewayEmulator emulator) {
      assertSame(first, emulator);
      assertEquals(List.of(), emulator.tagNames("shop/app"));
    }

    @Nested
    class InANestedClass {
      @Test
      void theOuterEmulatorIsUsed(ScalewayEmulator emulator) {
        assertSame(SCALEWAY.emulator(), emulator);
      }
    }
  }

  @Nested
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  class InAnInstanceField {
    private static @Nullable ScalewayEmulator first;

    @RegisterExtension
    final ScalewayEmulatorExtension scaleway = new ScalewayEmulatorExtension();

    @Test
    @Order(1)
    void aTestHasAnEmulator() {
      first = scaleway.emulator();
    }

    @Test
    @Order(2)
    void theNextTestHasAnother() {
      assertNotSame(first, scaleway.emulator());
    }
  }

  @Nested
  @ExtendWith(ScalewayEmulatorExtension.class)
  class ByAnnotation {
    @Test
    void theParameterIsResolved(ScalewayEmulator emulator) {
      assertEquals(0, emulator.requestCount());
    }
  }
}
