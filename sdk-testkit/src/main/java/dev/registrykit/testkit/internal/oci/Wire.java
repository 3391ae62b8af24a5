package dev.registrykit.testkit.internal.oci;

/**
 * How a registry's answers look on the wire.
 *
 * @param jsonType the Content-Type of its JSON
 * @param absoluteLocations whether a Location names the host too
 */
record Wire(String jsonType, boolean absoluteLocations) {
  static final Wire DISTRIBUTION_2 = new Wire("application/json; charset=utf-8", true);
  static final Wire DISTRIBUTION_3 = new Wire("application/json", true);
  static final Wire ZOT = new Wire("application/json", false);
  static final Wire HARBOR = new Wire("application/json; charset=utf-8", false);
  static final Wire OTHER = new Wire("application/json", false);
}
