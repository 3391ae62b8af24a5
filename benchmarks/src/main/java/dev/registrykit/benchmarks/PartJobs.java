package dev.registrykit.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH measure {@link Parts}. */
final class PartJobs {

  private final Settings settings;

  PartJobs(Settings settings) {
    this.settings = settings;
  }

  Section section() throws RunnerException {
    System.err.println("Parts");
    System.setProperty("jmh.ignoreLock", "true");
    int iterations = settings.rounds(5);
    TimeValue time = TimeValue.milliseconds(settings.isShort() ? 20 : 300);
    Collection<RunResult> results = new Runner(new OptionsBuilder()
            .include(Parts.class.getName())
            .forks(settings.isShort() ? 0 : 1)
            .warmupIterations(iterations)
            .warmupTime(time)
            .measurementIterations(iterations)
            .measurementTime(time)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build())
        .run();
    List<String> lines =
        new ArrayList<>(List.of("| | mean | error | allocated |", "|---|---|---|---|"));
    for (RunResult result : results) {
      lines.add(row(result));
    }
    lines.addAll(List.of(
        "",
        "By JMH, without a network. The pages are whole calls, from `listTags` to the tags, answered from memory.",
        ""));
    return new Section("parts", "Parts", lines, List.of());
  }

  private static String row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    double error = time.getScoreError();
    return String.format(
        Locale.ROOT,
        "| %s | %.2f µs | %s | %s |",
        time.getLabel(),
        time.getScore(),
        Double.isNaN(error) ? "" : String.format(Locale.ROOT, "± %.2f", error),
        bytes == null ? "" : String.format(Locale.ROOT, "%.1f KB", bytes.getScore() / 1_000));
  }
}
