package dev.registrykit.testkit.internal.scaleway.state;

import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Turns numbers into ids and digests, and back, so that a million tags need no table.
 *
 * <p>Every row of the emulator has one number; its id is that number scrambled by a fixed
 * permutation. Two emulators filled in the same way therefore have the same ids.
 */
public final class Ids {
  /** A random (version 4, variant 1) UUID leaves 62 free bits in its lower half. */
  private static final long LOW_62_BITS = (1L << 62) - 1;

  private static final long VARIANT = 1L << 63;
  private static final long VERSION = 4L << 12;
  private static final long VERSION_BITS = 0xF000L;
  private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L;
  private static final long SECOND_FACTOR = 0xD1B54A32D192ED03L;
  private static final String DIGEST_PREFIX = "sha256:";
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private Ids() {}

  public static String id(long number) {
    return new UUID(upperHalf(number), VARIANT | scramble(number)).toString();
  }

  /** The number behind an id made by {@link #id}; empty for any other text. */
  static OptionalLong number(String id) {
    UUID uuid;
    try {
      uuid = UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    long number = unscramble(uuid.getLeastSignificantBits() & LOW_62_BITS);
    return id(number).equals(id) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  public static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static String digest(long number) {
    HexFormat hex = HexFormat.of();
    return DIGEST_PREFIX
        + hex.toHexDigits(mix(number ^ 0x11))
        + hex.toHexDigits(mix(number ^ 0x2200))
        + hex.toHexDigits(mix(number ^ 0x330000))
        + hex.toHexDigits(scramble(number));
  }

  /** The number behind a digest made by {@link #digest}; empty for any other text. */
  static OptionalLong numberOfDigest(String digest) {
    if (!isDigest(digest)) {
      return OptionalLong.empty();
    }
    long scrambled = HexFormat.fromHexDigitsToLong(digest, digest.length() - 16, digest.length());
    long number = unscramble(scrambled & LOW_62_BITS);
    return digest(number).equals(digest) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  private static long upperHalf(long number) {
    return (mix(number) & ~VERSION_BITS) | VERSION;
  }

  private static long scramble(long number) {
    long bits = (number * FIRST_FACTOR) & LOW_62_BITS;
    bits ^= bits >>> 31;
    return (bits * SECOND_FACTOR) & LOW_62_BITS;
  }

  private static long unscramble(long scrambled) {
    long bits = (scrambled * inverse(SECOND_FACTOR)) & LOW_62_BITS;
    bits ^= bits >>> 31;
    return (bits * inverse(FIRST_FACTOR)) & LOW_62_BITS;
  }

  /** The inverse of an odd factor modulo a power of two, by Newton's iteration. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int round = 0; round < 5; round++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  private static long mix(long number) {
    long bits = number + FIRST_FACTOR;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
