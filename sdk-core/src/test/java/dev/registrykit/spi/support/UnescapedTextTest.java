package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.registrykit.spi.support.UnescapedText.Escapes;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnescapedTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "JSON, a\\\"b\\\\c\\/d, a\"b\\c/d",
        "JSON, \\u0041\\u00e9\\u00E9, Aéé",
        "JSON, x\\u0041, xA",
        "URL, %41%c3%A9z, Aéz",
        "URL, %E2%82%AC, €",
        "URL, %E0%A4%B9, ह",
        "URL, %f0%9f%98%80!, 😀!",
        "URL, %7f, \u007f",
        "URL, a+b%20c, a+b c",
        "FORM, a+b%2Bc, a b+c",
        "HTML, &lt;&gt;&quot;&apos;&amp;, <>\"'&",
        "HTML, &#65;&#x42;&#X43;, ABC",
        "HTML, &#x0000FF;, ÿ",
        "HTML, &#65535;, \uffff",
      })
  void escapesAreReplaced(Escapes escapes, String escaped, String plain) {
    assertEquals(plain, UnescapedText.of(escaped).without(escapes).text());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "JSON, \\",
        "JSON, \\x41",
        "JSON, \\u00g1",
        "JSON, \\u004",
        "URL, %",
        "URL, %4",
        "URL, %4g",
        "URL, a+b",
        "URL, 100% sure",
        "FORM, %zz",
        "HTML, &",
        "HTML, &amp",
        "HTML, &unknown;",
        "HTML, &#;",
        "HTML, &#x;",
        "HTML, &#65536;",
        "HTML, &#xg;",
        "HTML, &#x0000041;",
        "HTML, a;b",
      })
  void whatIsNoneStaysAsItIs(Escapes escapes, String text) {
    UnescapedText original = UnescapedText.of(text);

    assertSame(original, original.without(escapes));
  }

  @ParameterizedTest
  @CsvSource({
    "JSON, a\\u0041b, 0 1 7 8",
    "JSON, \\nx, 0 2 3",
    "URL, %41%c3%a9z, 0 3 9 10",
    "FORM, a+b, 0 1 2 3",
    "HTML, &amp;x, 0 5 6",
    "HTML, &#65;&#x42;, 0 5 11",
  })
  void eachCharacterKnowsWhereItBegan(Escapes escapes, String escaped, String origins) {
    UnescapedText text = UnescapedText.of(escaped).without(escapes);

    assertEquals(origins, origins(text));
  }

  @ParameterizedTest
  @CsvSource({"JSON, \\u0000", "URL, %00", "HTML, &#0;"})
  void theFirstCharacterOfAllIsOneToo(Escapes escapes, String escaped) {
    assertEquals("\0", UnescapedText.of(escaped).without(escapes).text());
  }

  /** A character beyond the first plane is two in Java. */
  @ParameterizedTest
  @CsvSource({"URL, a%f0%9f%98%80b, 0 1 1 13 14", "URL, %c3x%41, 0 3 4 7"})
  void soDoesOneOfSeveralBytesAndOneThatIsCutOff(Escapes escapes, String escaped, String origins) {
    assertEquals(origins, origins(UnescapedText.of(escaped).without(escapes)));
  }

  @ParameterizedTest
  @CsvSource({"%c3x, Ãx", "%e2%82, â\u0082", "%a7, §", "%c3, Ã", "%e9%20%41, é A", "%c3%c3%a9, Ãé"})
  void ofACharacterThatIsCutOffEachByteIsOne(String escaped, String plain) {
    assertEquals(plain, UnescapedText.of(escaped).without(Escapes.URL).text());
  }

  private static String origins(UnescapedText text) {
    return String.join(
        " ",
        IntStream.rangeClosed(0, text.text().length())
            .mapToObj(i -> "" + text.origin(i))
            .toList());
  }
}
