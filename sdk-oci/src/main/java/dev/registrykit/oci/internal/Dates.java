package dev.registrykit.oci.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads dates of images, of which many are none. */
final class Dates {

  private Dates() {}

  /** Returns the date, or null if there is none or it is not one. */
  static @Nullable Instant parse(@Nullable String text) {
    try {
      return text == null ? null : known(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return null; // nothing promises that it is one
    }
  }

  /** Returns null for the dates of reproducible builds, 1970 and the year 1, which say nothing. */
  static @Nullable Instant known(@Nullable Instant date) {
    return date == null || !date.isAfter(Instant.EPOCH) ? null : date;
  }
}
