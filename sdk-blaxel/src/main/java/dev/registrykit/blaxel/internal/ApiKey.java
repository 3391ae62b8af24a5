package dev.registrykit.blaxel.internal;

import dev.registrykit.spi.Attempt;
import dev.registrykit.spi.Credentials;
import java.util.Map;

/** An API key, which stays the same. */
final class ApiKey implements Credentials {

  private final Map<String, String> headers;

  ApiKey(String apiKey) {
    this.headers = Map.of("Authorization", "Bearer " + apiKey);
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return headers;
  }
}
