package dev.registrykit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a program is made to start faster. It is read from the page that tells users, so that what the page says is
 * what is measured.
 *
 * @param name what the JDK calls it
 * @param training flags of the start that prepares the others
 * @param running flags of the others
 */
record Recipe(String name, List<String> training, List<String> running) {

  private static final Path PAGE = Path.of("docs", "start-up.md");

  /** The recipe for that feature release of the JDK. */
  static Recipe of(int feature) throws IOException {
    String heading = feature >= 25 ? "## JDK 25: " : "## JDK 17: ";
    List<String> lines = Files.readAllLines(PAGE);
    String title = lines.stream()
        .filter(line -> line.startsWith(heading))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(PAGE + " has no " + heading));
    List<List<String>> commands = lines.stream()
        .skip(lines.indexOf(title) + 1L)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("java "))
        .map(line -> Stream.of(line.split(" ", -1))
            .filter(word -> word.startsWith("-XX:"))
            .toList())
        .toList();
    if (commands.size() != 2) {
      throw new IllegalStateException(PAGE + " has other than two commands below " + title);
    }
    return new Recipe(title.substring(heading.length()), commands.get(0), commands.get(1));
  }

  /** Writes the page's last section anew. */
  static void replaceFigures(List<String> figures) throws IOException {
    String heading = "## Figures\n";
    String page = Files.readString(PAGE);
    int end = page.indexOf(heading) + heading.length();
    Files.writeString(
        PAGE, page.substring(0, end) + "\n" + String.join("\n", figures).strip() + "\n");
  }
}
