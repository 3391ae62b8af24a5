package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be left of a registry that was closed.
 *
 * @param threads of the SDK, and of the JDK's client
 * @param descriptors of the process, by what they are of; empty where it cannot tell
 */
record Leftovers(long threads, Map<String, Long> descriptors) {

  /**
   * Before JDK 21 nobody can close the JDK's client, and that of JDK 17 keeps the sockets of answers whose head it
   * cannot read, for ever.
   */
  private static final boolean IS_CLOSED_WHOLE = Runtime.version().feature() >= 21;

  private static final Path OWN = Path.of("/proc/self/fd");

  /** A server that was stopped, in this process too, may end some connections later. */
  private static final int OTHERS = 40;

  private static final int LOOKS = 400;

  static Leftovers now() {
    long threads = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("registrykit")
            || thread.getName().startsWith("HttpClient-"))
        .count();
    if (!Files.isDirectory(OWN)) {
      return new Leftovers(threads, Map.of());
    }
    try (Stream<Path> open = Files.list(OWN)) {
      List<Path> all = open.toList();
      return new Leftovers(
          threads,
          all.stream()
              .collect(
                  Collectors.groupingBy(Leftovers::kind, TreeMap::new, Collectors.counting())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String kind(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/") ? "file" : target.replaceAll(":\\[\\d+\\]", "");
    } catch (IOException e) {
      return "closed meanwhile";
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
    return IS_CLOSED_WHOLE && (threads > before.threads || count() > before.count() + OTHERS);
  }

  /** Without files, which are jars that classes come from. */
  private long count() {
    return descriptors.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("file"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
