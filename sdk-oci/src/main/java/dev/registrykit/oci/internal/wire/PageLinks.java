package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageRef;
import dev.registrykit.spi.paging.ListingCursors;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the links to next pages into cursors and back. The place of a cursor is a query and nothing
 * else: a cursor may come from outside, and credentials go with it, so that it can lead nowhere but to
 * the listing's own address.
 */
public final class PageLinks {

  private final URI address;
  private final ListingCursors cursors;

  private PageLinks(URI baseUrl, String path, String listing) {
    this.address = URI.create(baseUrl + "/v2/" + path);
    this.cursors = ListingCursors.of(baseUrl.getRawAuthority() + baseUrl.getRawPath(), listing);
  }

  static PageLinks ofTags(URI baseUrl, ImageRef image) {
    return new PageLinks(baseUrl, image.path() + "/tags/list", "tags of " + image);
  }

  /** Returns the links of the catalogue. */
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
    return next == null ? null : cursors.cursor("?" + next.getRawQuery());
  }

  /**
   * Returns where the page is.
   *
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  URI parse(String cursor) {
    String query = cursors.place(cursor);
    // A bare ? would be the first page once more.
    if (!query.startsWith("?") || query.length() == 1 || query.indexOf('#') >= 0) {
      throw ListingCursors.foreign(null);
    }
    try {
      return new URI(address + query);
    } catch (URISyntaxException e) {
      throw ListingCursors.foreign(e);
    }
  }
}
