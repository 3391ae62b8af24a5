package dev.registrykit.oci;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.internal.DefaultOciRegistry;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.OciEndpoint;
import dev.registrykit.oci.internal.auth.OciCredentials;
import dev.registrykit.spi.TimeSource;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an {@link OciRegistry} needs. Not thread-safe.
 *
 * <p>Without a login, the registry is asked anonymously. One that is set here wins over those of
 * {@link #environment(Map)}. Malformed values are {@link IllegalArgumentException}s, whose messages
 * never repeat a secret.
 */
public final class OciRegistryBuilder {

  private @Nullable String registry;
  private @Nullable OciPreset preset;
  private @Nullable Map<String, String> environment;
  private PlaceholderUse placeholder = PlaceholderUse.AS_PRESET;
  private boolean housekeepingTags = true;
  private HttpOptions httpOptions = HttpOptions.defaults();
  private @Nullable HttpClient httpClient;
  private TimeSource time = TimeSource.system();

  OciRegistryBuilder() {}

  /**
   * Sets where the registry is: a host such as {@code ghcr.io} or {@code localhost:5000}, or a URL.
   * A host is asked over https, but for this machine's own addresses, as Docker's tools do; {@code
   * docker.io} and its aliases lead to where Docker Hub really is.
   *
   * @throws IllegalArgumentException if it is neither a host nor a URL
   */
  public OciRegistryBuilder registry(String registry) {
    OciEndpoint.of(Objects.requireNonNull(registry, "registry"), null);
    this.registry = registry;
    return this;
  }

  /** Sets what is known of the registry, instead of what its host tells. */
  public OciRegistryBuilder preset(OciPreset preset) {
    this.preset = Objects.requireNonNull(preset, "preset");
    return this;
  }

  /** Sets whether a tag may be deleted by way of a placeholder; as the preset says by default. */
  public OciRegistryBuilder placeholder(PlaceholderUse placeholder) {
    this.placeholder = Objects.requireNonNull(placeholder, "placeholder");
    return this;
  }

  /**
   * Sets whether listings of tags hold those that stand for signatures and other referrers, {@code
   * sha256-…} and cosign's; true by default. Deletions see them either way.
   */
  public OciRegistryBuilder housekeepingTags(boolean listed) {
    this.housekeepingTags = listed;
    return this;
  }

  /** Sets time limits, retries, listener and client; the defaults otherwise. */
  public OciRegistryBuilder httpOptions(HttpOptions httpOptions) {
    this.httpOptions = Objects.requireNonNull(httpOptions, "httpOptions");
    return this;
  }

  /**
   * Sets the caller's own client, as {@link HttpOptions#withHttpClient(HttpClient)} does. Refused if
   * {@link #httpOptions(HttpOptions)} bring another one.
   */
  public OciRegistryBuilder httpClient(HttpClient httpClient) {
    HttpOptions.defaults().withHttpClient(httpClient);
    this.httpClient = httpClient;
    return this;
  }

  /** Sets variables. */
  public OciRegistryBuilder environment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    return this;
  }

  /** Sets the clock and the sleeper, for the module's own tests. */
  OciRegistryBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /**
   * Makes the registry. Sends nothing.
   *
   * @throws IllegalArgumentException if nothing says where the registry is, or settings contradict
   *     each other
   */
  public OciRegistry build() {
    OciEndpoint endpoint = OciEndpoint.of(registry, preset);
    return new DefaultOciRegistry(new OciConfiguration(
        endpoint.baseUrl(),
        endpoint.preset(),
        new OciCredentials(),
        placeholder == PlaceholderUse.AS_PRESET
            ? endpoint.preset().placeholder()
            : placeholder == PlaceholderUse.ALLOWED,
        housekeepingTags,
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

  /** Returns what is set, without the secret. */
  @Override
  public String toString() {
    return "OciRegistryBuilder[registry=%s, preset=%s, env=%s]"
        .formatted(registry, preset, environment != null);
  }
}
