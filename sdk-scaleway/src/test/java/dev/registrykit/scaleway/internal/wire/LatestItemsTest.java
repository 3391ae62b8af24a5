package dev.registrykit.scaleway.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is handed out once, though it moves from page to page. */
class LatestItemsTest {

  private final LatestItems<String> latest =
      new LatestItems<>(item -> item.isEmpty() ? null : item, 2);

  @Test
  void whatWasOnAPageBeforeIsLeftOut() {
    assertEquals(List.of("a", "b"), latest.without(1, List.of("a", "b")));
    assertEquals(List.of("c"), latest.without(2, List.of("b", "c")));
  }

  @Test
  void aPageThatIsAskedForAgainHasItsItems() {
    latest.without(1, List.of("a", "b"));

    assertEquals(List.of("a", "b"), latest.without(1, List.of("a", "b")));
  }

  @Test
  void asManyAreRememberedAsFitAndTheFirstIsForgottenFirst() {
    latest.without(1, List.of("a", "b", "c"));

    assertEquals(List.of("a"), latest.without(2, List.of("a", "b", "c")));
  }

  @Test
  void whatHasNoIdentifierIsNotKnownAgain() {
    latest.without(1, List.of("", ""));

    assertEquals(List.of("", ""), latest.without(2, List.of("", "")));
  }
}
