package dev.registrykit.oci.internal.auth;

import dev.registrykit.spi.Attempt;
import dev.registrykit.spi.Credentials;
import dev.registrykit.spi.Transport;
import java.util.Map;

/** STUB until the real one lands. */
public final class OciCredentials implements Credentials {
  public void bind(Transport transport) {}

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return Map.of();
  }
}
