package dev.registrykit.testkit.internal.oci;

import java.util.Arrays;

/** Bytes that are still JSON where they were, but no longer have their digest. */
final class Corruption {
  private Corruption() {}

  static byte[] of(byte[] bytes) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = ' ';
    return longer;
  }
}
