package dev.registrykit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Writes places in a listing so that nobody is tempted to reckon with them. */
final class InMemoryRegistryCursor {

  private static final String SCHEME = "memory:";

  private InMemoryRegistryCursor() {}

  static String at(int offset) {
    byte[] plain = (SCHEME + offset).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException if it is none of {@link #at(int)}
   */
  static int offset(String cursor) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (plain.startsWith(SCHEME)) {
        return Integer.parseUnsignedInt(plain.substring(SCHEME.length()));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a cursor of this registry", e);
    }
    throw new IllegalArgumentException("not a cursor of this registry");
  }
}
