package dev.registrykit.reliability.fuzz;

import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.scaleway.ScalewayRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The configuration files of the vendors' own tools. */
public final class ConfigTargets {

  private ConfigTargets() {}

  /** A registry can be made of it, or the file is refused on one line that quotes little. */
  public static void scaleway(byte[] input) throws IOException {
    Path file = Scratch.file("scw/config.yaml", input);
    try (ScalewayRegistry registry = ScalewayRegistry.builder()
        .environment(Map.of("SCW_CONFIG_PATH", file.toString()))
        .build()) {
      Claim.oneLine(registry.toString(), "a registry for logs");
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
    }
  }

  /** A registry can be made of it, or the file is refused on one line that quotes little. */
  public static void blaxel(byte[] input) throws IOException {
    Scratch.file(".blaxel/config.yaml", input);
    try (BlaxelRegistry registry = BlaxelRegistry.builder()
        .environment(Map.of("HOME", Scratch.home().toString()))
        .build()) {
      Claim.oneLine(registry.toString(), "a registry for logs");
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
    }
  }
}
