package dev.registrykit.reliability.soak;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What this process holds while it does nothing.
 *
 * @param heap bytes
 * @param threads without those of the emulators' servers
 * @param descriptors 0 where the system does not tell
 */
record Usage(long heap, int threads, int descriptors) {

  private static final long MEGABYTE = 1_000_000;

  /** Of what is cached, compiled and loaded while a test runs. */
  private static final long HEAP_TOLERANCE = 12 * MEGABYTE;

  private static final int TOLERANCE = 24;

  static Usage now() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    int threads = (int) Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().contains("qtp"))
        .count();
    String[] files = new File("/proc/self/fd").list();
    return new Usage(heap, threads, files == null ? 0 : files.length);
  }

  /** Measures again and again until it is no more than before, for the JDK lets go behind our back. */
  static Usage soonNoMoreThan(Usage before, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Usage now = now();
    while (now.isMoreThan(before) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      now = now();
    }
    return now;
  }

  boolean isMoreThan(Usage before) {
    return heap > before.heap + before.heap / 4 + HEAP_TOLERANCE
        || threads > before.threads + TOLERANCE
        || descriptors > before.descriptors + TOLERANCE;
  }

  /** Returns how it went on from before. */
  String since(Usage before) {
    return String.format(
        Locale.ROOT,
        "heap %.1f to %.1f MB, threads %d to %d, descriptors %d to %d",
        (double) before.heap / MEGABYTE,
        (double) heap / MEGABYTE,
        before.threads,
        threads,
        before.descriptors,
        descriptors);
  }
}
