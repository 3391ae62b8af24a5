package dev.registrykit.samples;

import dev.registrykit.oci.OciRegistry;

/** How to make an OCI registry. */
public final class OciLogin {

  private OciLogin() {}

  /** Makes a registry with a login. */
  public static OciRegistry withLogin(String password) {
    // snippet: oci
    OciRegistry registry = OciRegistry.builder()
        .registry("registry.example.org") // a host, or a URL; http for this machine's own addresses
        .basic("ci", password)
        .build();
    // end
    return registry;
  }
}
