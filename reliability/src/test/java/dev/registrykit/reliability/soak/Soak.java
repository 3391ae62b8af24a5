package dev.registrykit.reliability.soak;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Works on all registries at a time, for as long as it is told to, while things go wrong, and then says whether every
 * tag is where the answers said, and whether anything piled up.
 *
 * <p>It goes in cycles: registries are opened, worked on, compared with the ledgers, closed and emptied.
 */
public final class Soak {

  private static final int WORKERS_PER_WORLD = 2;

  private static final Duration LONGEST_CYCLE = Duration.ofSeconds(10);

  private static final HttpOptions OPTIONS = HttpOptions.defaults()
      .withAttemptTimeout(Duration.ofSeconds(20))
      .withRetryPolicy(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO));

  private final Duration length;
  private final Random seeds;
  private final List<World> worlds = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private long calls;
  private long tags;

  /** What came of it. */
  record Outcome(String line, List<String> wrong) {}

  private Soak(Duration length, long seed) {
    this.length = length;
    this.seeds = new Random(seed);
  }

  /** Its arguments: how many minutes, which may be a fraction; where the result is written; a seed, or none. */
  public static void main(String[] arguments) throws Exception {
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    Duration length = Duration.ofMillis((long) (Double.parseDouble(arguments[0]) * 60_000));
    Outcome outcome = run(length, seed);
    System.out.println(outcome.line());
    outcome.wrong().stream().limit(50).forEach(System.out::println);
    List<String> lines = new ArrayList<>(List.of(outcome.line()));
    lines.addAll(outcome.wrong());
    Files.write(Path.of(arguments[1]), lines);
    System.exit(outcome.wrong().isEmpty() ? 0 : 1);
  }

  static Outcome run(Duration length, long seed) throws Exception {
    Soak soak = new Soak(length, seed);
    try {
      return soak.run(seed);
    } finally {
      soak.worlds.forEach(World::close);
    }
  }

  private Outcome run(long seed) throws Exception {
    worlds.addAll(EmulatedWorld.startAll(OPTIONS));
    worlds.addAll(RealWorld.startAll(OPTIONS));
    Duration cycle = length.dividedBy(6);
    if (cycle.compareTo(LONGEST_CYCLE) > 0) {
      cycle = LONGEST_CYCLE;
    }
    long end = System.nanoTime() + length.toNanos();
    Usage warm = Usage.now();
    for (int number = 0; System.nanoTime() < end; number++) {
      work(cycle);
      if (number < 2) {
        warm = Usage.now();
      }
    }
    Usage last = Usage.soonNoMoreThan(warm, 30);
    if (last.isMoreThan(warm)) {
      wrong.add("more is held than at the start");
    }
    String line = String.format(
        Locale.ROOT,
        "soak: %.1f minutes, %,d calls, %,d faults, %,d tags in the ledger, %d wrong; %s; on %s; seed %d",
        length.toMillis() / 60_000.0,
        calls,
        worlds.stream().mapToLong(World::faults).sum(),
        tags,
        wrong.size(),
        last.since(warm),
        String.join(", ", worlds.stream().map(World::name).toList()),
        seed);
    return new Outcome(line, wrong);
  }

  private void work(Duration cycle) throws Exception {
    long end = System.nanoTime() + cycle.toNanos();
    ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Registry> opened = new ArrayList<>();
    try {
      List<List<Future<Worker>>> all = new ArrayList<>();
      for (World world : worlds) {
        Registry registry = world.open();
        opened.add(registry);
        List<Future<Worker>> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS_PER_WORLD; i++) {
          Worker worker =
              new Worker(world, registry, "w" + i, new Random(seeds.nextLong()), alarms);
          workers.add(threads.submit(() -> worker.work(() -> System.nanoTime() > end)));
        }
        all.add(workers);
      }
      for (int i = 0; i < all.size(); i++) {
        compare(worlds.get(i), all.get(i));
      }
    } finally {
      opened.forEach(Registry::close);
      threads.shutdownNow();
      alarms.shutdownNow();
    }
  }

  private void compare(World world, List<Future<Worker>> workers) throws Exception {
    List<Ledger> ledgers = new ArrayList<>();
    for (Future<Worker> worker : workers) {
      ledgers.add(worker.get().ledger());
      calls += worker.get().calls();
    }
    world.calm();
    Map<String, String> actual = world.tags();
    for (Ledger ledger : ledgers) {
      tags += ledger.size();
      ledger.wrong(actual).forEach(what -> wrong.add(world.name() + ": " + what));
    }
    actual.keySet().stream()
        .filter(tag -> ledgers.stream().noneMatch(ledger -> ledger.knows(tag)))
        .forEach(tag -> wrong.add(world.name() + ": " + tag + " is nobody's"));
    world.forget();
  }
}
