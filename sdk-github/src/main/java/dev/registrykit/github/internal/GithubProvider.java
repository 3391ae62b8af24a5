package dev.registrykit.github.internal;

import dev.registrykit.Registry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.GithubRegistryBuilder;
import dev.registrykit.github.OwnerKind;
import dev.registrykit.github.StrictDeletion;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.RegistryProvider;
import dev.registrykit.spi.config.RegistryUri;
import java.net.URI;
import java.util.Map;

/**
 * Opens {@code github://<owner>}. The parameters {@code owner-kind}, {@code strict-deletion}, {@code
 * keep-last-tag}, {@code base-url} and {@code registry-url} are given to the builder.
 */
public final class GithubProvider implements RegistryProvider {

  private static final String OWNER_KIND = "owner-kind";
  private static final String STRICT_DELETION = "strict-deletion";
  private static final String KEEP_LAST_TAG = "keep-last-tag";
  private static final String BASE_URL = "base-url";
  private static final String REGISTRY_URL = "registry-url";

  /** For the service loader. */
  public GithubProvider() {}

  @Override
  public String scheme() {
    return DefaultGithubRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    RegistryUri asked = RegistryUri.parse(
        uri,
        "github://<owner>",
        OWNER_KIND,
        STRICT_DELETION,
        KEEP_LAST_TAG,
        BASE_URL,
        REGISTRY_URL);
    GithubRegistryBuilder builder = GithubRegistry.builder()
        .owner(asked.authority())
        .environment(environment)
        .keepingLastTag(asked.isTrue(KEEP_LAST_TAG, true))
        .httpOptions(options);
    asked.constant(OWNER_KIND, OwnerKind.class).ifPresent(builder::ownerKind);
    asked.constant(STRICT_DELETION, StrictDeletion.class).ifPresent(builder::strictDeletion);
    asked.parameter(BASE_URL).ifPresent(builder::baseUrl);
    asked.parameter(REGISTRY_URL).ifPresent(builder::registryUrl);
    return builder.build();
  }
}
