package dev.registrykit.spi.transport;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}, RFC 9110 §10.2.3: seconds or a date. */
final class RetryAfter {

  /** The date of RFC 9110 §5.6.7, and the two older forms that a recipient has to read too. */
  private static final List<DateTimeFormatter> DATES = List.of(
      DateTimeFormatter.RFC_1123_DATE_TIME,
      DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC),
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /**
   * Returns the wait, or null if there is none or it is malformed. A date is compared with the
   * server's own {@code Date} where it sent one, since the two clocks may differ.
   */
  static @Nullable Duration of(HttpHeaders headers, Instant now) {
    String value = headers.firstValue("retry-after").map(String::strip).orElse("");
    if (value.matches("[0-9]+")) {
      return Duration.ofSeconds(value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value));
    }
    Instant serverNow = headers.firstValue("date").flatMap(RetryAfter::date).orElse(now);
    return date(value)
        .map(then -> Duration.between(serverNow, then))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(null);
  }

  private static Optional<Instant> date(String text) {
    return DATES.stream().flatMap(format -> date(text, format).stream()).findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter format) {
    try {
      return Optional.of(Instant.from(format.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
