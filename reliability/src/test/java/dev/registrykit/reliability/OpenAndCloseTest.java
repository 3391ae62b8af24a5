package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Registries that are opened and closed leave nothing open, in a process that may open little. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class OpenAndCloseTest {

  private static final int CYCLES = Extent.IS_WHOLE ? 10_000 : 100;

  private static final String DESCRIPTORS = "256";

  @Test
  void manyOneAfterTheOtherNeedNoMoreDescriptorsThanOneAndNoCommonPool() throws Exception {
    Map<String, Emulator> emulators = new LinkedHashMap<>();
    try {
      emulators.put("shop/a", ScalewayEmulator.start());
      emulators.put("sandbox/b", BlaxelEmulator.start());
      OciEmulator manifestsOnly = OciEmulator.start(OciPersonality.DISTRIBUTION_2);
      manifestsOnly.requireBearer("ci", "hush");
      emulators.put("shop/c", manifestsOnly);
      emulators.put("shop/d", OciEmulator.start(OciPersonality.DISTRIBUTION_3_0));
      emulators.put("octo-org/e", GithubEmulator.start());
      assertEquals("OK", said(command(emulators)));
      emulators
          .values()
          .forEach(emulator -> assertTrue(emulator.requestCount() >= CYCLES / emulators.size()));
    } finally {
      emulators.values().forEach(Emulator::close);
    }
  }

  private static List<String> command(Map<String, Emulator> emulators) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(
        "-XX:ActiveProcessorCount=2",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        OpenAndCloseProgram.class.getName(),
        Integer.toString(CYCLES)));
    emulators.forEach((image, emulator) -> {
      for (String tag : List.of("1.0", "1.1", "1.1-alias", "1.2", "prod", "2.0")) {
        emulator.addTag(image, tag, TagContent.of(tag.substring(0, 3)));
      }
      StringBuilder address = new StringBuilder(emulator.uri() + " " + image);
      emulator
          .environment()
          .forEach((name, value) -> address.append(' ').append(name).append('=').append(value));
      command.add(address.toString());
    });
    return command;
  }

  private static String said(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return said.strip();
    } finally {
      process.destroyForcibly();
    }
  }
}
