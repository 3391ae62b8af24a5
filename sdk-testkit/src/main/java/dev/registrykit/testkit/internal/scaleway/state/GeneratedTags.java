package dev.registrykit.testkit.internal.scaleway.state;

import dev.registrykit.testkit.internal.scaleway.WireTime;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tags {@code t-000000}, {@code t-000001}, … of one image that exist only as numbers.
 *
 * <p>The order by name and the order by creation are both the order of the index.
 */
public final class GeneratedTags {
  public static final int MAX_COUNT = 1_000_000;

  private static final Pattern NAME = Pattern.compile("t-([0-9]{6})");

  /** Tags made by one call: consecutive numbers, one second apart. */
  private record Run(int firstIndex, int count, long firstNumber, Instant firstCreated) {}

  private final ImageRow image;
  private final TreeMap<Integer, Run> runsByIndex = new TreeMap<>();
  private final TreeMap<Long, Run> runsByNumber = new TreeMap<>();
  private final LiveIndexes live = new LiveIndexes();

  GeneratedTags(ImageRow image) {
    this.image = image;
  }

  void add(int count, long firstNumber, Instant firstCreated) {
    Run run = new Run(live.size(), count, firstNumber, firstCreated);
    runsByIndex.put(run.firstIndex(), run);
    runsByNumber.put(run.firstNumber(), run);
    live.grow(count);
  }

  LiveIndexes live() {
    return live;
  }

  static String name(int index) {
    return "t-" + WireTime.padded(index, 6);
  }

  TagRow tag(int index) {
    Run run = runsByIndex.floorEntry(index).getValue();
    int offset = index - run.firstIndex();
    Instant created = run.firstCreated().plusSeconds(offset);
    long number = run.firstNumber() + offset;
    return new TagRow(number, image, name(index), Ids.digest(number), created, created);
  }

  OptionalInt indexOfName(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? live(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
  }

  OptionalInt indexOfNumber(long number) {
    var entry = runsByNumber.floorEntry(number);
    if (entry == null || number >= entry.getKey() + entry.getValue().count()) {
      return OptionalInt.empty();
    }
    Run run = entry.getValue();
    return live(run.firstIndex() + (int) (number - run.firstNumber()));
  }

  OptionalInt indexOfDigest(String digest) {
    OptionalLong number = Ids.numberOfDigest(digest);
    return number.isPresent() ? indexOfNumber(number.getAsLong()) : OptionalInt.empty();
  }

  private OptionalInt live(int index) {
    return live.isLive(index) ? OptionalInt.of(index) : OptionalInt.empty();
  }
}
