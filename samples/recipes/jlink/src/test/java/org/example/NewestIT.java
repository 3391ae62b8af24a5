package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.TagContent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class NewestIT {

  private static final Path IMAGE = Path.of("target", "image");

  private static final String JAVA = IMAGE.resolve("bin").resolve("java").toString();

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  @Test
  void theImagePrintsTheNewestTags() throws Exception {
    OciEmulator emulator = OCI.emulator();
    emulator.allowAnybody();
    push("1.0", "2026-01-01T00:00:00Z");
    push("1.1", "2026-02-01T00:00:00Z");
    String jars = IMAGE.resolve("app").resolve("*").toString();

    assertEquals(
        List.of("1.1 2026-02-01T00:00:00Z", "1.0 2026-01-01T00:00:00Z"),
        printed(JAVA, "-cp", jars, "org.example.Newest", emulator.uri().toString(), "shop/web"));
  }

  @Test
  void theImageHasNoModulesButThoseThatItNeeds() throws Exception {
    List<String> modules = printed(JAVA, "--list-modules").stream()
        .map(module -> module.replaceFirst("@.*", ""))
        .toList();

    assertEquals(List.of("java.base", "java.net.http", "jdk.crypto.ec"), modules);
  }

  private static void push(String tag, String created) {
    OCI.emulator()
        .addTag("shop/web", tag, TagContent.of(tag).withDates(Instant.parse(created), null));
  }

  private static List<String> printed(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), printed);
    return printed.lines().toList();
  }
}
