package dev.registrykit.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a contender took.
 *
 * @param times one a round
 * @param requests how many it sent in the last round
 * @param bytes how many it allocated a round; negative if nobody looked
 */
record Measured(String contender, List<Duration> times, int requests, long bytes) {

  private Duration at(double share) {
    Duration[] sorted = times.toArray(Duration[]::new);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
  }

  Duration median() {
    return at(0.5);
  }

  double ratioTo(Measured first) {
    return (double) median().toNanos() / first.median().toNanos();
  }

  /** A row of a Markdown table: median, spread, ratio to the first contender, requests. */
  String row(Measured first) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s – %s | %.2f | %d |",
        contender,
        text(median()),
        text(at(0.1)),
        text(at(0.9)),
        ratioTo(first),
        requests);
  }

  /** What {@link #row} does not say of allocation. */
  String allocated() {
    return bytes < 0 ? "" : String.format(Locale.ROOT, " %.0f KB |", bytes / 1_000.0);
  }

  static String text(Duration time) {
    double micros = time.toNanos() / 1_000.0;
    if (micros < 10) {
      return String.format(Locale.ROOT, "%.2f µs", micros);
    }
    if (micros < 1_000) {
      return String.format(Locale.ROOT, "%.0f µs", micros);
    }
    return micros < 1_000_000
        ? String.format(Locale.ROOT, "%.1f ms", micros / 1_000)
        : String.format(Locale.ROOT, "%.2f s", micros / 1_000_000);
  }
}
