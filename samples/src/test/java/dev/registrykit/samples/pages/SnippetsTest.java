package dev.registrykit.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.testsupport.DocumentedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java on README and the pages of docs is code of the samples, compiled and run by their tests. What the pages on
 * recipes show in other languages is, too.
 */
class SnippetsTest {

  private static final Path MAIN = Path.of("src/main/java/dev/registrykit/samples");

  private static final Path TEST = Path.of("src/test/java/dev/registrykit/samples");

  /** Projects of their own, which {@code .ci/check-recipes} runs. */
  private static final Path RECIPES = Path.of("recipes");

  private static final Pattern MARK =
      Pattern.compile("(?m)^ *(?://|#|<!--) snippet: ([a-z-]+)(?: -->)?$");

  private static final Pattern SHOWN = Pattern.compile("<!-- snippet: ([a-z-]+) -->");

  /** But for those that show code of their own modules, whose tests compare them. */
  private static Stream<Path> pages() {
    Set<String> others = Set.of("provider-guide.md", "retention.md");
    return Pages.forUsers().filter(page -> !others.contains(page.getFileName().toString()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageShowsNoJavaButCompiledCode(Path page) throws IOException {
    DocumentedCode shown = new DocumentedCode(page, MAIN, TEST, RECIPES) {};
    shown.noOtherJavaIsShown();
    if (SHOWN.matcher(Pages.text(page)).find()) {
      shown.everySnippetIsCompiledCode();
    }
  }

  @Test
  void everySnippetOfTheSamplesIsShown() throws IOException {
    Set<String> marked = new TreeSet<>();
    for (Path folder : new Path[] {MAIN, TEST, RECIPES}) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(path -> DocumentedCode.isSource(folder, path))
            .forEach(file -> marked.addAll(names(MARK, Pages.text(file))));
      }
    }
    Set<String> shown = new TreeSet<>();
    pages().forEach(page -> shown.addAll(names(SHOWN, Pages.text(page))));

    assertEquals(marked, shown);
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }
}
