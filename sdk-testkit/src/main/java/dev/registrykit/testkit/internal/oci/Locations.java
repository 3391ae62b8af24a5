package dev.registrykit.testkit.internal.oci;

import dev.registrykit.testkit.internal.ApiRequest;

/** Values of the Location header. */
final class Locations {
  private Locations() {}

  /** Names the host as the request did, where the registry names it at all. */
  static String of(RegistryState state, String path, ApiRequest request) {
    String host = request.header("Host");
    return state.behaviour().wire().absoluteLocations() && host != null
        ? "http://" + host + path
        : path;
  }
}
