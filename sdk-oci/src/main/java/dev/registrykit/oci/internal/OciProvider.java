package dev.registrykit.oci.internal;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciPreset;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciRegistryBuilder;
import dev.registrykit.oci.PlaceholderUse;
import dev.registrykit.spi.RegistryProvider;
import dev.registrykit.spi.config.RegistryUri;
import java.net.URI;
import java.util.Map;

/** Opens {@code oci://<host>[:port]}, maybe with the builder's settings as parameters. */
public final class OciProvider implements RegistryProvider {

  private static final String PRESET = "preset";
  private static final String PLAIN_HTTP = "plain-http";
  private static final String PLACEHOLDER = "placeholder";
  private static final String TRUSTED_REALM_HOST = "trusted-realm-host";
  private static final String REFRESH_TOKENS = "refresh-tokens";

  /** The service loader's way in. */
  public OciProvider() {}

  @Override
  public String scheme() {
    return DefaultOciRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    RegistryUri given = RegistryUri.parse(
        uri,
        "oci://<host>[:port]",
        PRESET,
        PLAIN_HTTP,
        PLACEHOLDER,
        TRUSTED_REALM_HOST + "*",
        REFRESH_TOKENS);
    OciRegistryBuilder builder = OciRegistry.builder()
        .registry(given.authority())
        .environment(environment)
        .httpOptions(options)
        .refreshTokens(given.isTrue(REFRESH_TOKENS, false));
    given.constant(PRESET, OciPreset.class).ifPresent(builder::preset);
    given.constant(PLACEHOLDER, PlaceholderUse.class).ifPresent(builder::placeholder);
    given.parameters(TRUSTED_REALM_HOST).forEach(builder::trustedRealmHost);
    if (given.parameter(PLAIN_HTTP).isPresent()) {
      builder.plainHttp(given.isTrue(PLAIN_HTTP, false));
    }
    return builder.build();
  }
}
