package dev.registrykit.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** JDKs of this machine. */
final class Jdks {

  private Jdks() {}

  /** The one that runs this, and the newest that is installed beside it, by feature release. */
  static SortedMap<Integer, Path> currentAndNewest() throws IOException {
    Path current = Path.of(System.getProperty("java.home")).toRealPath();
    SortedMap<Integer, Path> all = new TreeMap<>();
    try (Stream<Path> siblings = Files.list(current.resolveSibling("."))) {
      for (Path home : siblings.toList()) {
        all.put(featureOf(home), home);
      }
    }
    SortedMap<Integer, Path> some = new TreeMap<>();
    int newest = all.isEmpty() ? 0 : all.lastKey();
    if (newest > Runtime.version().feature()) {
      some.put(newest, all.get(newest));
    }
    some.put(Runtime.version().feature(), current);
    return some;
  }

  /** Returns 0 if it is no JDK. */
  private static int featureOf(Path home) throws IOException {
    Path file = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin").resolve("javac")) || !Files.exists(file)) {
      return 0;
    }
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      release.load(reader);
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return version.startsWith("1.") ? 0 : Runtime.Version.parse(version).feature();
  }

  static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }
}
