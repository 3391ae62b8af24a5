package dev.registrykit.scaleway;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.scaleway.internal.Checks;
import dev.registrykit.scaleway.internal.DefaultScalewayRegistry;
import dev.registrykit.scaleway.internal.ScalewayConfiguration;
import dev.registrykit.scaleway.internal.ScalewaySettings;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.Secrets;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what a {@link ScalewayRegistry} needs. Not thread-safe.
 *
 * <pre>{@code
 * ScalewayRegistry registry = ScalewayRegistry.builder()
 *     .region("nl-ams")
 *     .environment(System.getenv()) // the secret key
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
public final class ScalewayRegistryBuilder {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.scaleway");

  private static final String DEFAULT_BASE_URL = "https://api.scaleway.com";

  private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z]{3,7}");

  private static final Pattern ACCESS_KEY = Pattern.compile("SCW[A-Z0-9]{17}");

  private @Nullable String region;
  private @Nullable String secretKey;
  private @Nullable String projectId;
  private @Nullable String organizationId;
  private @Nullable URI baseUrl;
  private @Nullable String profile;
  private @Nullable Map<String, String> environment;
  private HttpOptions httpOptions = HttpOptions.defaults();
  private @Nullable HttpClient httpClient;
  private TimeSource time = TimeSource.system();

  ScalewayRegistryBuilder() {}

  /**
   * Sets the region, such as {@code fr-par}. One that is not among {@link
   * ScalewayRegistry#KNOWN_REGIONS} is taken if it looks like one.
   */
  public ScalewayRegistryBuilder region(String region) {
    this.region = requireRegion(region);
    return this;
  }

  /**
   * Sets the secret part of an API key. The access key, {@code SCW…}, is never needed, and refused
   * here.
   */
  public ScalewayRegistryBuilder secretKey(String secretKey) {
    this.secretKey = requireSecretKey(secretKey);
    return this;
  }

  /** Sets the project that new namespaces belong to, a UUID. */
  public ScalewayRegistryBuilder projectId(String projectId) {
    this.projectId = requireId(projectId, "project");
    return this;
  }

  /** Sets the organization that new namespaces belong to where no project is set, a UUID. */
  public ScalewayRegistryBuilder organizationId(String organizationId) {
    this.organizationId = requireId(organizationId, "organization");
    return this;
  }

  /** Sets where the API is, instead of {@code https://api.scaleway.com}. */
  public ScalewayRegistryBuilder baseUrl(String baseUrl) {
    this.baseUrl = BaseUrl.parse(baseUrl);
    return this;
  }

  /**
   * Reads what is not set here from the vendor's variables, and then from its configuration file,
   * when the registry is built.
   *
   * <p>Variables: {@code SCW_SECRET_KEY}, {@code SCW_DEFAULT_REGION}, {@code
   * SCW_DEFAULT_PROJECT_ID}, {@code SCW_DEFAULT_ORGANIZATION_ID}, {@code SCW_API_URL}, {@code
   * SCW_PROFILE}, {@code SCW_CONFIG_PATH}, and the vendor's older names for them. File: {@code
   * $SCW_CONFIG_PATH}, else {@code $XDG_CONFIG_HOME/scw/config.yaml}, else {@code
   * $HOME/.config/scw/config.yaml} ({@code $USERPROFILE} on Windows); a profile is laid over the file's
   * root. All are looked up in the given map only: without any of them no file is read. {@code
   * SCW_INSECURE} is refused: give a client with TLS settings of one's own instead.
   *
   * @param environment variables by name, usually {@link System#getenv()}
   */
  public ScalewayRegistryBuilder environment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    return this;
  }

  /** Chooses a profile of the configuration file; needs {@link #environment(Map)}. */
  public ScalewayRegistryBuilder profile(String profile) {
    this.profile = Objects.requireNonNull(profile, "profile");
    return this;
  }

  /** Sets time limits, retries, listener and client; the defaults otherwise. */
  public ScalewayRegistryBuilder httpOptions(HttpOptions httpOptions) {
    this.httpOptions = Objects.requireNonNull(httpOptions, "httpOptions");
    return this;
  }

  /**
   * Sets the caller's own client, as {@link HttpOptions#withHttpClient(HttpClient)} does. Refused if
   * {@link #httpOptions(HttpOptions)} bring another one.
   */
  public ScalewayRegistryBuilder httpClient(HttpClient httpClient) {
    HttpOptions.defaults().withHttpClient(httpClient);
    this.httpClient = httpClient;
    return this;
  }

  /** Sets the clock and the sleeper, for the module's own tests. */
  ScalewayRegistryBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /**
   * Makes the registry. Sends nothing.
   *
   * @throws IllegalArgumentException if region or secret key are missing, or what the variables or
   *     the file say is malformed
   * @throws java.io.UncheckedIOException if the configuration file cannot be read
   */
  public ScalewayRegistry build() {
    Optional<ScalewaySettings> settings = settings();
    String chosenRegion = firstOf(
            region,
            settings.map(ScalewaySettings::region).map(ScalewayRegistryBuilder::requireRegion))
        .orElseThrow(() -> missing("region", "SCW_DEFAULT_REGION"));
    String chosenSecret = firstOf(
            secretKey,
            settings
                .map(ScalewaySettings::secretKey)
                .map(ScalewayRegistryBuilder::requireSecretKey))
        .orElseThrow(() -> missing("secretKey", "SCW_SECRET_KEY"));
    return new DefaultScalewayRegistry(new ScalewayConfiguration(
        chosenRegion,
        chosenSecret,
        firstOf(
                projectId,
                settings.map(ScalewaySettings::projectId).map(id -> requireId(id, "project")))
            .orElse(null),
        firstOf(
                organizationId,
                settings
                    .map(ScalewaySettings::organizationId)
                    .map(id -> requireId(id, "organization")))
            .orElse(null),
        firstOf(baseUrl, settings.map(ScalewaySettings::apiUrl).map(BaseUrl::parse))
            .orElseGet(() -> URI.create(DEFAULT_BASE_URL)),
        combinedOptions(),
        time));
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

  private Optional<ScalewaySettings> settings() {
    if (environment == null) {
      if (profile != null) {
        throw new IllegalArgumentException("a profile needs environment(…), or it is not read");
      }
      return Optional.empty();
    }
    ScalewaySettings settings = ScalewaySettings.load(environment, profile);
    if (settings.insecure()) {
      throw new IllegalArgumentException(
          "SCW_INSECURE is not supported: give an HTTP client with TLS settings of your own");
    }
    if (settings.exposedFile() != null) {
      LOG.warn("{} holds a secret key and can be read by others", settings.exposedFile());
    }
    return Optional.of(settings);
  }

  private static <T> Optional<T> firstOf(@Nullable T explicit, Optional<T> otherwise) {
    return explicit != null ? Optional.of(explicit) : otherwise;
  }

  private static IllegalArgumentException missing(String setting, String variable) {
    return new IllegalArgumentException("no %s: set it with %s(…), or with %s and environment(…)"
        .formatted(setting, setting, variable));
  }

  private static String requireRegion(String region) {
    Objects.requireNonNull(region, "region");
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException("a region looks like fr-par, this one does not");
    }
    return region;
  }

  private static String requireId(String id, String ofWhat) {
    Checks.id(id, ofWhat);
    return id;
  }

  private static String requireSecretKey(String secretKey) {
    Secrets.requireHeaderValue(secretKey, "secretKey");
    if (ACCESS_KEY.matcher(secretKey).matches()) {
      throw new IllegalArgumentException("secretKey is an access key: the secret part is needed");
    }
    return secretKey;
  }

  /** Returns what is set, without the secret. */
  @Override
  public String toString() {
    return "ScalewayRegistryBuilder[region=%s, secretKey=%s, baseUrl=%s]"
        .formatted(region, secretKey == null ? "none" : "redacted", baseUrl);
  }
}
