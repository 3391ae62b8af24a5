package dev.registrykit.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What contenders do in turn, one after the other in each round, so that all have the same weather. */
final class Job {

  private final String title;
  private final int warmUps;
  private final int rounds;
  private final List<Contender> contenders;
  private Contender.Work before = () -> {};
  private boolean countsBytes;
  private Duration limit = Duration.ofSeconds(15);

  /**
   * Prepares a job.
   *
   * @param contenders the one that the others are compared with comes first
   */
  Job(String title, int warmUps, int rounds, List<Contender> contenders) {
    this.title = title;
    this.warmUps = warmUps;
    this.rounds = rounds;
    this.contenders = List.copyOf(contenders);
  }

  Job(String title, int warmUps, int rounds, Contender... contenders) {
    this(title, warmUps, rounds, List.of(contenders));
  }

  /** Sets what is done before each time, which does not count. */
  Job before(Contender.Work work) {
    this.before = work;
    return this;
  }

  /** Measures what is allocated, too: on every thread that is not the server's. */
  Job countingBytes() {
    this.countsBytes = true;
    return this;
  }

  /** Sets after which time no further round begins; half as much is for warming up. */
  Job within(Duration time) {
    this.limit = time;
    return this;
  }

  Result run(Server server) throws Exception {
    System.err.println(ManagementFactory.getRuntimeMXBean().getUptime() / 1_000 + " s: " + title);
    List<List<Duration>> times =
        Stream.<List<Duration>>generate(ArrayList::new).limit(contenders.size()).toList();
    int[] requests = new int[contenders.size()];
    long begun = System.nanoTime();
    for (int i = 0; i < warmUps && !isOver(begun, limit.dividedBy(2)); i++) {
      round(server, times, requests);
    }
    times.forEach(List::clear);
    begun = System.nanoTime();
    for (int i = 0; i < rounds && (i == 0 || !isOver(begun, limit)); i++) {
      round(server, times, requests);
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      long bytes = countsBytes ? Allocation.each(contender.work(), Math.min(rounds, 200)) : -1;
      measured.add(new Measured(contender.name(), times.get(i), requests[i], bytes));
    }
    return new Result(title, measured);
  }

  private static boolean isOver(long begun, Duration limit) {
    return System.nanoTime() - begun > limit.toNanos();
  }

  private void round(Server server, List<List<Duration>> times, int[] requests) throws Exception {
    for (int i = 0; i < contenders.size(); i++) {
      before.run();
      server.takeRequests();
      long start = System.nanoTime();
      contenders.get(i).work().run();
      times.get(i).add(Duration.ofNanos(System.nanoTime() - start));
      requests[i] = server.takeRequests();
    }
  }

  /** A job's times. */
  record Result(String title, List<Measured> measured) {

    /** A table of its own. */
    List<String> table() {
      boolean hasBytes = measured.get(0).bytes() >= 0;
      int rounds = measured.get(0).times().size();
      List<String> lines = new ArrayList<>(List.of(
          "| | median of " + rounds + " | 10 % – 90 % | ratio | requests |"
              + (hasBytes ? " allocated |" : ""),
          "|---|---|---|---|---|" + (hasBytes ? "---|" : "")));
      measured.forEach(each -> lines.add(each.row(measured.get(0)) + each.allocated()));
      lines.add("");
      return lines;
    }

    /** The rows of a table of many jobs, whose first column is the job. */
    List<String> rows() {
      List<String> rows = new ArrayList<>();
      for (Measured each : measured) {
        String job = rows.isEmpty() ? title : "";
        rows.add("| " + job + " " + each.row(measured.get(0)));
      }
      return rows;
    }
  }
}
