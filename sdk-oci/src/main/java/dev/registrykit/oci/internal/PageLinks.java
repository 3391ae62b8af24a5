package dev.registrykit.oci.internal;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Turns the links to next pages into cursors and back. A cursor says what it is a listing of and on
 * which registry, for another one would go on at another place; and it leads nowhere but to the
 * registry: it may come from outside, and credentials go with it.
 */
final class PageLinks {

  private final String origin;
  private final String listing;

  /**
   * Makes cursors of one listing.
   *
   * @param listing what is listed, such as {@code tags of team/app}
   */
  PageLinks(URI baseUrl, String listing) {
    this.origin = baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
    this.listing = listing + " on " + baseUrl.getRawAuthority() + ": ";
  }

  /** Returns the cursor for the link, or null for none. */
  @Nullable
  String format(@Nullable URI next) {
    return next == null ? null : listing + path(next) + query(next);
  }

  private static String path(URI next) {
    return next.getRawPath().isEmpty() ? "/" : next.getRawPath();
  }

  private static String query(URI next) {
    return next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
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
    if (!cursor.startsWith("/", listing.length())) {
      throw new IllegalArgumentException("this cursor does not lead to the registry");
    }
    // Not resolved, since that would take a path of two slashes for another host.
    return URI.create(origin + cursor.substring(listing.length()));
  }
}
