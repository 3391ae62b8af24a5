package dev.registrykit.reliability;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts cells, and what came of them. */
final class Tally {

  private final AtomicInteger cells = new AtomicInteger();
  private final AtomicInteger notReached = new AtomicInteger();
  private final Map<String, LongAdder> endings = new ConcurrentSkipListMap<>();

  void notReached() {
    notReached.incrementAndGet();
  }

  void count(Cell<?> cell, RuntimeException failure) {
    count(cell.fault().kind().name(), failure);
  }

  void countRefused(RuntimeException failure) {
    count("CONNECTION_REFUSED", failure);
  }

  private void count(String fault, RuntimeException failure) {
    cells.incrementAndGet();
    String ending = failure == null ? "returned" : failure.getClass().getSimpleName();
    endings.computeIfAbsent(fault + " " + ending, none -> new LongAdder()).increment();
  }

  int cells() {
    return cells.get();
  }

  int cellsNotReached() {
    return notReached.get();
  }

  Map<String, Long> endings() {
    Map<String, Long> sums = new TreeMap<>();
    endings.forEach((ending, count) -> sums.put(ending, count.sum()));
    return sums;
  }
}
