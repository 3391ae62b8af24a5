package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the test classes in a virtual machine of its own, of the JDK that runs the tests. */
final class ChildJvm {

  private ChildJvm() {}

  static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Returns the command that runs a program with these flags for the machine. */
  static List<String> command(Class<?> program, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(javaHome().resolve("bin/java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath(program));
    command.add(program.getName());
    return command;
  }

  /** Runs a command, which has to print {@code OK} at its end. */
  static void assertOk(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals("OK", said.strip());
    } finally {
      process.destroyForcibly();
    }
  }

  /** The modules of this machine and what is on its class path, as one class path. */
  private static String classPath(Class<?> program) {
    String modules = System.getProperty("jdk.module.path", "");
    return String.join(
        File.pathSeparator,
        folderOf(program),
        folderOf(Transport.class),
        modules,
        System.getProperty("java.class.path"));
  }

  private static String folderOf(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    try {
      URI uri = type.getResource("/" + name).toURI();
      String path = Path.of(uri).toString();
      return path.substring(0, path.length() - name.length());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
