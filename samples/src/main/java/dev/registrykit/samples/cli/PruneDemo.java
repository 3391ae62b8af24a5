package dev.registrykit.samples.cli;

import dev.registrykit.Registries;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.TagContent;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code registrykit prune} against an embedded registry: as a dry run, and then for good. */
public final class PruneDemo {

  /** The image that is pruned. */
  static final String IMAGE = "shop/web";

  /** What is kept of it. */
  static final List<String> POLICY = List.of(
      "--all-tags",
      "--keep-newest-images",
      "4",
      "--keep-weekly",
      "3",
      "--zone",
      "UTC",
      "--keep-per-minor",
      "1",
      "--keep-tag",
      "prod",
      "--keep-siblings",
      "--at-most",
      "30");

  /** When it is pruned, so that the ages are the same every day. */
  static final Instant TODAY = Instant.parse("2026-03-31T12:00:00Z");

  private static final int NEWEST_BUILD = 130;

  private PruneDemo() {}

  /** Runs it. */
  public static void main(String[] args) {
    try (OciEmulator emulator = OciEmulator.start()) {
      fill(emulator, 30);
      Screen screen = new Screen(System.out, System.out, true, false);
      Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), TODAY));
      int planned = prune(emulator, screen, clock);
      int pruned = prune(emulator, screen, clock, "--yes");
      if (planned != ExitCode.DONE || pruned != ExitCode.DONE) {
        System.exit(ExitCode.FAILED);
      }
    }
  }

  /** Says the command as one would type it, and runs it. */
  static int prune(OciEmulator emulator, Screen screen, Clock clock, String... more) {
    List<String> arguments = new ArrayList<>(List.of("prune", emulator.uri().toString(), IMAGE));
    arguments.addAll(POLICY);
    arguments.addAll(List.of(more));
    List<String> command = Table.broken("$ registrykit " + String.join(" ", arguments), 100);
    for (int i = 0; i < command.size(); i++) {
      String end = i < command.size() - 1 ? " \\" : "";
      screen.line(Styled.strong((i == 0 ? "" : "    ") + command.get(i) + end));
    }
    Surroundings surroundings = new Surroundings(
        screen,
        InputStream.nullInputStream(),
        emulator.environment(),
        clock,
        HttpOptions.defaults(),
        Registries::open);
    int exitCode = RegistryKitProgram.run(surroundings, arguments.toArray(String[]::new));
    screen.line(Styled.faint("exit code " + exitCode));
    screen.line("");
    return exitCode;
  }

  /**
   * Pushes a build a day, and what people have beside: releases and names that share the digest of a build,
   * signatures, and tags whose date tells nothing.
   */
  static void fill(OciEmulator emulator, int builds) {
    for (int number = NEWEST_BUILD - builds + 1; number <= NEWEST_BUILD; number++) {
      emulator.addTag(IMAGE, "build-" + number, build(number));
    }
    emulator.addTag(IMAGE, "1.1.0", build(124));
    emulator.addTag(IMAGE, "1.1.1", build(125));
    emulator.addTag(IMAGE, "1.2.0", build(128));
    emulator.addTag(IMAGE, "stable", build(128));
    emulator.addTag(IMAGE, "prod", build(125));
    emulator.addTag(IMAGE, "latest", build(NEWEST_BUILD));
    sign(emulator, "build-123");
    sign(emulator, "build-130");
    emulator.addTag(IMAGE, "cache", TagContent.of("cache").withDates(null, null));
    emulator.addTag(IMAGE, "ko", TagContent.of("ko").withDates(Instant.EPOCH, null));
  }

  private static TagContent build(int number) {
    Instant built = TODAY.minus(Duration.ofDays(NEWEST_BUILD - number));
    return TagContent.of("build " + number).withDates(built, null);
  }

  private static void sign(OciEmulator emulator, String tag) {
    String digest = emulator.tags(IMAGE).get(tag);
    if (digest != null) {
      emulator.addTag(
          IMAGE,
          digest.replace(':', '-') + ".sig",
          TagContent.of("signature of " + tag).withDates(TODAY, null));
    }
  }
}
