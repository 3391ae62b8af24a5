package dev.registrykit.benchmarks;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.TagOrder;
import dev.registrykit.oci.OciRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the jobs and prints their tables.
 *
 * <p>Arguments: {@code --write FILE} to write them there too, {@code --short} for a round of each, to see whether
 * they still run.
 */
public final class Benchmarks {

  private static final ImageRef APP = ImageRef.of("shop/app");
  private static final Duration NETWORK = Duration.ofMillis(20);
  private static final int NEWEST = 10;

  private final boolean isShort;

  private Benchmarks(boolean isShort) {
    this.isShort = isShort;
  }

  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    List<String> lines = new Benchmarks(arguments.contains("--short")).run();
    System.out.println(String.join("\n", lines));
    int write = arguments.indexOf("--write");
    if (write >= 0) {
      Files.writeString(Path.of(arguments.get(write + 1)), String.join("\n", lines) + "\n");
    }
    System.exit(0); // a library leaves threads behind
  }

  private List<String> run() throws Exception {
    List<String> lines = new ArrayList<>(List.of(
        "# Performance",
        "",
        "Made by `mvn -q -Pbenchmarks -pl benchmarks -am compile`, which runs every job of every contender in turn in one"
            + " process, against a server on the same machine that has its answers ready. Absolute times are this"
            + " machine's; ratios travel. A ratio is to the first row.",
        "",
        "JDK " + Runtime.version().feature() + ", "
            + Runtime.getRuntime().availableProcessors() + " processors, "
            + LocalDate.now(ZoneOffset.UTC) + ".",
        ""));
    lines.addAll(warmCall());
    lines.addAll(names());
    lines.addAll(newest());
    lines.addAll(newestByLoop());
    return lines;
  }

  private int rounds(int count) {
    return isShort ? 1 : count;
  }

  private List<String> warmCall() throws Exception {
    try (StubRegistry server = new StubRegistry(10, 10, Duration.ZERO);
        OciRegistry sdk = open(server)) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      return new Job(
              "A tag's digest, connection open",
              rounds(3_000),
              rounds(3_000),
              new Contender("java.net.http, direct executor", () -> raw.digest("t1")),
              new Contender("RegistryKit", () -> sdk.resolveTag(APP, "t1")),
              new Contender("oras-java", () -> oras.digest("t1")))
          .run(server);
    }
  }

  private List<String> names() throws Exception {
    try (StubRegistry server = new StubRegistry(10_000, 10, Duration.ZERO);
        Registry sdk = open(server)) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      return new Job(
              "10,000 names in one answer",
              rounds(300),
              rounds(300),
              new Contender("java.net.http and a parser", raw::names),
              new Contender("RegistryKit", () -> sdk.listTags(APP).toList()),
              new Contender("oras-java", oras::names))
          .run(server);
    }
  }

  private List<String> newest() throws Exception {
    try (StubRegistry server = stubOfThousandTags()) {
      RawClient raw = new RawClient(server.address());
      ListTagsOptions sixtyFour = ListTagsOptions.defaults().withConcurrency(64);
      return new Job(
              "The 10 newest of 1,000 tags on 100 digests, 20 ms away",
              rounds(2),
              rounds(9),
              new Contender(
                  "java.net.http, two phases by hand, 16 at a time",
                  () -> raw.newestInTwoPhases(NEWEST, 16)),
              new Contender("RegistryKit", () -> newest(server, ListTagsOptions.defaults())),
              new Contender(
                  "java.net.http, two phases by hand, 64 at a time",
                  () -> raw.newestInTwoPhases(NEWEST, 64)),
              new Contender("RegistryKit, 64 at a time", () -> newest(server, sixtyFour)))
          .run(server);
    }
  }

  /** Once, for it takes minutes. */
  private List<String> newestByLoop() throws Exception {
    try (StubRegistry server = stubOfThousandTags()) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      return new Job(
              "The same, as it is mostly written: one tag after the other",
              0,
              1,
              new Contender("RegistryKit", () -> newest(server, ListTagsOptions.defaults())),
              new Contender("java.net.http, a loop", () -> raw.newestNaively(NEWEST)),
              new Contender("oras-java, a loop", () -> oras.newest(NEWEST)))
          .run(server);
    }
  }

  private StubRegistry stubOfThousandTags() throws Exception {
    return new StubRegistry(1_000, 100, isShort ? Duration.ZERO : NETWORK);
  }

  /** With a new registry object each time, which has learnt and remembered nothing. */
  private static void newest(StubRegistry server, ListTagsOptions options) {
    try (Registry sdk = open(server)) {
      long found = sdk.listTags(APP, options.withOrder(TagOrder.CREATED_DESC)).stream()
          .limit(NEWEST)
          .count();
      if (found != NEWEST) {
        throw new IllegalStateException(found + " found");
      }
    }
  }

  private static OciRegistry open(StubRegistry server) {
    return OciRegistry.builder().registry("http://" + server.address()).build();
  }
}
