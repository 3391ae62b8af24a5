package dev.registrykit.retention;

/** How the name of a signature, an attestation or an SBOM says what it is about. */
final class Subjects {

  private static final int DIGITS = 64;

  private Subjects() {}

  /** Returns the digest that the name of such a tag begins with, as {@link #beginning} returns it. */
  static String digestIn(String name) {
    return name.replaceFirst("\\..*", "").replace('-', ':');
  }

  /** Returns as much of a digest as such names have: at most 64 of its digits. */
  static String beginning(String digest) {
    int end = digest.indexOf(':') + 1 + DIGITS;
    return digest.substring(0, Math.min(digest.length(), end));
  }
}
