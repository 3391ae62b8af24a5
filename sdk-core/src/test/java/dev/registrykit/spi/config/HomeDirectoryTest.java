package dev.registrykit.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeDirectoryTest {

  private static final Optional<Path> FOUND = Optional.of(Path.of("given", "home"));

  @Test
  void itIsWhatTheVariablesSay() {
    String path = Path.of("given", "home").toString();

    assertEquals(FOUND, HomeDirectory.of(Map.of("HOME", path)));
    assertEquals(FOUND, HomeDirectory.of(Map.of("USERPROFILE", path)));
    assertEquals(FOUND, HomeDirectory.of(Map.of("HOME", path, "USERPROFILE", "other")));
    assertEquals(FOUND, HomeDirectory.of(Map.of("HOME", " ", "USERPROFILE", path)));
  }

  @Test
  void nothingElseIsAsked() {
    assertEquals(Optional.empty(), HomeDirectory.of(Map.of()));
    assertEquals(Optional.empty(), HomeDirectory.of(Map.of("HOME", "", "USERPROFILE", "")));
    assertEquals(Optional.empty(), HomeDirectory.of(Map.of("user.home", "given")));
  }
}
