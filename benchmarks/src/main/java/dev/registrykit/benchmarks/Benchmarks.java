package dev.registrykit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs what this machine has, and prints the page of the results.
 *
 * <p>Arguments: {@code --write FILE} to write it there instead, with a plot beside it, and the figures of {@link
 * Recipe}'s page; {@code --only
 * SECTION,SECTION}; {@code --short} for a round of each in little, to see whether they still run.
 */
public final class Benchmarks {

  private static final String COMMAND = "mvn -q -Pbenchmarks -pl benchmarks -am compile";

  private final Settings settings;
  private final List<Section> sections = new ArrayList<>();

  private Benchmarks(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    Benchmarks benchmarks = new Benchmarks(Settings.of(arguments));
    benchmarks.run();
    int write = arguments.indexOf("--write");
    if (write >= 0) {
      benchmarks.write(Path.of(arguments.get(write + 1)));
    } else {
      System.out.println(String.join("\n", benchmarks.page("")));
    }
    System.exit(0); // a library leaves threads behind
  }

  /** Makes a section. */
  @FunctionalInterface
  private interface Part {
    Section make() throws Exception;
  }

  /** Makes any number of sections. */
  @FunctionalInterface
  private interface Parts {
    List<Section> make() throws Exception;
  }

  private void run() throws Exception {
    CallJobs calls = new CallJobs(settings);
    ListingJobs listings = new ListingJobs(settings);
    DeletionJobs deletions = new DeletionJobs(settings);
    ServerJobs servers = new ServerJobs(settings, new Installed());
    one("digest", calls::digest);
    many("digest-newest-jdk", calls::digestOnNewestJdk);
    one("digest-away", calls::digestAway);
    one("manifest", calls::manifest);
    one("scaleway", calls::scaleway);
    one("names", listings::names);
    one("pages", listings::pages);
    one("newest", listings::newest);
    one("newest-by-loop", listings::newestByLoop);
    one("delete", deletions::tags);
    one("delete-away", deletions::tagsAway);
    one("delete-own", deletions::ownDigests);
    one("delete-by-digest", deletions::byDigest);
    many(ColdStart.ID, new ColdStart(settings)::sections);
    many("emulator", servers::onEmulator);
    for (String server : List.of("docker-registry", "distribution")) {
      many(server, () -> servers.on(server));
    }
    one("parts", new PartJobs(settings)::section);
  }

  private void one(String id, Part part) throws Exception {
    many(id, () -> List.of(part.make()));
  }

  private void many(String id, Parts parts) throws Exception {
    if (settings.wants(id)) {
      sections.addAll(parts.make());
    }
  }

  private void write(Path file) throws IOException {
    String plot = file.getFileName().toString().replaceFirst("\\.md$", "") + ".svg";
    Files.writeString(file, String.join("\n", page(plot)) + "\n");
    List<Job.Result> results =
        sections.stream().flatMap(section -> section.results().stream()).toList();
    Files.writeString(file.resolveSibling(plot), Plot.of(results));
    List<Section> starts =
        sections.stream().filter(section -> section.id().equals(ColdStart.ID)).toList();
    if (!starts.isEmpty()) {
      List<String> figures = new ArrayList<>(List.of(machine(), ""));
      starts.forEach(start -> append(start, "###", figures));
      Recipe.replaceFigures(figures);
    }
  }

  private String machine() {
    return "JDK " + Runtime.version().feature() + ", "
        + Runtime.getRuntime().availableProcessors() + " processors, "
        + System.getProperty("os.name") + ", " + LocalDate.now(ZoneOffset.UTC)
        + (settings.isShort() ? ", a short round that says nothing about speed." : ".");
  }

  private static void append(Section section, String heading, List<String> lines) {
    lines.addAll(List.of(heading + " " + section.title(), ""));
    lines.addAll(section.lines());
    lines.addAll(
        List.of("Again: `" + COMMAND + " -Dbenchmarks.args=\"--only " + section.id() + "\"`", ""));
  }

  private List<String> page(String plot) {
    List<String> lines = new ArrayList<>(List.of(
        "# Performance",
        "",
        "Made by `" + COMMAND
            + " -Dbenchmarks.args=\"--write docs/performance.md\"`. In each job the contenders take"
            + " turns, in one process, against a server on the same machine. Where no other server is named, it is a stub"
            + " that has its answers ready, so that the difference is the client's. \"Away\" means that so much is added"
            + " to each answer. Absolute times are this machine's; ratios travel. A ratio is to the first row.",
        "",
        machine(),
        ""));
    if (!plot.isEmpty()) {
      lines.addAll(List.of("![The medians as bars](" + plot + ")", ""));
    }
    sections.forEach(section -> append(section, "##", lines));
    return lines.subList(0, lines.size() - 1);
  }
}
