package dev.registrykit.oci.internal.wire;

import dev.registrykit.spi.support.Rfc3339;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads dates of images, of which many are none. */
public final class Dates {

  /**
   * Later than every date that builds write to be reproducible: Go's zero is in the year 1, Nix writes
   * a second after 1970 began, buildpacks a second after 1980 did.
   */
  private static final Instant FIRST_REAL =
      LocalDate.of(1980, 1, 2).atStartOfDay().toInstant(ZoneOffset.UTC);

  private Dates() {}

  /** Returns the date, or null if there is none or it is not one. */
  public static @Nullable Instant parse(@Nullable String text) {
    return text == null ? null : known(Rfc3339.parse(text)); // nothing promises that it is one
  }

  /** Returns null for the dates of reproducible builds, which say nothing. */
  static @Nullable Instant known(@Nullable Instant date) {
    return date == null || date.isBefore(FIRST_REAL) ? null : date;
  }
}
