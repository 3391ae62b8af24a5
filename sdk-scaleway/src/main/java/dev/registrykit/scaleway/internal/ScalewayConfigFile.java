package dev.registrykit.scaleway.internal;

import dev.registrykit.spi.config.YamlFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The vendor's {@code config.yaml}: values at its root, and profiles that are laid over them. */
final class ScalewayConfigFile {

  /** The vendor's reserved name for the root alone ({@code DefaultProfileName} in its Go SDK). */
  private static final String ROOT = "default";

  private static final Set<String> KEYS = Set.of(
      "secret_key",
      "default_region",
      "default_project_id",
      "default_organization_id",
      "api_url",
      "insecure");

  private final Path path;
  private final @Nullable YamlFile yaml;
  private final Map<String, String> root;
  private final Map<String, Map<String, String>> profiles = new TreeMap<>();
  private final @Nullable String activeProfile;

  private ScalewayConfigFile(Path absent) {
    path = absent;
    yaml = null;
    root = Map.of();
    activeProfile = null;
  }

  private ScalewayConfigFile(YamlFile yaml) {
    path = yaml.path();
    this.yaml = yaml;
    Map<String, YamlFile.Value> entries = yaml.root();
    root = values(yaml, entries);
    activeProfile = yaml.text("active_profile", entries.get("active_profile"));
    yaml.mapping("profiles", entries.get("profiles"))
        .forEach((name, node) -> profiles.put(name, values(yaml, yaml.mapping("a profile", node))));
  }

  /** Reads the file that the variables name, else the vendor's default file, which may be absent. */
  static ScalewayConfigFile find(Map<String, String> environment, Path home) {
    Path named = path(environment, "SCW_CONFIG_PATH");
    if (named != null) {
      return new ScalewayConfigFile(YamlFile.read(named));
    }
    Path xdg = path(environment, "XDG_CONFIG_HOME");
    Path directory = (xdg != null ? xdg : home.resolve(".config")).resolve("scw");
    for (String name : new String[] {"config.yaml", "config.yml"}) {
      Path file = directory.resolve(name);
      // False also where the home may not be entered, as for a service user: no file, then.
      if (Files.exists(file)) {
        return new ScalewayConfigFile(YamlFile.read(file));
      }
    }
    return new ScalewayConfigFile(directory.resolve("config.yaml"));
  }

  /** Returns the root's values under those of the asked, else the active profile, by key. */
  Map<String, String> values(@Nullable String asked) {
    String profile = asked != null ? asked : activeProfile;
    if (profile == null || profile.equals(ROOT)) {
      return root;
    }
    Map<String, String> over = profiles.get(profile);
    if (over == null) {
      throw new IllegalArgumentException(
          "Tried to use the Scaleway profile \"%s\", but %s does not have it; profiles there: %s"
              .formatted(
                  profile,
                  path,
                  profiles.isEmpty() ? "none" : String.join(", ", profiles.keySet())));
    }
    Map<String, String> merged = new HashMap<>(root);
    merged.putAll(over);
    return merged;
  }

  /** Returns the file's path if it holds any secret key and others than its owner may read it. */
  @Nullable
  Path exposed() {
    boolean secret = root.containsKey("secret_key")
        || profiles.values().stream().anyMatch(values -> values.containsKey("secret_key"));
    return yaml != null && secret && yaml.isReadableByOthers() ? path : null;
  }

  private static Map<String, String> values(YamlFile yaml, Map<String, YamlFile.Value> entries) {
    Map<String, String> values = new HashMap<>();
    for (String key : KEYS) {
      YamlFile.Value node = entries.get(key);
      String text = yaml.text(key, node);
      if (node == null || text == null) {
        continue;
      }
      if (key.equals("insecure") && ScalewaySettings.truth(text).isEmpty()) {
        throw yaml.problem(node, "insecure must be true or false");
      }
      values.put(key, text);
    }
    return values;
  }

  private static @Nullable Path path(Map<String, String> environment, String variable) {
    String value = ScalewaySettings.first(environment, variable);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(variable + " does not hold the path of a file");
    }
  }
}
