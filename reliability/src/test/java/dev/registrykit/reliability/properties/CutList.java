package dev.registrykit.reliability.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A list that a server sends in pages: some empty, with entries that are null, and with items that stood on the page
 * before as well, as happens where something was inserted in front.
 */
final class CutList {

  private final Random random;
  private final String form;
  private final boolean mayBeginEmpty;
  private final List<String> items = new ArrayList<>();
  private final List<List<String>> pages = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param form how the number of an item becomes its name
   * @param countsItems whether the server counts its items, and so has no two empty pages in a row and none at the end
   */
  CutList(long seed, String form, boolean countsItems) {
    this.random = new Random(seed);
    this.form = form;
    this.mayBeginEmpty = random.nextBoolean();
    for (int i = 0; i < random.nextInt(4) * random.nextInt(9); i++) {
      items.add(form.formatted(i));
    }
    cut(countsItems);
  }

  private void cut(boolean countsItems) {
    List<String> latest = List.of();
    for (int next = 0; next < items.size(); ) {
      boolean isEmptyBefore = pages.isEmpty() ? !mayBeginEmpty : last().isEmpty();
      if (random.nextInt(4) == 0 && !(countsItems && isEmptyBefore)) {
        pages.add(List.of());
        continue;
      }
      int end = Math.min(items.size(), next + 1 + random.nextInt(5));
      List<String> fresh = items.subList(next, end);
      pages.add(page(latest, fresh));
      latest = fresh;
      next = end;
    }
    if (pages.isEmpty() || (!countsItems && random.nextInt(3) == 0)) {
      pages.add(List.of());
    }
  }

  private List<String> last() {
    return pages.get(pages.size() - 1);
  }

  /** New items behind some of those before, with nulls among them, and some of them said twice. */
  private List<String> page(List<String> before, List<String> fresh) {
    List<String> page =
        new ArrayList<>(before.subList(random.nextInt(before.size() + 1), before.size()));
    for (String item : fresh) {
      if (random.nextInt(5) == 0) {
        page.add(null);
      }
      page.add(item);
      if (random.nextInt(6) == 0) {
        page.add(item);
      }
    }
    return page;
  }

  /** Returns the items, in their order. */
  List<String> items() {
    return items;
  }

  int pageCount() {
    return pages.size();
  }

  /** Returns what a page holds, by its number from 0; nothing behind the last. */
  List<String> page(int number) {
    return number < pages.size() ? pages.get(number) : List.of();
  }

  /** Returns how many entries all pages have. */
  int entryCount() {
    return pages.stream().mapToInt(List::size).sum();
  }

  @Override
  public String toString() {
    return form + " in " + pages;
  }
}
