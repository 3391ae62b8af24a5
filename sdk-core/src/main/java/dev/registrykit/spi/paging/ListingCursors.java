package dev.registrykit.spi.paging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one listing: each is a place in it, marked with a fingerprint of the listing, because
 * it would skip items in silence in another. Immutable.
 *
 * @since 0.1.0
 */
public final class ListingCursors {

  private static final int FINGERPRINT_BYTES = 9;

  private final String prefix;

  private ListingCursors(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Returns the cursors of a listing.
   *
   * @param parts all that tells it from others by its text: the registry, what is listed, filters,
   *     order, page size where places depend on it
   */
  public static ListingCursors of(@Nullable Object... parts) {
    String text = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\0"));
    byte[] hash = Arrays.copyOf(sha256(text), FINGERPRINT_BYTES);
    return new ListingCursors(Base64.getUrlEncoder().encodeToString(hash) + ".");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the cursor of a place. */
  public String cursor(String place) {
    return prefix + place;
  }

  /**
   * Returns the place of a cursor, which may have been tampered with.
   *
   * @throws IllegalArgumentException if it is of another listing
   */
  public String place(String cursor) {
    if (!cursor.startsWith(prefix)) {
      throw foreign(null);
    }
    return cursor.substring(prefix.length());
  }

  /** Returns the exception for a cursor that is not one of this listing's. */
  public static IllegalArgumentException foreign(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "this page cursor belongs to another listing, or to other options", cause);
  }
}
