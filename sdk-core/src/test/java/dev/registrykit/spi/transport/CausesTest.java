package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.spi.support.Redactor;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CausesTest {

  private static final Redactor SECRETS = Redactor.of(Set.of("s3cr3t-token"));

  private static IOException caused(String message, Throwable cause) {
    return new IOException(message, cause);
  }

  private static IOException suppressing(String message, Throwable suppressed) {
    IOException failure = new IOException(message);
    failure.addSuppressed(suppressed);
    return failure;
  }

  @Test
  void aFailureThatIsFitStaysItself() {
    IOException fit = caused("closed", suppressing("reset", new IOException((String) null)));

    assertSame(fit, Causes.clean(fit, SECRETS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\r\nlines", "bell\u0007", "line\u2028separator", "a s3cr3t-token"})
  void aMessageThatIsNotFitIsSaidOnOneLine(String message) {
    IOException failure = new IOException(message);

    Exception clean = Causes.clean(failure, SECRETS);

    assertNotSame(failure, clean);
    assertEquals("java.io.IOException: " + Causes.cleanText(message, SECRETS), clean.getMessage());
    assertTrue(
        clean.getMessage().chars().noneMatch(c -> c < ' ' || c == '\u2028'), clean.getMessage());
    assertTrue(!clean.getMessage().contains("s3cr3t"), clean.getMessage());
    assertArrayEquals(failure.getStackTrace(), clean.getStackTrace());
    assertNull(clean.getCause());
  }

  @Test
  void aCauseThatIsNotFitIsCleanedWithWhatItCaused() {
    IOException failure = caused("closed", new IllegalStateException("a\nb", new Error()));

    Exception clean = Causes.clean(failure, SECRETS);

    assertEquals("java.io.IOException: closed", clean.getMessage());
    assertEquals("java.lang.IllegalStateException: a b", clean.getCause().getMessage());
    assertEquals("java.lang.Error", clean.getCause().getCause().getMessage());
  }

  @Test
  void whatIsSuppressedIsLookedAtTooAndLeftOut() {
    IOException failure = suppressing("closed", new IOException("a\nb"));

    Exception clean = Causes.clean(failure, SECRETS);

    assertEquals("java.io.IOException: closed", clean.getMessage());
    assertEquals(0, clean.getSuppressed().length);
  }

  /** A chain of causes may lead back to itself, and one of suppressed failures, too. */
  @Test
  void aChainWithoutEndIsCut() {
    IOException first = new IOException("first");
    first.initCause(caused("second", first));
    int depth = 0;

    for (Throwable e = Causes.clean(first, SECRETS); e != null; e = e.getCause()) {
      depth++;
    }

    assertEquals(17, depth);
    IOException one = new IOException("one");
    one.addSuppressed(suppressing("two", one));
    assertNotSame(one, Causes.clean(one, SECRETS));
  }

  @Test
  void aChainOfTheGreatestDepthIsFit() {
    IOException failure = new IOException("innermost");
    for (int i = 1; i < 16; i++) {
      failure = caused("cause " + i, failure);
    }

    assertSame(failure, Causes.clean(failure, SECRETS));
    IOException deeper = caused("too deep", failure);
    assertNotSame(deeper, Causes.clean(deeper, SECRETS));
  }

  @Test
  void aTextIsCutBeyondItsGreatestLength() {
    String fits = "a".repeat(500);

    assertEquals(fits, Causes.cleanText(fits, SECRETS));
    assertEquals(fits + "…", Causes.cleanText(fits + "b", SECRETS));
  }

  @Test
  void theFirstOfAClassIsFound() {
    IllegalStateException inner = new IllegalStateException("inner");
    IOException failure = caused("outer", inner);

    assertSame(failure, Causes.find(failure, IOException.class));
    assertSame(inner, Causes.find(failure, RuntimeException.class));
    assertNull(Causes.find(failure, Error.class));
  }
}
