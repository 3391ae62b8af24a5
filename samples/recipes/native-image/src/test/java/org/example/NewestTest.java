package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The program on the JVM. */
class NewestTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  @Test
  void itPrintsTheNewestTags() {
    OciEmulator emulator = OCI.emulator();
    emulator.allowAnybody();
    emulator.addTag("shop/web", "1.0");
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed));
    try {
      Newest.main(new String[] {emulator.uri().toString(), "shop/web"});
    } finally {
      System.setOut(out);
    }

    assertEquals(List.of("1.0 2024-01-15T08:00:00Z"), printed.toString().lines().toList());
  }
}
