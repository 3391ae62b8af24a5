package dev.registrykit.samples.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository's Markdown. */
final class Pages {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static final Path README = ROOT.resolve("README.md");

  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```\\s*?$");

  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");

  private Pages() {}

  /** README and what stands in the folder docs: what is written for users. */
  static Stream<Path> forUsers() {
    return Stream.concat(Stream.of(README), markdownIn(ROOT.resolve("docs"), 1).stream());
  }

  /** The pages in the repository's own folder, and those of docs. */
  static Stream<Path> atTheTopAndInDocs() {
    return Stream.concat(
        markdownIn(ROOT, 1).stream(), markdownIn(ROOT.resolve("docs"), 1).stream());
  }

  /** Every page of the repository, but for what a build made. */
  static Stream<Path> all() {
    return markdownIn(ROOT, Integer.MAX_VALUE).stream()
        .filter(page ->
            !ROOT.relativize(page).toString().matches("(.*[/\\\\])?(target|\\.git)[/\\\\].*"));
  }

  private static List<Path> markdownIn(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path page) {
    try {
      return Files.readString(page).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a page without its blocks of code and its comments. */
  static String withoutCode(Path page) {
    return COMMENT.matcher(CODE_BLOCK.matcher(text(page)).replaceAll("\n")).replaceAll("");
  }
}
