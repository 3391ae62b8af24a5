package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.SharedDigestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Hearing of each tag while many are deleted, and refusing some. */
abstract class BulkListenerContract extends BulkDeletionTheme {

  BulkListenerContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  /** Answers as it is told, and notes what it hears. It is no set, so that nothing is heard twice unseen. */
  private static class Notes implements BulkDeleteListener {
    final List<String> asked = new ArrayList<>();
    final Map<String, Entry> ended = new LinkedHashMap<>();
    private final Predicate<String> answer;

    Notes(Predicate<String> answer) {
      this.answer = answer;
    }

    @Override
    public boolean mayBegin(String tag) {
      assertFalse(ended.containsKey(tag), () -> tag + " ended before it was asked for");
      asked.add(tag);
      return answer.test(tag);
    }

    @Override
    public void ended(Entry entry) {
      assertEquals(null, ended.put(entry.tag(), entry), "told twice");
    }
  }

  private BulkDeleteResult delete(Notes notes, DeleteOptions options, String... tags) {
    return registry().deleteTags(app(), List.of(tags), options, notes);
  }

  @Test
  void eachTagIsAskedForOnceAndToldOnce() {
    List<String> all = numbered(20);
    all.forEach(this::addTags);
    if (cannotDeleteAny(STRICT, "v0000")) {
      return;
    }
    List<String> asked = new ArrayList<>(all.subList(0, 19));
    asked.add("missing");
    Notes notes = new Notes(tag -> true);

    BulkDeleteResult result = delete(notes, STRICT, asked.toArray(String[]::new));

    assertEquals(20, notes.asked.size());
    assertEquals(Set.copyOf(asked), Set.copyOf(notes.asked));
    result.entries().forEach(entry -> assertEquals(entry, notes.ended.get(entry.tag())));
    assertEquals(Set.copyOf(all.subList(0, 19)), result.deleted().keySet());
    assertTagsLeft(app(), "v0019");
  }

  @Test
  void siblingsAreToldOnceTooAndAsDeleted() {
    Optional<String> shared = addSharing("shared", "1.0", "1", "latest");
    Optional<String> own = addSharing("own", "2.0");
    String[] left = addWhatStays();
    DeleteOptions onlyIf = onlyIf(Map.of("1.0", shared, "1", shared, "latest", shared, "2.0", own));
    if (cannotDeleteOnlyIf(onlyIf, "1.0", "1", "latest", "2.0")) {
      return;
    }
    Notes notes = new Notes(tag -> true);

    BulkDeleteResult result = delete(notes, onlyIf, "2.0", "1.0", "1", "latest");

    assertAllDeleted(result, "2.0", "1.0", "1", "latest");
    assertEquals(4, notes.asked.size());
    assertEquals(Set.of("2.0", "1.0", "1", "latest"), Set.copyOf(notes.asked));
    assertEquals(Set.of("2.0", "1.0", "1", "latest"), notes.ended.keySet());
    notes.ended.values().forEach(entry -> assertTrue(entry.result().isPresent(), entry::toString));
    assertTagsLeft(app(), left);
  }

  @Test
  void aTagThatIsRefusedStays() {
    addTags("1.0", "1.1", "1.2");
    if (cannotDeleteAny(STRICT, "1.0", "1.1")) {
      return;
    }
    for (DeleteOptions options : List.of(STRICT, FORCE)) {
      addTags("1.0", "1.2");
      Notes notes = new Notes(tag -> !tag.equals("1.1"));

      BulkDeleteResult result = delete(notes, options, "1.1", "1.0", "1.2");

      assertEquals(List.of("1.1"), result.notAttempted());
      assertEquals(Set.of("1.0", "1.2"), result.deleted().keySet());
      assertTrue(result.stoppedBy().isEmpty());
      assertEquals(Set.of("1.0", "1.2"), notes.ended.keySet());
      assertEquals(3, notes.asked.size());
      assertTagsLeft(app(), "1.1");
    }
  }

  @Test
  void aTagThatIsRefusedStaysAsASiblingToo() {
    Optional<String> shared = addSharing("shared", "1.0", "1");
    addTags("2.0");
    if (cannotDeleteAny(STRICT, "1.0", "1")) {
      return;
    }
    List<DeleteOptions> all = new ArrayList<>(List.of(STRICT.allowingSiblings(List.of("1"))));
    if (registry().supports(Feature.DELETE_ONLY_IF_DIGEST)) {
      all.add(onlyIf(Map.of("1.0", shared, "1", shared)));
    }
    for (DeleteOptions options : all) {
      addSharing("shared", "1.0");

      BulkDeleteResult result = delete(new Notes("1.0"::equals), options, "1", "1.0");

      assertEquals(List.of("1"), result.notAttempted());
      if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
        assertEquals(
            List.of("1"),
            assertFailed(SharedDigestException.class, result, "1.0").siblings());
        assertTagsLeft(app(), "1.0", "1", "2.0");
      } else {
        assertEquals(Set.of("1.0"), result.deleted().keySet());
        assertTagsLeft(app(), "1", "2.0");
      }
    }
  }

  @Test
  void theSiblingsOfTheDigestAreAskedForTogether() {
    Optional<String> shared = addSharing("shared", "1.0", "1");
    Optional<String> own = addSharing("own", "2.0");
    DeleteOptions onlyIf = onlyIf(Map.of("1.0", shared, "1", shared, "2.0", own));
    if (cannotDeleteOnlyIf(onlyIf, "1.0", "2.0", "1")) {
      return;
    }
    Notes notes = new Notes(tag -> !tag.equals("1"));

    BulkDeleteResult result = delete(notes, onlyIf, "1.0", "2.0", "1");

    assertEquals(List.of("1.0", "1"), notes.asked.subList(0, 2));
    assertEquals(List.of("1"), result.notAttempted());
    assertTrue(fixture().tagNames(app()).contains("1"));
  }

  @Test
  void refusingAllThatIsLeftEndsTheRun() {
    List<String> all = numbered(20);
    all.forEach(this::addTags);
    if (cannotDeleteAny(STRICT, "v0000")) {
      return;
    }
    Set<String> granted = new TreeSet<>();
    Notes notes = new Notes(tag -> granted.size() < 5 && granted.add(tag));

    BulkDeleteResult result = delete(notes, STRICT, all.toArray(String[]::new));

    assertEquals(granted, result.deleted().keySet());
    assertEquals(15, result.notAttempted().size());
    assertTagsLeft(app(), result.notAttempted().toArray(String[]::new));
  }

  @Test
  void whatTheListenerThrowsComesOutAndNothingMoreIsBegun() {
    List<String> all = numbered(20);
    all.forEach(this::addTags);
    if (cannotDeleteAny(STRICT, "v0000")) {
      return;
    }
    IllegalStateException full = new IllegalStateException("the disk is full");
    Notes notes = new Notes(tag -> true) {
      @Override
      public boolean mayBegin(String tag) {
        super.mayBegin(tag);
        if (asked.size() == 4) {
          throw full;
        }
        return true;
      }
    };

    assertSame(
        full,
        assertThrows(
            IllegalStateException.class, () -> delete(notes, STRICT, all.toArray(String[]::new))));

    assertEquals(4, notes.asked.size());
    // One that was granted while another thread heard what was thrown is not begun any more.
    assertTrue(notes.asked.subList(0, 3).containsAll(notes.ended.keySet()), notes.ended::toString);
    Set<String> left = new TreeSet<>(all);
    left.removeAll(notes.ended.keySet());
    assertTagsLeft(app(), left.toArray(String[]::new));
  }

  @Test
  void aListenerCostsNoRequest() {
    addTags("1.0", "1.1", "2.0", "2.1");
    String[] left = addWhatStays();
    if (cannotDeleteAny(STRICT, "1.0")) {
      return;
    }
    registry().getTag(app(), "1.0");

    long without = requestsOf(() -> deleteAll(STRICT, "1.0", "1.1"));

    assertTrue(requestsOf(() -> delete(new Notes(tag -> true), STRICT, "2.0", "2.1")) <= without);
    assertTagsLeft(app(), left);
  }
}
