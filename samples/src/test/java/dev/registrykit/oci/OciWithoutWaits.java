package dev.registrykit.oci;

import dev.registrykit.testsupport.FakeTime;

/** Makes registries whose waits take no time, as the provider's own tests do; hence this package. */
public final class OciWithoutWaits {

  private OciWithoutWaits() {}

  /** Makes a registry, which waits by setting its clock forward. */
  public static OciRegistry build(OciRegistryBuilder builder) {
    return builder.time(new FakeTime()).build();
  }
}
