package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes digests over bytes. */
public final class Digests {

  /** The algorithms the image specification registers, by its names and the platform's. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

  private Digests() {}

  /** Returns the digest of the algorithm that every registry knows. */
  public static String of(byte[] bytes) {
    return compute("sha256", bytes);
  }

  /** Returns whether these bytes have this digest. */
  public static boolean matches(String digest, byte[] bytes) {
    return compute(algorithm(digest), bytes).equals(digest);
  }

  /** Returns whether the text is a digest of an algorithm that can be computed here. */
  public static boolean isVerifiable(@Nullable String text) {
    if (text == null || text.indexOf(':') < 0 || !ALGORITHMS.containsKey(algorithm(text))) {
      return false;
    }
    try {
      ImageRef.requireDigest(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // which is the answer to the question
    }
  }

  /**
   * Returns {@code digest} if its bytes can be verified.
   *
   * @throws IllegalArgumentException if it is malformed or of an unknown algorithm
   */
  public static String requireVerifiable(String digest) {
    ImageRef.requireDigest(digest);
    if (!isVerifiable(digest)) {
      throw new IllegalArgumentException("a digest of " + algorithm(digest)
          + " cannot be verified; known are sha256, sha384, sha512");
    }
    return digest;
  }

  private static String algorithm(String digest) {
    return digest.substring(0, digest.indexOf(':'));
  }

  private static String compute(String algorithm, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance(ALGORITHMS.get(algorithm)).digest(bytes);
      return algorithm + ":" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
