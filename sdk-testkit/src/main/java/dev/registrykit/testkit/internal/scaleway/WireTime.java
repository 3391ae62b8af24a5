package dev.registrykit.testkit.internal.scaleway;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Timestamps as recorded: nine fraction digits when just written, six when read back. */
public final class WireTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT);

  private WireTime() {}

  static String written(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return SECONDS.format(time) + padded(time.get(ChronoField.NANO_OF_SECOND), 9) + "Z";
  }

  /** Rounds half up to microseconds, as the recorded pairs of write and read do. */
  static String read(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).plusNanos(500);
    return SECONDS.format(time) + padded(time.get(ChronoField.NANO_OF_SECOND) / 1000, 6) + "Z";
  }

  /** Zeros before the digits; much faster than {@code String.format}. */
  public static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return "0".repeat(width - digits.length()) + digits;
  }
}
