package dev.registrykit.oci.internal.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads dates of images, of which many are none. */
public final class Dates {

  /**
   * Later than every date that builds write to be reproducible: Go's zero is in the year 1, Nix writes
   * a second after 1970 began, buildpacks a second after 1980 did.
   */
  private static final Instant FIRST_REAL = Instant.parse("1980-01-02T00:00:00Z");

  private Dates() {}

  /** Returns the date, or null if there is none or it is not one. */
  public static @Nullable Instant parse(@Nullable String text) {
    try {
      return text == null ? null : known(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return null; // nothing promises that it is one
    }
  }

  /** Returns null for the dates of reproducible builds, which say nothing. */
  static @Nullable Instant known(@Nullable Instant date) {
    return date == null || date.isBefore(FIRST_REAL) ? null : date;
  }
}
