package dev.registrykit.testkit.internal.oci.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one repository, in the order of their names.
 *
 * <p>Generated tags {@code t-000000}, {@code t-000001}, … exist only as numbers and all point at one
 * manifest; one that is moved or removed becomes an ordinary tag, or none.
 */
public final class TagTable {
  public static final int MAX_GENERATED = 1_000_000;

  private static final Pattern GENERATED = Pattern.compile("t-([0-9]{6})");
  private static final int DIGITS = 6;

  private final TreeMap<String, ManifestRow> named = new TreeMap<>();
  private final BitSet live = new BitSet();
  private int generated;
  private @Nullable ManifestRow generatedTarget;

  public void generate(int count, ManifestRow target) {
    generatedTarget = target;
    for (int index = generated; index < generated + count; index++) {
      live.set(index, !named.containsKey(name(index)));
    }
    generated += count;
  }

  public int generatedSoFar() {
    return generated;
  }

  @Nullable
  public ManifestRow get(String tag) {
    ManifestRow row = named.get(tag);
    return row == null && liveIndex(tag).isPresent() ? generatedTarget : row;
  }

  void put(String tag, ManifestRow row) {
    liveIndex(tag).ifPresent(live::clear);
    named.put(tag, row);
  }

  public void remove(String tag) {
    liveIndex(tag).ifPresent(live::clear);
    named.remove(tag);
  }

  public boolean isEmpty() {
    return named.isEmpty() && live.isEmpty();
  }

  /** The names that point at a manifest, sorted. */
  List<String> pointingAt(String digest) {
    List<String> names = new ArrayList<>();
    iterator(null).forEachRemaining(name -> {
      ManifestRow row = get(name);
      if (row != null && row.digest().equals(digest)) {
        names.add(name);
      }
    });
    return names;
  }

  /** One of the names that point at a manifest, found without looking at generated ones. */
  @Nullable
  public String anyPointingAt(String digest) {
    ManifestRow target = generatedTarget;
    if (target != null && target.digest().equals(digest) && !live.isEmpty()) {
      return name(live.nextSetBit(0));
    }
    for (var entry : named.entrySet()) {
      if (entry.getValue().digest().equals(digest)) {
        return entry.getKey();
      }
    }
    return null;
  }

  public void removePointingAt(String digest) {
    ManifestRow target = generatedTarget;
    if (target != null && target.digest().equals(digest)) {
      live.clear();
    }
    named.values().removeIf(row -> row.digest().equals(digest));
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    iterator(null).forEachRemaining(names::add);
    return names;
  }

  /** The names after one, sorted; all of them for null. */
  public Iterator<String> iterator(@Nullable String after) {
    Iterator<String> namedOnes = after == null
        ? named.keySet().iterator()
        : named.tailMap(after, false).keySet().iterator();
    return new Merged(namedOnes, live.nextSetBit(after == null ? 0 : firstIndexAfter(after)));
  }

  private int firstIndexAfter(String name) {
    int low = 0;
    int high = generated;
    while (low < high) {
      int middle = (low + high) / 2;
      if (name(middle).compareTo(name) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private OptionalInt liveIndex(String tag) {
    Matcher matcher = GENERATED.matcher(tag);
    if (!matcher.matches() || !live.get(Integer.parseInt(matcher.group(1)))) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(matcher.group(1)));
  }

  private static String name(int index) {
    String digits = Integer.toString(index);
    return "t-" + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** Two sorted sequences as one. */
  private final class Merged implements Iterator<String> {
    private final Iterator<String> namedOnes;
    private @Nullable String nextNamed;
    private int nextIndex;

    Merged(Iterator<String> namedOnes, int firstIndex) {
      this.namedOnes = namedOnes;
      this.nextNamed = namedOnes.hasNext() ? namedOnes.next() : null;
      this.nextIndex = firstIndex;
    }

    @Override
    public boolean hasNext() {
      return nextNamed != null || nextIndex >= 0;
    }

    @Override
    public String next() {
      String ordinary = nextNamed;
      if (ordinary == null && nextIndex < 0) {
        throw new NoSuchElementException();
      }
      if (ordinary != null && (nextIndex < 0 || ordinary.compareTo(name(nextIndex)) < 0)) {
        nextNamed = namedOnes.hasNext() ? namedOnes.next() : null;
        return ordinary;
      }
      String made = name(nextIndex);
      nextIndex = live.nextSetBit(nextIndex + 1);
      return made;
    }
  }
}
