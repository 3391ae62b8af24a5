package dev.registrykit.oci.internal.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token in use. Immutable.
 *
 * @param authorization what stands in the header
 * @param wanted the request that the challenge asked for; null for a token that was configured
 * @param granted the request that the endpoint agreed to
 * @param dueNanos when to renew it, on the clock of {@code nanoTime}; of no meaning if configured
 */
record Token(
    String authorization,
    @Nullable TokenRequest wanted,
    @Nullable TokenRequest granted,
    long dueNanos) {

  /** How long before its end a token is renewed, so that it does not end on its way. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  static Token configured(Login.Bearer login) {
    return new Token("Bearer " + login.token(), null, null, 0);
  }

  boolean isDue(long nowNanos) {
    return wanted != null && nowNanos - dueNanos >= 0;
  }

  @Override
  public String toString() {
    return "token(hidden)";
  }
}
