package dev.registrykit.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Servers and clients that this machine has: those in the file that {@code .ci/install-registries} writes, which the
 * property {@code registrykit.registries} names, and clients on the {@code PATH}.
 */
final class Installed {

  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  private final Properties paths = new Properties();

  Installed() throws IOException {
    Path file = Path.of(System.getProperty("registrykit.registries", "none"));
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        paths.load(reader);
      }
    }
  }

  Optional<Path> find(String name) {
    String listed = paths.getProperty(name);
    if (listed != null) {
      return Optional.of(Path.of(listed)).filter(Files::isExecutable);
    }
    String folders = System.getenv("PATH");
    return List.of((folders == null ? "" : folders).split(File.pathSeparator, -1)).stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Name and version, as far as the program says it. */
  static String nameOf(String name, Path binary) throws IOException, InterruptedException {
    String asked = name.equals("crane") || name.equals("regctl") ? "version" : "--version";
    Process process =
        new ProcessBuilder(binary.toString(), asked).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(10, TimeUnit.SECONDS);
    Matcher version = VERSION.matcher(said);
    return version.find() ? name + " " + version.group() : name;
  }
}
