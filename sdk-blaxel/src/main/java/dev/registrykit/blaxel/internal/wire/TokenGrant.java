package dev.registrykit.blaxel.internal.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An access token as the service grants it.
 *
 * @param lifetime how long it is good for; null where the service does not say
 */
public record TokenGrant(String token, @Nullable Duration lifetime) {

  /** Names nothing. */
  @Override
  public String toString() {
    return "TokenGrant[redacted]";
  }
}
