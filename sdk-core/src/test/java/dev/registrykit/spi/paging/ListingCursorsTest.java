package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingCursorsTest {

  private static final ListingCursors CURSORS = ListingCursors.of("scaleway", "ns/app", null, 100);

  @ParameterizedTest
  @ValueSource(strings = {"2", "", "a.b", "page=2&x=y", " "})
  void aCursorLeadsBackToItsPlace(String place) {
    ListingCursors again = ListingCursors.of("scaleway", "ns/app", null, 100);

    assertEquals(place, again.place(CURSORS.cursor(place)));
  }

  static ListingCursors[] others() {
    return new ListingCursors[] {
      ListingCursors.of("blaxel", "ns/app", null, 100),
      ListingCursors.of("scaleway", "ns/web", null, 100),
      ListingCursors.of("scaleway", "ns/app", Optional.of("x"), 100),
      ListingCursors.of("scaleway", "ns/app", null, 50),
      ListingCursors.of("scaleway", "ns/app", null),
      ListingCursors.of("scaleway", "ns/app", null, 100, null),
      ListingCursors.of("scalewayns", "/app", null, 100),
    };
  }

  @ParameterizedTest
  @MethodSource("others")
  void aCursorOfAnotherListingIsRefused(ListingCursors other) {
    String cursor = other.cursor("2");

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CURSORS.place(cursor));

    assertEquals(
        "this page cursor belongs to another listing, or to other options", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", ".2", "AAAAAAAAAAAA.2"})
  void whatIsNoCursorIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> CURSORS.place(text));
  }

  @Test
  void aCursorTellsNothingOfWhatIsListed() {
    assertFalse(CURSORS.cursor("2").contains("ns"), CURSORS.cursor("2"));
  }
}
