package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README's snippets are those of the compiled samples, and README shows no other Java. */
class ReadmeSnippetsTest {

  private static final List<Path> SOURCES = List.of(
      Path.of("src/main/java/dev/registrykit/samples"),
      Path.of("src/test/java/dev/registrykit/samples"));

  private static final Pattern IN_SOURCE =
      Pattern.compile("(?ms)^( *)// snippet: ([a-z-]+)\\n(.*?)^ *// end$");

  private static final Pattern IN_README =
      Pattern.compile("(?s)<!-- snippet: ([a-z-]+) -->\\n```java\\n(.*?)```");

  @Test
  void everySnippetOfTheReadmeIsCompiledCode() throws IOException {
    Map<String, String> compiled = compiledSnippets();
    Map<String, String> shown = shownSnippets();
    assertFalse(shown.isEmpty(), "README shows no snippets");
    shown.forEach((name, text) -> assertEquals(compiled.get(name), text, "snippet " + name));
  }

  @Test
  void everyMarkedSampleIsShownInTheReadme() throws IOException {
    assertEquals(compiledSnippets().keySet(), shownSnippets().keySet());
  }

  @Test
  void noOtherJavaIsShown() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    assertEquals(shownSnippets().size(), readme.split("```java", -1).length - 1);
  }

  private static Map<String, String> shownSnippets() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    Matcher matcher = IN_README.matcher(Files.readString(Path.of("../README.md")));
    while (matcher.find()) {
      snippets.put(matcher.group(1), matcher.group(2));
    }
    return snippets;
  }

  private static Map<String, String> compiledSnippets() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    for (Path file : sources()) {
      Matcher matcher = IN_SOURCE.matcher(Files.readString(file));
      while (matcher.find()) {
        String before =
            snippets.put(matcher.group(2), unindented(matcher.group(3), matcher.group(1)));
        assertTrue(before == null, "two snippets are called " + matcher.group(2));
      }
    }
    return snippets;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.list(folder)) {
        files.sorted().forEach(sources::add);
      }
    }
    return sources;
  }

  private static String unindented(String text, String indent) {
    List<String> lines = text.lines()
        .map(line -> line.isEmpty() ? line : line.substring(indent.length()))
        .toList();
    return String.join("\n", lines) + "\n";
  }
}
