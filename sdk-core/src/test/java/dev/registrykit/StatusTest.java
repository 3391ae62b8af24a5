package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {

  @Test
  void aStateThisReleaseDoesNotKnowKeepsItsText() {
    assertEquals("Being_Scanned", Status.of("Being_Scanned").text());
    assertEquals("Being_Scanned", Status.of("Being_Scanned").toString());
  }

  @Test
  void statesAreEqualWhateverTheirCase() {
    assertEquals(Status.DELETING, Status.of("DELETING"));
    assertEquals(Status.DELETING.hashCode(), Status.of("DELETING").hashCode());
    assertNotEquals(Status.READY, Status.DELETING);
  }

  /** Which {@code equalsIgnoreCase} takes for the same, though their hashes differ. */
  @Test
  void aLetterWithoutADotIsAnotherLetter() {
    assertNotEquals(Status.DELETING, Status.of("deletıng"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void blankTextIsUnknown(String text) {
    assertEquals(Status.UNKNOWN, Status.of(text));
  }

  @Test
  void noTextIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> Status.of(null));
  }
}
