package dev.registrykit.testkit.internal.oci.wire;

import java.util.Arrays;

/** Bytes that are still JSON where they were, but no longer have their digest. */
public final class Corruption {
  private Corruption() {}

  public static byte[] of(byte[] bytes) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = ' ';
    return longer;
  }
}
