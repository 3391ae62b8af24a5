package dev.registrykit.blaxel.internal;

import dev.registrykit.blaxel.internal.BlaxelConfigFile.Entry;
import dev.registrykit.spi.config.HomeDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's own variables and configuration file say. Immutable. Nothing is trimmed or
 * checked for shape here: a value is what was written.
 *
 * @param workspace the workspace's name
 * @param apiKey the API key
 * @param clientCredentials id and secret of a client, null where there is an API key
 * @param apiUrl the address of the API
 * @param apiVersion the version of the API
 * @param exposedFile the configuration file, if it holds a secret that others than its owner may
 *     read
 */
public record BlaxelSettings(
    @Nullable String workspace,
    @Nullable String apiKey,
    @Nullable String clientCredentials,
    @Nullable String apiUrl,
    @Nullable String apiVersion,
    @Nullable Path exposedFile) {

  private static final Map<String, String> ENVIRONMENTS = Map.of(
      "prod", "https://api.blaxel.ai/v0",
      "dev", "https://api.blaxel.dev/v0",
      "local", "http://localhost:8080/v0");

  /**
   * Reads the variables and at most one file. A variable wins over the file, and of one source the
   * API key over the client. The file says what it says of the workspace that is asked for, else of
   * that of {@code BL_WORKSPACE}, else of its own {@code context}. An empty value counts as not
   * given. No request is sent and nothing is logged.
   *
   * <p>The file is in the home directory that the variables name; where they name none, no file is read.
   * Names and order are those of the vendor's SDKs for Go, Python and TypeScript; its command
   * line lets the file win over the variables.
   *
   * @param environment the variables, usually {@link System#getenv()}
   * @param workspace the name of the workspace, or null to let variables and file decide
   * @throws IllegalArgumentException if the file or {@code BL_ENV} cannot be understood; names the
   *     file and the line, never what stands there
   * @throws UncheckedIOException if the file is there but cannot be read
   */
  public static BlaxelSettings load(Map<String, String> environment, @Nullable String workspace) {
    BlaxelConfigFile file = BlaxelConfigFile.find(HomeDirectory.of(environment));
    String chosen = or(or(workspace, set(environment, "BL_WORKSPACE")), file.currentWorkspace());
    Entry entry = file.entry(chosen);
    String apiKey = set(environment, "BL_API_KEY");
    String client = set(environment, "BL_CLIENT_CREDENTIALS");
    if (apiKey == null && client == null) {
      apiKey = entry.apiKey();
      client = entry.clientCredentials();
    }
    return new BlaxelSettings(
        chosen,
        apiKey,
        apiKey == null ? client : null,
        or(set(environment, "BL_API_URL"), apiUrl(environment, entry)),
        set(environment, "BL_API_VERSION"),
        file.exposed());
  }

  private static @Nullable String apiUrl(Map<String, String> environment, Entry entry) {
    String variable = set(environment, "BL_ENV");
    String name = or(variable, entry.environment());
    if (name == null) {
      return null;
    }
    String url = ENVIRONMENTS.get(name);
    if (url == null) {
      throw new IllegalArgumentException(
          (variable != null ? "BL_ENV" : "The env of a workspace in the configuration file")
              + " must be prod, dev or local");
    }
    return url;
  }

  /** Describes the settings without the secrets, and without an address that may carry one. */
  @Override
  public String toString() {
    return "BlaxelSettings[workspace=%s, apiKey=%s, clientCredentials=%s, apiUrl=%s, apiVersion=%s, exposedFile=%s]"
        .formatted(
            workspace,
            apiKey == null ? null : "<redacted>",
            clientCredentials == null ? null : "<redacted>",
            apiUrl != null && apiUrl.contains("@") ? "<redacted>" : apiUrl,
            apiVersion,
            exposedFile);
  }

  /** Returns a variable that is set and not empty. */
  private static @Nullable String set(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
    return value != null ? value : otherwise;
  }
}
