package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {

  @ParameterizedTest
  @CsvSource({"1.2, 1.2", "Zoë ☃~, Zoë ☃~", "a\u001b[1m, a?[1m", "a\u2028b, a?b", "a\u202eb, a?b"})
  void whatBreaksALineOrDrivesATerminalIsReplaced(String text, String shown) {
    assertEquals(shown, PrintableText.of(text));
  }
}
