package dev.registrykit.spi;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}, RFC 9110 §10.2.3: seconds or a date. */
final class RetryAfter {

  private RetryAfter() {}

  /**
   * Returns the wait, or null if there is none or it is malformed. A date is compared with the
   * server's own {@code Date} where it sent one, since the two clocks may differ.
   */
  static @Nullable Duration of(HttpHeaders headers, Instant now) {
    String value = headers.firstValue("retry-after").map(String::strip).orElse("");
    if (value.matches("[0-9]{1,18}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Instant serverNow = headers.firstValue("date").flatMap(RetryAfter::date).orElse(now);
    return date(value)
        .map(then -> Duration.between(serverNow, then))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(null);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
