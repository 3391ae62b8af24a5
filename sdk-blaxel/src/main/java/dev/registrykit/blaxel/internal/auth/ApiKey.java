package dev.registrykit.blaxel.internal.auth;

import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An API key, which stays the same. */
public final class ApiKey implements Credentials {

  private final String apiKey;
  private final Map<String, String> headers;

  public ApiKey(String apiKey) {
    this.apiKey = apiKey;
    this.headers = Map.of("Authorization", "Bearer " + apiKey);
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return headers;
  }

  @Override
  public Collection<String> secrets() {
    return List.of(apiKey);
  }
}
