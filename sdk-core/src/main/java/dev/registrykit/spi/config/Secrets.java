package dev.registrykit.spi.config;

import java.util.Objects;

/**
 * Checks credentials without ever repeating them.
 *
 * @since 0.1.0
 */
public final class Secrets {

  private Secrets() {}

  /**
   * Returns {@code secret} if it can stand in an HTTP header.
   *
   * @param name what to call it in a message
   * @throws IllegalArgumentException if it is empty or has a character outside printable ASCII, or a
   *     blank at either end; the message tells neither the value nor its length
   */
  public static String requireHeaderValue(String secret, String name) {
    Objects.requireNonNull(secret, name);
    if (secret.isEmpty() || !secret.equals(secret.strip())) {
      throw new IllegalArgumentException(name + " is empty, or begins or ends with a blank");
    }
    if (!secret.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          name + " has a character outside printable ASCII, such as a line break");
    }
    return secret;
  }
}
