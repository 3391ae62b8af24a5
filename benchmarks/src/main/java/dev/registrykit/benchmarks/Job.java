package dev.registrykit.benchmarks;

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

  /**
   * Prepares a job.
   *
   * @param contenders the one that the others are compared with comes first
   */
  Job(String title, int warmUps, int rounds, Contender... contenders) {
    this.title = title;
    this.warmUps = warmUps;
    this.rounds = rounds;
    this.contenders = List.of(contenders);
  }

  /** Returns title and table in Markdown. */
  List<String> run(StubRegistry server) throws Exception {
    List<List<Duration>> times =
        Stream.<List<Duration>>generate(ArrayList::new).limit(contenders.size()).toList();
    int[] requests = new int[contenders.size()];
    for (int round = -warmUps; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        server.takeRequests();
        long start = System.nanoTime();
        contenders.get(i).work().run();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (round >= 0) {
          times.get(i).add(time);
          requests[i] = server.takeRequests();
        }
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      measured.add(new Measured(contenders.get(i).name(), times.get(i), requests[i]));
    }
    List<String> lines = new ArrayList<>(List.of(
        "## " + title,
        "",
        "| | median of " + rounds + " | 10 % – 90 % | ratio | requests |",
        "|---|---|---|---|---|"));
    measured.forEach(each -> lines.add(each.row(measured.get(0))));
    lines.add("");
    return lines;
  }
}
