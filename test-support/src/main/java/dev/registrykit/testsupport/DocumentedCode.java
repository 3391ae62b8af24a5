package dev.registrykit.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a document shows of code is in a source, and the document shows no other Java. A source marks what is shown by
 * comments, in the way of its language.
 */
public abstract class DocumentedCode {

  private static final Pattern IN_SOURCE = Pattern.compile(
      "(?ms)^( *)(?://|#|<!--) snippet: ([a-z-]+)(?: -->)?\\n(.*?)^ *(?://|#|<!--) end(?: -->)?$");

  private static final Pattern IN_DOCUMENT =
      Pattern.compile("(?s)<!-- snippet: ([a-z-]+) -->\\n```([a-z]+)\\n(.*?)```");

  private static final Set<String> BUILT = Set.of("target", "build", ".gradle");

  private final Path document;
  private final List<Path> sources;

  /**
   * Compares a document with code.
   *
   * @param sources folders, searched to their bottom
   */
  protected DocumentedCode(Path document, Path... sources) {
    this.document = document;
    this.sources = List.of(sources);
  }

  @Test
  public final void everySnippetIsCompiledCode() throws IOException {
    Map<String, String> compiled = compiledSnippets();
    Map<String, String> shown = shownSnippets();
    assertFalse(shown.isEmpty(), document + " shows no snippets");
    shown.forEach((name, text) -> assertEquals(compiled.get(name), text, "snippet " + name));
  }

  @Test
  public final void everyMarkedSnippetIsShown() throws IOException {
    assertEquals(compiledSnippets().keySet(), shownSnippets().keySet());
  }

  @Test
  public final void noOtherJavaIsShown() throws IOException {
    String text = Files.readString(document);
    int blocks = text.split("```java", -1).length - 1;
    long snippets = IN_DOCUMENT
        .matcher(text)
        .results()
        .filter(snippet -> snippet.group(2).equals("java"))
        .count();
    assertEquals(blocks, snippets);
  }

  private Map<String, String> shownSnippets() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    Matcher matcher = IN_DOCUMENT.matcher(Files.readString(document));
    while (matcher.find()) {
      snippets.put(matcher.group(1), matcher.group(3));
    }
    return snippets;
  }

  private Map<String, String> compiledSnippets() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    for (Path folder : sources) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(path -> isSource(folder, path)).sorted().toList()) {
          Matcher matcher = IN_SOURCE.matcher(Files.readString(file));
          while (matcher.find()) {
            String text = unindented(matcher.group(3), matcher.group(1));
            String before = snippets.put(matcher.group(2), text);
            assertTrue(before == null, "two snippets are called " + matcher.group(2));
          }
        }
      }
    }
    return snippets;
  }

  /** Whether a path below a folder is a file, and none that a build made. */
  public static boolean isSource(Path folder, Path path) {
    for (Path name : folder.relativize(path)) {
      if (BUILT.contains(name.toString())) {
        return false;
      }
    }
    return Files.isRegularFile(path);
  }

  private static String unindented(String text, String indent) {
    List<String> lines = text.lines()
        .map(line -> line.isEmpty() ? line : line.substring(indent.length()))
        .toList();
    return String.join("\n", lines).strip() + "\n";
  }
}
