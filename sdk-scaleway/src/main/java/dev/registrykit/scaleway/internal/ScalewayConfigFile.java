package dev.registrykit.scaleway.internal;

import dev.registrykit.spi.config.HomeDirectory;
import dev.registrykit.spi.config.YamlFile;
import dev.registrykit.spi.support.PrintableText;
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

  private static final int MAX_SHOWN = 500;

  private static final Set<String> KEYS = Set.of(
      "secret_key",
      "default_region",
      "default_project_id",
      "default_organization_id",
      "api_url",
      "insecure");

  /** What is in the file; null if there is none. */
  private final @Nullable YamlFile yaml;

  /** Where the file is or would be; null if the variables do not say. */
  private final @Nullable Path path;

  private final Map<String, String> root;
  private final Map<String, Map<String, String>> profiles = new TreeMap<>();
  private final @Nullable String activeProfile;

  private ScalewayConfigFile(@Nullable Path absent) {
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
        .forEach((profile, node) ->
            profiles.put(profile, values(yaml, yaml.mapping("a profile", node))));
  }

  /**
   * Reads the file that the variables name, else the vendor's default file, which may be absent. The
   * variables also tell the home directory: whoever gives a map of them has no other file read.
   */
  static ScalewayConfigFile find(Variables variables) {
    Path named = path(variables, "SCW_CONFIG_PATH");
    if (named != null) {
      return new ScalewayConfigFile(YamlFile.read(named));
    }
    Path directory = defaultDirectory(variables);
    if (directory == null) {
      return new ScalewayConfigFile((Path) null);
    }
    for (String each : new String[] {"config.yaml", "config.yml"}) {
      Path file = directory.resolve(each);
      // False also where the home may not be entered, as for a service user: no file, then.
      if (Files.exists(file)) {
        return new ScalewayConfigFile(YamlFile.read(file));
      }
    }
    return new ScalewayConfigFile(directory.resolve("config.yaml"));
  }

  private static @Nullable Path defaultDirectory(Variables variables) {
    Path xdg = path(variables, "XDG_CONFIG_HOME");
    Path configuration = xdg != null
        ? xdg
        : HomeDirectory.of(variables.values())
            .map(home -> home.resolve(".config"))
            .orElse(null);
    return configuration == null ? null : configuration.resolve("scw");
  }

  /** Returns the values of a profile over those of the root, by key; by default of the active one. */
  Map<String, String> values(@Nullable String asked) {
    String profile = asked != null ? asked : activeProfile;
    if (profile == null || profile.equals(ROOT)) {
      return root;
    }
    Map<String, String> over = profiles.get(profile);
    if (over == null) {
      String tried = "Tried to use the Scaleway profile \"" + shown(profile) + "\", but ";
      throw new IllegalArgumentException(
          path == null
              ? tried + "no variable says where the configuration file is, such as HOME"
              : tried + path + " does not have it; profiles there: " + names());
    }
    Map<String, String> merged = new HashMap<>(root);
    merged.putAll(over);
    return merged;
  }

  private String names() {
    return profiles.isEmpty() ? "none" : shown(String.join(", ", profiles.keySet()));
  }

  /** A name in quotes may have any characters, and any length. */
  private static String shown(String names) {
    String printable = PrintableText.of(names);
    return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "…";
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
      if (key.equals("insecure") && Truth.of(text) == Truth.UNKNOWN) {
        throw yaml.problem(node, "insecure must be true or false");
      }
      values.put(key, text);
    }
    return values;
  }

  private static @Nullable Path path(Variables variables, String variable) {
    String value = variables.first(variable);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(variable + " does not hold the path of a file");
    }
  }
}
