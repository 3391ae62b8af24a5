package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The secret part of an API key, sent with every request as a header. Immutable. */
public record SecretKey(String value) implements Credentials {

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return Map.of("X-Auth-Token", value);
  }

  @Override
  public Collection<String> secrets() {
    return List.of(value);
  }

  /** Returns no secret. */
  @Override
  public String toString() {
    return "SecretKey[<redacted>]";
  }
}
