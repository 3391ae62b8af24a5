package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the native image, which the profile {@code native} makes. */
@Timeout(60)
class NewestIT {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  @Test
  void theNativeImagePrintsTheNewestTags() throws Exception {
    OciEmulator emulator = OCI.emulator();
    emulator.allowAnybody();
    emulator.addTag("shop/web", "1.0");
    String program = Path.of("target", "newest").toString();

    Process process = new ProcessBuilder(program, emulator.uri().toString(), "shop/web")
        .redirectErrorStream(true)
        .start();
    String printed = new String(process.getInputStream().readAllBytes());

    assertEquals(0, process.waitFor(), printed);
    assertEquals(List.of("1.0 2024-01-15T08:00:00Z"), printed.lines().toList());
  }
}
