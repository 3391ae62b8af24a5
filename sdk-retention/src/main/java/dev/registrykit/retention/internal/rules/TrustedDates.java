package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import dev.registrykit.retention.TagDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The dates from which an age can be told: neither before a limit, as reproducible builds have them, nor
 * more than a day ahead of the plan's own clock.
 */
public record TrustedDates(TagDate which, Instant from, Instant now) {

  private static final Duration SKEW = Duration.ofDays(1);

  public Optional<Instant> of(Tag tag) {
    return which
        .of(tag)
        .filter(date -> !date.isBefore(from))
        .filter(date -> Duration.between(now, date).compareTo(SKEW) <= 0);
  }

  /** Why {@link #of} is empty, in words. */
  public String missing(Tag tag) {
    return which
        .of(tag)
        .map(date -> date.isBefore(from)
            ? "its date, " + date + ", is before " + from + " and not trusted"
            : "its date, " + date + ", is in the future and not trusted")
        .orElse("it has no " + which.toString().replaceFirst("^the ", ""));
  }
}
