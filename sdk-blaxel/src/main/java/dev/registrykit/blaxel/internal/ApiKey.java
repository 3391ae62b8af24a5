package dev.registrykit.blaxel.internal;

import dev.registrykit.spi.Credentials;
import java.net.http.HttpRequest;
import java.util.Map;

/** An API key, which stays the same. */
final class ApiKey implements Credentials {

  private final Map<String, String> headers;

  ApiKey(String apiKey) {
    this.headers = Map.of("Authorization", "Bearer " + apiKey);
  }

  @Override
  public Map<String, String> headersFor(HttpRequest request) {
    return headers;
  }
}
