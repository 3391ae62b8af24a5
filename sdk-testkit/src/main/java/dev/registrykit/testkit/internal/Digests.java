package dev.registrykit.testkit.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests as registries compute and recognize them. */
public final class Digests {
  /** What is taken for a digest; anything else in its place is taken for a tag. */
  private static final Pattern DIGEST =
      Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

  private Digests() {}

  public static String of(byte[] bytes) {
    return "sha256:" + HexFormat.of().formatHex(hash("SHA-256", bytes));
  }

  public static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** Whether the bytes have that digest, in whichever algorithm it names. */
  public static boolean matches(String digest, byte[] bytes) {
    String algorithm = digest.substring(0, digest.indexOf(':')).replace("sha", "SHA-");
    return digest.endsWith(":" + HexFormat.of().formatHex(hash(algorithm, bytes)));
  }

  public static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has " + algorithm, e);
    }
  }
}
