package dev.registrykit.spi.transport;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Credentials that are numbered, and renewed after each refusal. */
final class CountingCredentials implements Credentials {

  private final AtomicInteger number = new AtomicInteger(1);
  private volatile TransportResponse lastUnauthorized;

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return Map.of("Authorization", "Bearer token-" + number);
  }

  @Override
  public boolean renewAfter(
      Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
    number.incrementAndGet();
    lastUnauthorized = unauthorized;
    return true;
  }

  TransportResponse lastUnauthorized() {
    return lastUnauthorized;
  }
}
