package dev.registrykit.testkit.internal.oci.kind;

/**
 * How a registry's answers look on the wire.
 *
 * @param listType the Content-Type of its lists
 * @param errorType the Content-Type of its errors, which are JSON whatever it says
 * @param absoluteLocations whether a Location names the host too
 * @param relation what follows the address in a {@code Link}
 */
public record Wire(String listType, String errorType, boolean absoluteLocations, String relation) {
  static final String PLAIN = "text/plain; charset=utf-8";

  private static final String JSON = "application/json";
  private static final String JSON_UTF_8 = "application/json; charset=utf-8";
  private static final String NEXT = "; rel=\"next\"";

  static final Wire DISTRIBUTION_2 = new Wire(JSON_UTF_8, JSON_UTF_8, true, NEXT);
  static final Wire DISTRIBUTION_3 = new Wire(JSON, JSON, true, NEXT);
  static final Wire ZOT = new Wire(JSON, JSON, false, NEXT);
  static final Wire HARBOR = new Wire(JSON_UTF_8, JSON_UTF_8, false, NEXT);
  static final Wire OLAREG = new Wire(JSON, PLAIN, false, "; rel=next");
  static final Wire OCIMEM = new Wire(PLAIN, JSON, false, ";rel=\"next\"");
  static final Wire OTHER = new Wire(JSON, JSON, false, NEXT);
}
