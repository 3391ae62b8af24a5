package dev.registrykit.spi;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Credentials that are numbered, and renewed after each refusal. */
final class CountingCredentials implements Credentials {

  private final AtomicInteger number = new AtomicInteger(1);

  @Override
  public Map<String, String> headersFor(HttpRequest request) {
    return Map.of("Authorization", "Bearer token-" + number);
  }

  @Override
  public boolean renewAfter(HttpRequest request, TransportResponse unauthorized) {
    number.incrementAndGet();
    return true;
  }
}
