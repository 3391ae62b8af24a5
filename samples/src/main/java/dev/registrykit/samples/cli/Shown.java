package dev.registrykit.samples.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Sizes, ages and digests for people; programs get them exactly. */
final class Shown {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  /** An algorithm and the first twelve digits. */
  private static final int SHOWN_OF_DIGEST = 19;

  private Shown() {}

  static String size(OptionalLong bytes) {
    return bytes.isPresent() ? size(bytes.getAsLong()) : Table.NOTHING;
  }

  /** A size in decimal units, such as {@code 1.5 MB}. */
  static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 999.95) {
      size /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }

  static String age(Optional<Instant> date, Instant now) {
    return date.map(then -> age(Duration.between(then, now))).orElse(Table.NOTHING);
  }

  private static String age(Duration age) {
    if (age.toDays() >= 730) {
      return age.toDays() / 365 + " years";
    }
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " h";
    }
    return age.compareTo(Duration.ofDays(-1)) < 0
        ? "in future"
        : Math.max(0, age.toMinutes()) + " min";
  }

  static String digest(Optional<String> digest) {
    return digest
        .map(text -> text.substring(0, Math.min(text.length(), SHOWN_OF_DIGEST)))
        .orElse(Table.NOTHING);
  }

  /** A number of things, such as {@code 1 tag} or {@code 2 tags}. */
  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
