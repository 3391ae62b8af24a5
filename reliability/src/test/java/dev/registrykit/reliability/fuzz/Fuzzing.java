package dev.registrykit.reliability.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets the fuzzer look for inputs that a target does not stand: {@code mvn -Pfuzz -pl reliability -am
 * process-test-classes}, with {@code -Dfuzz.target=all} or the names of some, and {@code -Dfuzz.seconds=60} for each.
 * It begins with the inputs that are kept; what it finds to be new is in {@code target/fuzz}.
 */
final class Fuzzing {

  private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";

  private final Path seeds;
  private final Path work;
  private final String seconds;

  private Fuzzing(Path seeds, Path work, String seconds) {
    this.seeds = seeds;
    this.work = work;
    this.seconds = seconds;
  }

  /**
   * Fuzzes.
   *
   * @param arguments the folder of the inputs, that of the results, the seconds and the targets
   */
  public static void main(String[] arguments) throws Exception {
    Fuzzing fuzzing = new Fuzzing(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
    Collection<String> targets =
        arguments[3].equals("all") ? FuzzTargets.names() : List.of(arguments[3].split(","));
    List<String> failures = new ArrayList<>();
    for (String target : targets) {
      if (!FuzzTargets.names().contains(target)) {
        throw new IllegalArgumentException(
            "no target " + target + "; there are " + FuzzTargets.names());
      }
      failures.addAll(fuzzing.fuzz(target));
    }
    failures.forEach(failure -> System.err.println("fuzz: failed: " + failure));
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  /** Returns where the inputs are that failed. */
  private List<String> fuzz(String target) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve(target));
    Path found = Files.createDirectories(folder.resolve("corpus"));
    Path kept = Files.createDirectories(seeds.resolve(target));
    System.out.println("fuzz: " + target + " for " + seconds + " s");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Duser.language=tr",
            "-cp",
            System.getProperty("java.class.path"),
            FUZZER,
            "--target_class=" + FuzzedTarget.class.getName(),
            "--target_args=" + target,
            "--instrumentation_includes=dev.registrykit.**",
            "--custom_hook_includes=dev.registrykit.**",
            // Policies are made of regular expressions, and files are read from where the target
            // wrote them.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection:com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + seconds,
            "-max_len=4096",
            "-timeout=120",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            found.toString(),
            kept.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
    int status = process.waitFor();
    last(folder.resolve("log.txt"))
        .forEach(line -> System.out.println("fuzz: " + target + ": " + line));
    return status == 0 ? List.of() : crashes(target, folder, status);
  }

  private static List<String> last(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
    String coverage =
        lines.stream().filter(line -> line.contains(" cov: ")).reduce("", (a, b) -> b);
    List<String> said = new ArrayList<>(List.of(coverage));
    lines.stream().filter(line -> line.startsWith("stat::number_of_executed")).forEach(said::add);
    return said;
  }

  private static List<String> crashes(String target, Path folder, int status) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> crashes = files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|slow-unit)-.*"))
          .map(Path::toString)
          .toList();
      return crashes.isEmpty()
          ? List.of(target + ": status " + status + ", see " + folder)
          : crashes;
    }
  }
}
