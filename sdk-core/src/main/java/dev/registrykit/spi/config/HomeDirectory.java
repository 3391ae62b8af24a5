package dev.registrykit.spi.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a user's files are, as far as the given variables say so.
 *
 * @since 0.1.0
 */
public final class HomeDirectory {

  private HomeDirectory() {}

  /**
   * Returns the directory that {@code HOME} names, or {@code USERPROFILE}, as Windows calls it; empty if
   * neither is among the variables. Nothing else is asked: variables that a caller gives are all there is
   * to know, so that a test or a service reads no file of the user it happens to run as.
   */
  public static Optional<Path> of(Map<String, String> variables) {
    return Stream.of("HOME", "USERPROFILE")
        .map(name -> variables.getOrDefault(name, ""))
        .filter(directory -> !directory.isBlank())
        .map(Path::of)
        .findFirst();
  }
}
