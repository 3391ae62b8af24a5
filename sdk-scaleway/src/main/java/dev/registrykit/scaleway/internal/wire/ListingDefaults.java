package dev.registrykit.scaleway.internal.wire;

/** What every request for a page says, because the API's own defaults have changed over time. */
public final class ListingDefaults {

  /** The most items the API puts on a page. */
  public static final int MAX_PAGE_SIZE = 100;

  /** The order the API documents as its default; always sent, as the vendor's own SDKs do. */
  public static final String ORDER = "created_at_asc";

  private ListingDefaults() {}
}
