package dev.registrykit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.UUID;

/**
 * The cursors of one registry: each goes with the listing that it came from, and none can be made up,
 * since they hold a hash that takes this registry's secret. Immutable.
 */
final class InMemoryRegistryCursors {

  private final String secret = UUID.randomUUID().toString();

  /**
   * Writes a cursor.
   *
   * @param listing what is listed, with all options that a cursor depends on
   */
  String at(String listing, int offset) {
    byte[] plain = (offset + "." + hash(listing, offset)).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException if it is none that {@link #at} wrote for this listing
   */
  int offset(String listing, String cursor) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      int offset = Integer.parseUnsignedInt(plain.substring(0, Math.max(0, plain.indexOf('.'))));
      if (at(listing, offset).equals(cursor)) {
        return offset;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("this is no page cursor of this registry", e);
    }
    throw new IllegalArgumentException(
        "this page cursor belongs to another listing, or to other options");
  }

  private String hash(String listing, int offset) {
    String text = secret + " " + offset + " " + listing;
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }
}
