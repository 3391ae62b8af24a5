package dev.registrykit.blaxel;

import dev.registrykit.blaxel.internal.BlaxelConfiguration;
import dev.registrykit.blaxel.internal.BlaxelSettings;
import dev.registrykit.blaxel.internal.DefaultBlaxelRegistry;
import dev.registrykit.blaxel.internal.auth.ClientSecret;
import dev.registrykit.blaxel.internal.wire.ApiVersion;
import dev.registrykit.blaxel.internal.wire.Checks;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.Secrets;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what a {@link BlaxelRegistry} needs. Not thread-safe.
 *
 * <pre>{@code
 * BlaxelRegistry registry = BlaxelRegistry.builder()
 *     .workspace("my-workspace")
 *     .clientCredentials(clientId, clientSecret)
 *     .httpOptions(HttpOptions.defaults().withOperationTimeout(Duration.ofMinutes(2)))
 *     .build();
 * }</pre>
 *
 * <p>What is set here wins over the variables of {@link #environment(Map)}, and those over the
 * vendor's configuration file. Malformed values are {@link IllegalArgumentException}s, whose
 * messages never repeat a secret.
 *
 * @since 0.1.0
 */
public final class BlaxelRegistryBuilder {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.blaxel");

  private static final String DEFAULT_BASE_URL = "https://api.blaxel.ai/v0";

  private @Nullable String workspace;
  private @Nullable String apiKey;
  private @Nullable ClientSecret client;
  private @Nullable URI baseUrl;
  private @Nullable ApiVersion apiVersion;
  private @Nullable Map<String, String> environment;
  private HttpOptions httpOptions = HttpOptions.defaults();
  private @Nullable HttpClient httpClient;
  private TimeSource time = TimeSource.system();

  BlaxelRegistryBuilder() {}

  /** Sets the workspace, by its name. */
  public BlaxelRegistryBuilder workspace(String workspace) {
    this.workspace = Checks.workspace(workspace);
    return this;
  }

  /** Sets an API key. Refused together with a client when the registry is built. */
  public BlaxelRegistryBuilder apiKey(String apiKey) {
    this.apiKey = Secrets.requireHeaderValue(apiKey, "apiKey");
    return this;
  }

  /**
   * Sets a client's id and secret, which are exchanged for access tokens when one is needed, and
   * again before one expires or after one is refused.
   */
  public BlaxelRegistryBuilder clientCredentials(String clientId, String clientSecret) {
    this.client = new ClientSecret(clientId, clientSecret);
    return this;
  }

  /** Sets where the API is, with its path, instead of {@code https://api.blaxel.ai/v0}. */
  public BlaxelRegistryBuilder baseUrl(String baseUrl) {
    this.baseUrl = BaseUrl.parse(baseUrl);
    return this;
  }

  /**
   * Sets the version of the API to ask for, such as {@code 2026-04-28}, instead of {@code
   * 2026-09-22}.
   */
  public BlaxelRegistryBuilder apiVersion(String apiVersion) {
    this.apiVersion = new ApiVersion(apiVersion);
    return this;
  }

  /**
   * Reads what is not set here from the vendor's variables, and then from its configuration file,
   * when the registry is built.
   *
   * <p>These variables are all there is to know: nothing else of the process is looked at, so that there
   * is a configuration file only where they name a home directory.
   *
   * <p>Variables: {@code BL_WORKSPACE}, {@code BL_API_KEY}, {@code BL_CLIENT_CREDENTIALS} ({@code
   * id:secret}, in Base64 or as it is), {@code BL_API_URL}, {@code BL_ENV} ({@code prod}, {@code dev}
   * or {@code local}) and {@code BL_API_VERSION}. File: {@code .blaxel/config.yaml} in the directory of
   * {@code HOME} or {@code USERPROFILE}, of which the entry of the workspace is read: {@code env}, {@code apiKey} and {@code client_credentials}, also
   * spelled {@code clientCredentials}. An API key wins over a client of the same source; the tokens
   * of an interactive login are not used, since they expire.
   *
   * @param environment variables by name, usually {@link System#getenv()}
   */
  public BlaxelRegistryBuilder environment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    return this;
  }

  /** Sets time limits, retries, listener and client; the defaults otherwise. */
  public BlaxelRegistryBuilder httpOptions(HttpOptions httpOptions) {
    this.httpOptions = Objects.requireNonNull(httpOptions, "httpOptions");
    return this;
  }

  /**
   * Sets the caller's own client, as {@link HttpOptions#withHttpClient(HttpClient)} does. Refused if
   * {@link #httpOptions(HttpOptions)} bring another one.
   */
  public BlaxelRegistryBuilder httpClient(HttpClient httpClient) {
    HttpOptions.defaults().withHttpClient(httpClient);
    this.httpClient = httpClient;
    return this;
  }

  /** Sets the clock and the sleeper, for the module's own tests. */
  BlaxelRegistryBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /**
   * Makes the registry. Sends nothing.
   *
   * @throws IllegalArgumentException if workspace or credentials are missing, or what the variables
   *     or the file say is malformed
   * @throws java.io.UncheckedIOException if the configuration file cannot be read
   */
  public BlaxelRegistry build() {
    if (apiKey != null && client != null) {
      throw new IllegalArgumentException("an API key and a client contradict each other");
    }
    Optional<BlaxelSettings> settings = settings();
    String chosenWorkspace = firstOf(
            workspace, settings.map(BlaxelSettings::workspace).map(Checks::workspace))
        .orElseThrow(() -> new IllegalArgumentException(
            "no workspace: set it with workspace(…), or with BL_WORKSPACE and environment(…)"));
    boolean isSet = apiKey != null || client != null;
    String chosenKey =
        isSet ? apiKey : settings.map(BlaxelRegistryBuilder::apiKeyOf).orElse(null);
    ClientSecret chosenClient =
        isSet ? client : settings.map(BlaxelRegistryBuilder::clientOf).orElse(null);
    if (chosenKey == null && chosenClient == null) {
      throw new IllegalArgumentException(
          "no credentials: set them with apiKey(…) or clientCredentials(…), or with BL_API_KEY or"
              + " BL_CLIENT_CREDENTIALS and environment(…)");
    }
    return new DefaultBlaxelRegistry(new BlaxelConfiguration(
        chosenWorkspace,
        chosenKey,
        chosenClient,
        firstOf(baseUrl, settings.map(BlaxelSettings::apiUrl).map(BaseUrl::parse))
            .orElseGet(() -> URI.create(DEFAULT_BASE_URL)),
        firstOf(apiVersion, settings.map(BlaxelSettings::apiVersion).map(ApiVersion::new))
            .orElse(ApiVersion.PINNED),
        combinedOptions(),
        time));
  }

  private static @Nullable String apiKeyOf(BlaxelSettings settings) {
    String key = settings.apiKey();
    return key == null ? null : Secrets.requireHeaderValue(key, "apiKey");
  }

  private static @Nullable ClientSecret clientOf(BlaxelSettings settings) {
    String text = settings.clientCredentials();
    return text == null ? null : ClientSecret.parse(text, "clientCredentials");
  }

  private HttpOptions combinedOptions() {
    if (httpClient == null) {
      return httpOptions;
    }
    if (httpOptions.httpClient().filter(other -> other != httpClient).isPresent()) {
      throw new IllegalArgumentException("httpClient and httpOptions bring two different clients");
    }
    return httpOptions.withHttpClient(httpClient);
  }

  private Optional<BlaxelSettings> settings() {
    if (environment == null) {
      return Optional.empty();
    }
    BlaxelSettings settings = BlaxelSettings.load(environment, workspace);
    if (settings.exposedFile() != null) {
      LOG.warn("{} holds credentials and can be read by others", settings.exposedFile());
    }
    return Optional.of(settings);
  }

  private static <T> Optional<T> firstOf(@Nullable T explicit, Optional<T> otherwise) {
    return explicit != null ? Optional.of(explicit) : otherwise;
  }

  /** Returns what is set, without the secret. */
  @Override
  public String toString() {
    return "BlaxelRegistryBuilder[workspace=%s, apiKey=%s, clientCredentials=%s, baseUrl=%s]"
        .formatted(
            workspace,
            apiKey == null ? "none" : "redacted",
            client == null ? "none" : "redacted",
            baseUrl);
  }
}
