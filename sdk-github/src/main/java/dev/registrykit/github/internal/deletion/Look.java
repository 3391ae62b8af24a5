package dev.registrykit.github.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.github.internal.wire.GithubApi.State;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is there of an image, as it was listed for a deletion, and anew whenever what the list says does not agree with
 * the registry.
 */
public interface Look {

  /**
   * Returns the versions; for one deletion as many as tell what there is to know of the tag.
   *
   * @param isWhole whether its version may go whole, so that its siblings are not what is left
   */
  List<Version> versions(Operation operation, ImageRef image, String tag, boolean isWhole);

  /** Returns what every tag points to, as the registry says. */
  Map<String, String> digestsByTag(Operation operation, ImageRef image);

  /** Returns which of these tags are to be deleted as well. */
  Set<String> alsoGoing(Collection<String> tags);

  /** Notes, before the version of a tag is deleted whole, that these others go with it. */
  void mayTakeAlong(String tag, List<String> others);

  /** Returns the look of a single deletion, for which nothing is known yet. */
  Look anew();

  /** Returns the look of a single deletion: it reads no further than it must. */
  static Look forOne(VersionLists lists, TaggedIndexes indexes) {
    return new ForOne(lists, indexes);
  }

  /** Returns the look of a run over many tags: one for all of them, taken again after a minute. */
  static ForMany forMany(
      VersionLists lists, TaggedIndexes indexes, TimeSource time, BulkDeletion run) {
    return new ForMany(lists, indexes, time, run);
  }

  /** Reads until it knows enough. */
  record ForOne(VersionLists lists, TaggedIndexes indexes) implements Look {

    @Override
    public List<Version> versions(
        Operation operation, ImageRef image, String tag, boolean isWhole) {
      return lists.readUntil(operation, image, State.ACTIVE, read -> isEnough(read, tag, isWhole));
    }

    /** Returns whether these versions tell where the tag is, and that any other will be left. */
    private static boolean isEnough(List<Version> read, String tag, boolean isWhole) {
      return read.stream().anyMatch(version -> version.tags().contains(tag))
          && read.stream()
              .filter(version -> !isWhole || !version.tags().contains(tag))
              .anyMatch(version -> version.hasTagsBeside(tag));
    }

    @Override
    public Map<String, String> digestsByTag(Operation operation, ImageRef image) {
      return indexes.digestsByTag(operation, image);
    }

    @Override
    public Set<String> alsoGoing(Collection<String> tags) {
      return Set.of();
    }

    @Override
    public void mayTakeAlong(String tag, List<String> others) {
      // the result names them, or the exception does
    }

    @Override
    public Look anew() {
      return this;
    }
  }

  /** One look for many deletions of one image. Thread-safe: one reads, and the others wait. */
  final class ForMany implements Look {

    private final Look single;
    private final VersionLists lists;
    private final BulkDeletion run;
    private final Set<String> asked;
    private final Kept<List<Version>> versions;
    private final Kept<Map<String, String>> digests;

    private ForMany(VersionLists lists, TaggedIndexes indexes, TimeSource time, BulkDeletion run) {
      this.single = forOne(lists, indexes);
      this.lists = lists;
      this.run = run;
      this.asked = Set.copyOf(run.tags());
      this.versions = new Kept<>(time);
      this.digests = new Kept<>(time);
    }

    @Override
    public List<Version> versions(
        Operation operation, ImageRef image, String tag, boolean isWhole) {
      return versions.get(() -> List.copyOf(lists.all(operation, image, State.ACTIVE)));
    }

    /** Returns one of those tags of each version that was listed, for the others of the version may go with it. */
    public List<String> oneOfEachVersion(List<String> tags) {
      Map<String, Long> ids = new HashMap<>();
      for (Version version : versions.known().orElse(List.of())) {
        version.tags().forEach(tag -> ids.put(tag, version.id()));
      }
      Set<Long> seen = new HashSet<>();
      return tags.stream()
          .filter(tag -> !ids.containsKey(tag) || seen.add(ids.get(tag)))
          .toList();
    }

    @Override
    public Map<String, String> digestsByTag(Operation operation, ImageRef image) {
      return digests.get(() -> single.digestsByTag(operation, image));
    }

    @Override
    public Set<String> alsoGoing(Collection<String> tags) {
      Set<String> going = new HashSet<>(tags);
      going.retainAll(asked);
      return going;
    }

    @Override
    public void mayTakeAlong(String tag, List<String> others) {
      run.mayTakeAlong(tag, others);
    }

    @Override
    public Look anew() {
      return single;
    }
  }

  /** A value that is read again after a minute. Thread-safe. */
  final class Kept<T> {

    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final TimeSource time;
    private @Nullable T value;
    private long readAtNanos;

    private Kept(TimeSource time) {
      this.time = time;
    }

    synchronized Optional<T> known() {
      return Optional.ofNullable(value);
    }

    synchronized T get(Supplier<T> read) {
      long now = time.nanoTime();
      T known = value;
      if (known == null || now - readAtNanos > GOOD_FOR.toNanos()) {
        known = read.get();
        value = known;
        readAtNanos = now;
      }
      return known;
    }
  }
}
