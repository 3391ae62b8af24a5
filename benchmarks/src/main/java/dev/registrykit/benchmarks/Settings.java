package dev.registrykit.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param isShort whether it is only to be seen that everything still runs
 * @param only the sections to run; all if there are none
 */
record Settings(boolean isShort, Set<String> only) {

  static Settings of(List<String> arguments) {
    int only = arguments.indexOf("--only");
    return new Settings(
        arguments.contains("--short"),
        only < 0 ? Set.of() : Set.of(arguments.get(only + 1).split(",", -1)));
  }

  boolean wants(String section) {
    return only.isEmpty() || only.contains(section);
  }

  /** How often: that often, or once. */
  int rounds(int count) {
    return isShort ? Math.min(count, 1) : count;
  }

  /** How many: that many, or a tenth. */
  int size(int count) {
    return isShort ? count / 10 : count;
  }

  /** How far away. */
  Duration network() {
    return Duration.ofMillis(isShort ? 2 : 20);
  }

  /** That in words. */
  String away() {
    return network().toMillis() + " ms away";
  }
}
