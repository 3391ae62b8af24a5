package dev.registrykit.github.internal.wire;

import dev.registrykit.spi.transport.FailedResponse;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the limits of GitHub's API from a missing permission, for both are 403. By its documentation the
 * primary limit says that no request remains and when the count begins anew. The secondary one says so in
 * words, and maybe how long to wait; else it is a minute.
 */
record RateLimits(Supplier<Instant> now) {

  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final Duration SECONDARY_WAIT = Duration.ofMinutes(1);

  /** Words of a missing permission, which may come with the last request that remained. */
  private static final Pattern PERMISSION =
      Pattern.compile("(?i)not accessible|must have|permission|scope|saml|forbidden");

  boolean isLimit(FailedResponse failure, String message) {
    int status = failure.response().status();
    if (status == TOO_MANY_REQUESTS) {
      return true;
    }
    if (status != FORBIDDEN) {
      return false;
    }
    boolean isUsedUp =
        isUsedUp(failure.response().headers()) && !PERMISSION.matcher(message).find();
    return isUsedUp || failure.retryAfter() != null || isInWords(message);
  }

  /** Returns how long to wait; null where nothing says that. */
  @Nullable
  Duration retryAfter(FailedResponse failure, String message) {
    if (failure.retryAfter() != null) {
      return failure.retryAfter();
    }
    HttpHeaders headers = failure.response().headers();
    if (isUsedUp(headers)) {
      return untilReset(headers).orElse(null);
    }
    return isInWords(message) ? SECONDARY_WAIT : null;
  }

  private static boolean isInWords(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("rate limit") || text.contains("abuse detection");
  }

  private static boolean isUsedUp(HttpHeaders headers) {
    return headers.firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent();
  }

  /** Counts by the server's clock if it sends its time, because ours may differ. */
  private Optional<Duration> untilReset(HttpHeaders headers) {
    return headers
        .firstValue("x-ratelimit-reset")
        .filter(text -> text.matches("[0-9]{1,12}"))
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
        .map(reset -> Duration.between(serverNow(headers), reset))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private Instant serverNow(HttpHeaders headers) {
    try {
      return headers
          .firstValue("date")
          .map(text ->
              ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElseGet(now);
    } catch (DateTimeException e) {
      return now.get();
    }
  }
}
