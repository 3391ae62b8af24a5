package dev.registrykit.blaxel.internal;

import dev.registrykit.spi.config.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's {@code config.yaml}: a list of workspaces with their credentials, and which is meant.
 * Unlike Scaleway's, its place is fixed.
 */
final class BlaxelConfigFile {

  private final @Nullable YamlFile yaml;
  private final @Nullable String currentWorkspace;
  private final Map<String, Entry> workspaces = new TreeMap<>();

  /**
   * What the file says of a workspace.
   *
   * @param clientCredentials {@code id:secret}, as it stands there
   * @param hasLogin whether there are tokens of an interactive login, which are not used
   */
  record Entry(
      @Nullable String environment,
      @Nullable String apiKey,
      @Nullable String clientCredentials,
      boolean hasLogin) {

    static final Entry NONE = new Entry(null, null, null, false);

    boolean hasSecret() {
      return apiKey != null || clientCredentials != null || hasLogin;
    }
  }

  /** Makes one that says nothing. */
  private BlaxelConfigFile() {
    yaml = null;
    currentWorkspace = null;
  }

  private BlaxelConfigFile(YamlFile yaml) {
    this.yaml = yaml;
    Map<String, YamlFile.Value> root = yaml.root();
    Map<String, YamlFile.Value> context = yaml.mapping("context", root.get("context"));
    currentWorkspace = yaml.text("workspace", context.get("workspace"));
    for (YamlFile.Value item : yaml.sequence("workspaces", root.get("workspaces"))) {
      Map<String, YamlFile.Value> workspace = yaml.mapping("a workspace", item);
      String name = yaml.text("name", workspace.get("name"));
      if (name != null && workspaces.put(name, entry(yaml, workspace)) != null) {
        throw yaml.problem(item, "a workspace is there twice");
      }
    }
  }

  private static Entry entry(YamlFile yaml, Map<String, YamlFile.Value> workspace) {
    Map<String, YamlFile.Value> credentials =
        yaml.mapping("credentials", workspace.get("credentials"));
    return new Entry(
        yaml.text("env", workspace.get("env")),
        yaml.text("apiKey", credentials.get("apiKey")),
        clientCredentials(yaml, credentials),
        yaml.text("access_token", credentials.get("access_token")) != null
            || yaml.text("refresh_token", credentials.get("refresh_token")) != null);
  }

  /** The vendor's Go tools write the first spelling, and its Python and TypeScript ones read the other. */
  private static @Nullable String clientCredentials(
      YamlFile yaml, Map<String, YamlFile.Value> credentials) {
    String snake = yaml.text("client_credentials", credentials.get("client_credentials"));
    String camel = yaml.text("clientCredentials", credentials.get("clientCredentials"));
    return snake != null ? snake : camel;
  }

  /** Reads the vendor's file, which may be absent; without a home directory there is none. */
  static BlaxelConfigFile find(Optional<Path> home) {
    return home.map(directory -> directory.resolve(".blaxel").resolve("config.yaml"))
        // False also where the home may not be entered, as for a service user: no file, then.
        .filter(Files::exists)
        .map(file -> new BlaxelConfigFile(YamlFile.read(file)))
        .orElseGet(BlaxelConfigFile::new);
  }

  /** Returns the workspace that the vendor's tools use at present. */
  @Nullable
  String currentWorkspace() {
    return currentWorkspace;
  }

  /** Returns what the file says of a workspace, which may be nothing. */
  Entry entry(@Nullable String workspace) {
    return workspace == null ? Entry.NONE : workspaces.getOrDefault(workspace, Entry.NONE);
  }

  /** Returns the file's path if it holds any secret and others than its owner may read it. */
  @Nullable
  Path exposed() {
    boolean secret = workspaces.values().stream().anyMatch(Entry::hasSecret);
    return yaml != null && secret && yaml.isReadableByOthers() ? yaml.path() : null;
  }
}
