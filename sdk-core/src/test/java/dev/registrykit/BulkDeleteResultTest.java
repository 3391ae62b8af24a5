package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BulkDeleteResultTest {

  private static final DeleteResult DELETED = DeleteResult.of(DeleteOutcome.DELETED, null);
  private static final ServerException FAILURE =
      new ServerException(ErrorDetails.of("delete tag b", "broken"));
  private static final AuthenticationException STOP =
      new AuthenticationException(ErrorDetails.of("delete tag b", "who are you"));

  private static final BulkDeleteResult MIXED = BulkDeleteResult.of(
      List.of(Entry.deleted("c", DELETED), Entry.failed("b", FAILURE), Entry.notAttempted("a")),
      STOP);

  @Test
  void theViewsAreThoseOfTheEntries() {
    assertEquals(Map.of("c", DELETED), MIXED.deleted());
    assertEquals(Map.of("b", FAILURE), MIXED.failures());
    assertEquals(List.of("a"), MIXED.notAttempted());
    assertEquals(Optional.of(STOP), MIXED.stoppedBy());
    assertEquals(
        List.of("c", "b", "a"), MIXED.entries().stream().map(Entry::tag).toList());
    assertEquals(
        List.of(true, true, false),
        MIXED.entries().stream().map(Entry::isAttempted).toList());
  }

  @Test
  void theViewsKeepTheOrderAndCannotBeChanged() {
    BulkDeleteResult result = BulkDeleteResult.of(
        List.of(Entry.deleted("z", DELETED), Entry.deleted("a", DELETED)), null);

    assertEquals(List.of("z", "a"), List.copyOf(result.deleted().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> result.deleted().clear());
    assertThrows(UnsupportedOperationException.class, () -> result.failures().clear());
  }

  @Test
  void itIsCompleteIfEveryTagEndedWell() {
    assertFalse(MIXED.isComplete());
    assertTrue(BulkDeleteResult.of(List.of(Entry.deleted("a", DELETED)), null).isComplete());
    assertTrue(BulkDeleteResult.of(List.of(), null).isComplete());
    assertFalse(BulkDeleteResult.of(List.of(Entry.notAttempted("a")), null).isComplete());
    assertFalse(BulkDeleteResult.of(List.of(Entry.failed("a", FAILURE)), null).isComplete());
  }

  @Test
  void aTagHasOneEntry() {
    List<Entry> twice = List.of(Entry.notAttempted("a"), Entry.deleted("a", DELETED));
    assertThrows(IllegalArgumentException.class, () -> BulkDeleteResult.of(twice, null));
  }

  @Test
  void resultsAreEqualIfAllPartsAre() {
    BulkDeleteResult same = BulkDeleteResult.of(MIXED.entries(), STOP);
    assertEquals(MIXED, same);
    assertEquals(MIXED.hashCode(), same.hashCode());
    assertNotEquals(MIXED, BulkDeleteResult.of(MIXED.entries(), null));
    assertNotEquals(MIXED, BulkDeleteResult.of(MIXED.entries().subList(0, 2), STOP));
  }

  @Test
  void theTextCountsAndSaysWhy() {
    assertEquals(
        "BulkDeleteResult[deleted=1, failed=1, notAttempted=1, stopped by " + STOP.getMessage()
            + "]",
        MIXED.toString());
    assertEquals(
        "[c: DELETED, b: " + FAILURE.getMessage() + ", a: not attempted]",
        MIXED.entries().toString());
  }
}
