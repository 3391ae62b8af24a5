package dev.registrykit.oci.internal.auth.stored;

import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of logins. {@code REGISTRY_AUTH_FILE} names the only one. Otherwise they are read
 * in podman's order (containers-auth.json(5)), which ends with Docker's; but Docker's comes first
 * where {@code DOCKER_CONFIG} says that it is meant.
 */
final class AuthFiles {

  private final Map<String, String> environment;
  private final @Nullable Path home;
  private final List<AuthFile> found = new ArrayList<>();

  private AuthFiles(Map<String, String> environment, @Nullable Path home) {
    this.environment = environment;
    this.home = home;
  }

  /**
   * Reads the files, in the order in which they are asked.
   *
   * @param home the user's home directory; null if none is looked into
   */
  static List<AuthFile> read(Map<String, String> environment, @Nullable Path home) {
    return new AuthFiles(environment, home).read();
  }

  private List<AuthFile> read() {
    Optional<Path> only = named("REGISTRY_AUTH_FILE");
    if (only.isPresent()) {
      return List.of(AuthFile.read(only.get(), false)); // named and not there: an error
    }
    Optional<Path> docker = named("DOCKER_CONFIG");
    docker.ifPresent(folder -> addIfThere(folder.resolve("config.json"), false));
    named("XDG_RUNTIME_DIR").ifPresent(this::addPodmans);
    Optional<Path> homeFolder = Optional.ofNullable(home);
    named("XDG_CONFIG_HOME")
        .or(() -> homeFolder.map(folder -> folder.resolve(".config")))
        .ifPresent(this::addPodmans);
    if (docker.isEmpty()) {
      homeFolder.ifPresent(folder -> addIfThere(folder.resolve(".docker/config.json"), false));
    }
    homeFolder.ifPresent(folder -> addIfThere(folder.resolve(".dockercfg"), true));
    return List.copyOf(found);
  }

  private void addPodmans(Path folder) {
    addIfThere(folder.resolve("containers").resolve("auth.json"), false);
  }

  /** Not there, either, is what a service user may not look for. */
  private void addIfThere(Path file, boolean isOldFormat) {
    if (Files.exists(file)) {
      found.add(AuthFile.read(file, isOldFormat));
    }
  }

  private Optional<Path> named(String variable) {
    String value = environment.getOrDefault(variable, "");
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      throw new LoginUnavailableException(variable + " does not hold a path", null);
    }
  }
}
