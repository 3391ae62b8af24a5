package dev.registrykit.testkit.internal.scaleway.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The tags of one image: those kept as rows, and those only computed from their index. */
public final class ImageTags {
  /** Oldest first; the order of insertion decides between equal instants. */
  public static final Comparator<TagRow> BY_CREATION = Comparator.<TagRow, Instant>comparing(
          tag -> tag.createdAt)
      .thenComparingLong(tag -> tag.number);

  public static final Comparator<TagRow> BY_NAME = Comparator.comparing(tag -> tag.name);

  private final Map<String, TagRow> kept = new HashMap<>();
  private final GeneratedTags generated;

  ImageTags(ImageRow image) {
    this.generated = new GeneratedTags(image);
  }

  public int count() {
    return kept.size() + generated.live().liveCount();
  }

  /** Tags that are not themselves being deleted. */
  int readyCount() {
    long deleting =
        kept.values().stream().filter(tag -> tag.ownDeletion != null).count();
    return count() - (int) deleting;
  }

  public Optional<TagRow> named(String name) {
    TagRow row = kept.get(name);
    return row != null ? Optional.of(row) : generatedTag(generated.indexOfName(name));
  }

  Optional<TagRow> generated(long number) {
    return generatedTag(generated.indexOfNumber(number));
  }

  public int generatedSoFar() {
    return generated.live().size();
  }

  /** A kept row of the same name stays, and no tag is generated in its place. */
  void generate(int count, long firstNumber, Instant firstCreated) {
    generated.add(count, firstNumber, firstCreated);
    kept.keySet().forEach(this::stopGenerating);
  }

  /** Keeps a row, in place of any tag of that name or number. */
  void keep(TagRow tag) {
    stopGenerating(tag.name);
    kept.put(tag.name, tag);
  }

  private void stopGenerating(String name) {
    generated.indexOfName(name).ifPresent(generated.live()::remove);
  }

  void remove(TagRow tag) {
    kept.remove(tag.name, tag);
  }

  List<TagRow> keptRows() {
    return List.copyOf(kept.values());
  }

  /** Other tags of the same digest that are not being deleted, by name. */
  public List<TagRow> siblings(TagRow tag) {
    List<TagRow> siblings = new ArrayList<>();
    for (TagRow other : kept.values()) {
      if (other.number != tag.number
          && other.ownDeletion == null
          && other.digest.equals(tag.digest)) {
        siblings.add(other);
      }
    }
    generatedTag(generated.indexOfDigest(tag.digest))
        .filter(other -> other.number != tag.number)
        .ifPresent(siblings::add);
    siblings.sort(BY_NAME);
    return siblings;
  }

  /** The names of the newest tags that are not being deleted, newest first. */
  public List<String> newestNames(int limit) {
    int deleting = count() - readyCount();
    return page(BY_CREATION, true, 0, limit + deleting).stream()
        .filter(tag -> tag.ownDeletion == null)
        .map(tag -> tag.name)
        .limit(limit)
        .toList();
  }

  public List<TagRow> page(Comparator<TagRow> order, boolean descending, long offset, int limit) {
    int total = count();
    int from = (int) Math.min(offset, total);
    int to = Math.min(total - from, limit) + from;
    if (!descending) {
      return ascending(order, from, to);
    }
    List<TagRow> page = ascending(order, total - to, total - from);
    Collections.reverse(page);
    return page;
  }

  /** Merges the sorted rows into the computed tags without walking the computed ones. */
  private List<TagRow> ascending(Comparator<TagRow> order, int from, int to) {
    List<TagRow> rows = new ArrayList<>(kept.values());
    rows.sort(order);
    int nextRow = firstRowAtOrAfter(from, rows, order);
    List<TagRow> page = new ArrayList<>(to - from);
    for (int position = from; position < to; position++) {
      if (nextRow < rows.size() && mergedPosition(nextRow, rows, order) == position) {
        page.add(rows.get(nextRow++));
      } else {
        page.add(generated.tag(generated.live().select(position - nextRow)));
      }
    }
    return page;
  }

  private int firstRowAtOrAfter(int position, List<TagRow> rows, Comparator<TagRow> order) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mergedPosition(middle, rows, order) >= position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int mergedPosition(int row, List<TagRow> rows, Comparator<TagRow> order) {
    return row + generated.live().rank(firstGeneratedNotBefore(rows.get(row), order));
  }

  private int firstGeneratedNotBefore(TagRow row, Comparator<TagRow> order) {
    int low = 0;
    int high = generated.live().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(generated.tag(middle), row) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Optional<TagRow> generatedTag(OptionalInt index) {
    return index.isPresent() ? Optional.of(generated.tag(index.getAsInt())) : Optional.empty();
  }
}
