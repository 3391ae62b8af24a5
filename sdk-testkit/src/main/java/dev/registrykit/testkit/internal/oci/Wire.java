package dev.registrykit.testkit.internal.oci;

/**
 * How a registry's answers look on the wire.
 *
 * @param jsonType the Content-Type of its JSON
 * @param versionHeader whether every answer carries Docker-Distribution-Api-Version
 * @param absoluteLocations whether a Location names the host too
 */
record Wire(String jsonType, boolean versionHeader, boolean absoluteLocations) {
  static final Wire DISTRIBUTION_2 = new Wire("application/json; charset=utf-8", true, true);
  static final Wire DISTRIBUTION_3 = new Wire("application/json", true, true);
  static final Wire ZOT = new Wire("application/json", true, false);
  static final Wire HARBOR = new Wire("application/json; charset=utf-8", true, false);
  static final Wire OTHER = new Wire("application/json", true, false);
}
