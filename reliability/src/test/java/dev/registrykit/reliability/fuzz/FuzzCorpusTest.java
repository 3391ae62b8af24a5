package dev.registrykit.reliability.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every input that is kept, those that once did harm among them, read by its target again. */
class FuzzCorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  private static final Path REPORT = Path.of("target/fuzz-corpus.txt");

  @Test
  void everyInputIsStillStood() throws IOException {
    List<String> wrong = new ArrayList<>();
    int inputs = 0;
    for (String target : FuzzTargets.names()) {
      for (Path input : sorted(CORPUS.resolve(target))) {
        inputs++;
        problem(target, input).ifPresent(wrong::add);
      }
    }
    String report = "fuzz: " + inputs + " inputs on " + FuzzTargets.names().size() + " targets, "
        + wrong.size() + " wrong";
    Files.writeString(REPORT, report + System.lineSeparator());
    System.out.println(report);
    assertEquals(List.of(), wrong);
  }

  private static java.util.Optional<String> problem(String target, Path input) throws IOException {
    byte[] bytes = Files.readAllBytes(input);
    try {
      FuzzTargets.run(target, bytes);
      return java.util.Optional.empty();
    } catch (Exception | AssertionError | StackOverflowError e) {
      return java.util.Optional.of(target + "/" + input.getFileName() + ": " + e);
    }
  }

  @Test
  void everyTargetHasInputsAndEveryInputATarget() throws IOException {
    Set<String> folders = sorted(CORPUS).stream()
        .filter(folder -> !sorted(folder).isEmpty())
        .map(folder -> folder.getFileName().toString())
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(FuzzTargets.names()), folders);
  }

  private static List<Path> sorted(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
