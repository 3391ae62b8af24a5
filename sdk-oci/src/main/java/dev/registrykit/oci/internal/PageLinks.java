package dev.registrykit.oci.internal;

import dev.registrykit.spi.BaseUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Turns the links to next pages into cursors and back. A cursor says what it is a listing of, and
 * leads nowhere but to the registry: it may come from outside, and credentials go with it.
 */
final class PageLinks {

  private final URI baseUrl;
  private final String listing;

  /**
   * Makes cursors of one listing.
   *
   * @param listing what is listed, such as {@code tags of team/app}
   */
  PageLinks(URI baseUrl, String listing) {
    this.baseUrl = baseUrl;
    this.listing = listing + ": ";
  }

  /** Returns the cursor for the link, or null for none. */
  @Nullable
  String format(@Nullable URI next) {
    return next == null
        ? null
        : listing
            + next.getRawPath()
            + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
  }

  /**
   * Returns where the page is.
   *
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  URI parse(String cursor) {
    if (!cursor.startsWith(listing)) {
      throw new IllegalArgumentException("this cursor is not one of the " + listing.strip());
    }
    URI page = baseUrl.resolve(cursor.substring(listing.length()));
    boolean isPath =
        cursor.startsWith("/", listing.length()) && !cursor.startsWith("//", listing.length());
    if (!isPath || !BaseUrl.isSameOrigin(page, baseUrl)) {
      throw new IllegalArgumentException("this cursor does not lead to the registry");
    }
    return page;
  }
}
