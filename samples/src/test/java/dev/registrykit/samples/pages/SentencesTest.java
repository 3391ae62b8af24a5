package dev.registrykit.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README and the pages of docs are read once. */
class SentencesTest {

  private static final int MOST_WORDS_OF_README = 1500;

  private static final int MOST_WORDS_OF_A_SENTENCE = 30;

  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");

  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  private static final Pattern NEW_PARAGRAPH = Pattern.compile("^\\s*([-*#]|[0-9]+\\.)\\s.*");

  /** A sentence ends with its paragraph, or with a point before a blank. */
  private static final Pattern END = Pattern.compile("(?<=[.!?][)*\"]{0,3})\\s+");

  private static final Pattern A_WORD = Pattern.compile(".*[\\p{L}\\p{N}].*");

  @Test
  void readmeIsShort() {
    int words = Pages.text(Pages.README).trim().split("\\s+").length; // as wc -w counts them
    assertTrue(words <= MOST_WORDS_OF_README, () -> "README has " + words + " words");
  }

  @ParameterizedTest
  @MethodSource("dev.registrykit.samples.pages.Pages#atTheTopAndInDocs")
  void noSentenceIsLong(Path page) {
    List<String> tooLong = new ArrayList<>();
    for (String paragraph : paragraphs(Pages.withoutCode(page))) {
      for (String sentence : END.split(paragraph)) {
        long words = words(sentence);
        if (words > MOST_WORDS_OF_A_SENTENCE) {
          tooLong.add(words + " words: " + sentence);
        }
      }
    }
    assertEquals("", String.join("\n", tooLong));
  }

  /** Tables and headings are left out. Of a link its text counts, and code in a sentence as one word. */
  private static List<String> paragraphs(String text) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : text.split("\n")) {
      boolean isLeftOut = line.isBlank() || line.startsWith("|") || line.startsWith("#");
      if (isLeftOut || NEW_PARAGRAPH.matcher(line).matches()) {
        paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
      }
      if (!isLeftOut) {
        String plain = CODE.matcher(LINK.matcher(line).replaceAll("$1")).replaceAll("code");
        paragraph.append(plain.strip()).append(' ');
      }
    }
    paragraphs.add(paragraph.toString());
    return paragraphs;
  }

  private static long words(String sentence) {
    return Arrays.stream(sentence.split("\\s+"))
        .filter(word -> A_WORD.matcher(word).matches())
        .count();
  }
}
