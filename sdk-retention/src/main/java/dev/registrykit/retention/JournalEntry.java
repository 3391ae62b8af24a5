package dev.registrykit.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a journal after the first.
 *
 * @param tag the tag it is about; null if it is about the run
 * @param outcome how the tag ended; null if it did not
 * @param detail why; null if the event says it all
 */
record JournalEntry(
    Instant at,
    Event event,
    @Nullable String tag,
    TagReport.@Nullable Outcome outcome,
    @Nullable String detail) {

  /** What happened. */
  enum Event {
    /** The deletion of a tag may send its first request from now on. */
    BEGUN,
    /** A tag is done with. */
    ENDED,
    /** The run ended early. */
    STOPPED,
    /** Another process goes on. */
    RESUMED
  }

  static JournalEntry begun(Instant at, String tag) {
    return new JournalEntry(at, Event.BEGUN, tag, null, null);
  }

  static JournalEntry ended(Instant at, TagReport report) {
    return new JournalEntry(
        at, Event.ENDED, report.tag().name(), report.outcome(), report.detail());
  }

  static JournalEntry stopped(Instant at, String why) {
    return new JournalEntry(at, Event.STOPPED, null, null, why);
  }

  static JournalEntry resumed(Instant at) {
    return new JournalEntry(at, Event.RESUMED, null, null, null);
  }
}
