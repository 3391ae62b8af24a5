package dev.registrykit.reliability.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.PageCursor;
import dev.registrykit.Registry;
import dev.registrykit.reliability.Extent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for whatever list, however it is cut into pages; each failure names the seed it came from. */
class PagingPropertiesTest {

  private static final int RUNS = Extent.IS_WHOLE ? 3_000 : 60;

  @ParameterizedTest
  @EnumSource
  void everyItemComesOnceAndInItsPlace(Lists lists) {
    for (long seed = 0; seed < RUNS; seed++) {
      CutList list = lists.list(seed);
      int ahead = (int) (seed % 3);
      try (Registry registry = lists.open(list)) {
        List<String> names = lists.read(registry, null, ahead).names();

        assertEquals(list.items(), names, "seed " + seed + ", " + ahead + " ahead: " + list);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereverAListingIsResumedNothingIsMissing(Lists lists) {
    if (!lists.isResumed()) {
      return;
    }
    for (long seed = 0; seed < RUNS / 4; seed++) {
      CutList list = lists.list(seed);
      try (Registry registry = lists.open(list)) {
        List<PageCursor> cursors = lists.read(registry, null, 0).cursors();
        Set<String> before = new HashSet<>();
        for (int page = 0; page < cursors.size(); page++) {
          before.addAll(list.page(page));
          Set<String> all = new HashSet<>(before);
          all.addAll(lists.read(registry, cursors.get(page), 0).names());
          all.remove(null);

          assertEquals(
              new HashSet<>(list.items()), all, "seed " + seed + ", page " + page + ": " + list);
        }
        assertEquals(
            list.pageCount() - 1, cursors.size(), "seed " + seed + ": " + new ArrayList<>(cursors));
      }
    }
  }
}
