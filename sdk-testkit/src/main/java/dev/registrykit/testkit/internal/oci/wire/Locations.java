package dev.registrykit.testkit.internal.oci.wire;

import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.oci.state.RegistryState;

/** Values of the Location header. */
public final class Locations {
  private Locations() {}

  /** Names the host as the request did, where the registry names it at all. */
  public static String of(RegistryState state, String path, ApiRequest request) {
    String host = request.header("Host");
    return state.behaviour().wire().absoluteLocations() && host != null
        ? "http://" + host + path
        : path;
  }
}
