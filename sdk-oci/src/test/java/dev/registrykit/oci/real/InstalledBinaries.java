package dev.registrykit.oci.real;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers and clients of other makers that this machine has, as {@code .ci/install-registries} wrote them down. */
final class InstalledBinaries {

  /** A properties file of names and paths. */
  private static final String FILE = "registrykit.registries";

  /** Names of servers, with commas between, whose absence is a failure. */
  private static final String REQUIRED = "registrykit.registries.required";

  private static final Properties PATHS = read();

  private InstalledBinaries() {}

  private static Properties read() {
    Properties paths = new Properties();
    Path file = file();
    if (file != null && Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        paths.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return paths;
  }

  private static @Nullable Path file() {
    String file = System.getProperty(FILE);
    return file == null ? null : Path.of(file);
  }

  /** Returns where the binary is; null if there is none. */
  static @Nullable Path find(String name) {
    String path = PATHS.getProperty(name);
    return path != null && Files.isExecutable(Path.of(path)) ? Path.of(path) : null;
  }

  /** Returns why there is no such binary, in words. */
  static String whyMissing(String name) {
    if (PATHS.getProperty(name) != null) {
      return PATHS.getProperty(name) + " is not executable";
    }
    return name + " is not in " + file() + ", which .ci/install-registries writes";
  }

  static boolean isRequired(String name) {
    return Set.of(System.getProperty(REQUIRED, "").split(",")).contains(name);
  }
}
