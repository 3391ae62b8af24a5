package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, which Ctrl-C ends in the worst moment. */
class CtrlCTest {

  private static final String IMAGE = "shop/web";

  private static final Path KILL = Path.of("/bin/kill");

  @TempDir
  Path directory;

  /**
   * docker-registry 2 deletes manifests only, so a tag goes by way of a placeholder. The deletion of that is not
   * answered: 1.0 points to the placeholder when the signal comes.
   */
  @Test
  void ctrlCPutsThePlaceholderBack() throws Exception {
    assumeTrue(Files.isExecutable(KILL), "no signals here");
    try (OciEmulator emulator = (OciEmulator) Shop.OCI.open()) {
      Map<String, String> before = emulator.tags(IMAGE);
      CountDownLatch halfWay = new CountDownLatch(1);
      String realDigest = "/manifests/sha256:(?!0{64}$)"; // not that of the probe
      CountDownLatch ended = new CountDownLatch(1);
      emulator.failNext("DELETE", realDigest, 1, Fault.connectionReset());
      emulator.beforeNext("DELETE", realDigest, () -> {
        halfWay.countDown();
        await(ended); // nothing is answered, and nothing is carried out
      });
      Process program = start(
          emulator,
          "prune",
          emulator.uri().toString(),
          IMAGE,
          "--all-tags",
          "--keep-newest-images=1",
          "--yes",
          "--journal=" + directory.resolve("journal"));
      try {
        assertTrue(halfWay.await(60, TimeUnit.SECONDS), this::written);
        assertNotEquals(before, emulator.tags(IMAGE), "one tag is on a placeholder now");
        assertEquals(
            0,
            new ProcessBuilder(KILL.toString(), "-INT", "" + program.pid())
                .start()
                .waitFor());
        assertTrue(program.waitFor(60, TimeUnit.SECONDS), this::written);
      } finally {
        program.destroyForcibly();
        ended.countDown();
      }

      assertEquals(ExitCode.INTERRUPTED, program.exitValue(), this::written);
      assertEquals(before, emulator.tags(IMAGE));
      assertTrue(written().contains("Report for shop/web"), this::written);
      assertTrue(written().contains("not attempted"), this::written);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(120, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A shell may have its children ignore the signal; what it starts then is told not to. */
  private Process start(OciEmulator emulator, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/env"))
        && System.getProperty("os.name").equals("Linux")) {
      command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        RegistryKitProgram.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("written").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("OCI_"));
    builder.environment().putAll(emulator.environment());
    return builder.start();
  }

  private String written() {
    try {
      return Files.readString(directory.resolve("written"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
