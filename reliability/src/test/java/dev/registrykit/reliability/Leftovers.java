package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What may be left of a registry that was closed.
 *
 * @param threads of the SDK, and of the JDK's client
 * @param descriptors of the process; 0 where it cannot tell
 */
record Leftovers(long threads, long descriptors) {

  /** Others open files meanwhile, such as class files. */
  private static final int OTHERS = 40;

  private static final int LOOKS = 400;

  static Leftovers now() {
    long threads = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("registrykit")
            || thread.getName().startsWith("HttpClient-"))
        .count();
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return new Leftovers(threads, 0);
    }
    try (Stream<Path> open = Files.list(own)) {
      return new Leftovers(threads, open.count());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails if there are more in the end. */
  void awaitNoMore() {
    Leftovers now = now();
    for (int look = 0; now.isMoreThan(this); look++) {
      if (look == LOOKS) {
        fail("left over: " + now + ", before: " + this);
      }
      System.gc(); // before JDK 21 a client ends when it is collected
      LockSupport.parkNanos(50_000_000);
      now = now();
    }
  }

  private boolean isMoreThan(Leftovers before) {
    return threads > before.threads || descriptors > before.descriptors + OTHERS;
  }
}
