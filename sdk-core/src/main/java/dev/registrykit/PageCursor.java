package dev.registrykit;

import java.util.Objects;

/**
 * A place in a listing from which it can be resumed, in another process too.
 *
 * <p>The text is opaque: it comes from {@link Page#nextCursor()}, is meant for the same listing with
 * the same options, and stays valid for as long as the provider says.
 *
 * @param value the text to keep; never blank
 * @since 0.1.0
 */
public record PageCursor(String value) {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if the text is blank
   */
  public PageCursor {
    Objects.requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("a page cursor is not blank");
    }
  }

  /** Returns {@link #value()}, as the text to store. */
  @Override
  public String toString() {
    return value;
  }
}
