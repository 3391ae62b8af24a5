package dev.registrykit.retention;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** How a plan is carried out. */
record RunSettings(
    List<KeepCondition> conditions,
    Consumer<RetentionProgress> progress,
    int failuresInARow,
    Clock clock) {

  private static final int FAILURES_IN_A_ROW = 5;

  /** What is asked of each tag right before its deletion. */
  record KeepCondition(String reason, Predicate<PlannedTag> covers) {}

  RunSettings {
    conditions = List.copyOf(conditions);
  }

  static RunSettings defaults() {
    return new RunSettings(List.of(), progress -> {}, FAILURES_IN_A_ROW, Clock.systemUTC());
  }

  RunSettings with(KeepCondition condition) {
    List<KeepCondition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new RunSettings(more, progress, failuresInARow, clock);
  }

  RunSettings with(Consumer<RetentionProgress> other) {
    return new RunSettings(conditions, other, failuresInARow, clock);
  }

  RunSettings with(int otherFailuresInARow) {
    return new RunSettings(conditions, progress, otherFailuresInARow, clock);
  }

  RunSettings with(Clock other) {
    return new RunSettings(conditions, progress, failuresInARow, other);
  }
}
