package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageRef;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Turns the links to next pages into cursors and back. A cursor says what it is a listing of and on
 * which registry, for another one would go on at another place; and it holds a query and nothing
 * else: it may come from outside, and credentials go with it, so that it can lead nowhere but to
 * the listing's own address.
 */
public final class PageLinks {

  private final URI address;
  private final String listing;

  private PageLinks(URI baseUrl, String path, String listing) {
    this.address = URI.create(baseUrl + "/v2/" + path);
    this.listing = listing + " on " + baseUrl.getRawAuthority() + baseUrl.getRawPath() + ": ";
  }

  public static PageLinks ofTags(URI baseUrl, ImageRef image) {
    return new PageLinks(baseUrl, image.path() + "/tags/list", "tags of " + image);
  }

  public static PageLinks ofImages(URI baseUrl) {
    return new PageLinks(baseUrl, "_catalog", "images");
  }

  static PageLinks ofReferrers(URI baseUrl, ImageRef image, String digest) {
    return new PageLinks(
        baseUrl, image.path() + "/referrers/" + digest, "referrers of " + digest + " of " + image);
  }

  /** Returns the cursor for the link, or null for none. */
  @Nullable
  String format(@Nullable URI next) {
    return next == null ? null : listing + "?" + next.getRawQuery();
  }

  /**
   * Returns where the page is.
   *
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  public URI parse(String cursor) {
    if (!cursor.startsWith(listing)) {
      throw new IllegalArgumentException("this cursor is not one of the " + listing.strip());
    }
    String query = cursor.substring(listing.length());
    if (!query.startsWith("?") || query.indexOf('#') >= 0) {
      throw new IllegalArgumentException("this cursor does not lead to this listing");
    }
    return URI.create(address + query);
  }
}
