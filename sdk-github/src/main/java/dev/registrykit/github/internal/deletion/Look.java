package dev.registrykit.github.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.github.internal.wire.GithubApi.State;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an image as they were listed for a deletion, and anew whenever what they say does not agree
 * with the registry.
 */
public interface Look {

  /**
   * Returns the versions; for one deletion as many as tell what there is to know of the tag.
   *
   * @param isWhole whether its version may go whole, so that its siblings are not what is left
   */
  List<Version> versions(Operation operation, ImageRef image, String tag, boolean isWhole);

  /** Returns the look of a single deletion: it reads no further than it must. */
  static Look forOne(VersionLists lists) {
    return (operation, image, tag, isWhole) ->
        lists.readUntil(operation, image, State.ACTIVE, read -> isEnough(read, tag, isWhole));
  }

  /** Returns whether these versions tell where the tag is, and that any other will be left. */
  private static boolean isEnough(List<Version> read, String tag, boolean isWhole) {
    return read.stream().anyMatch(version -> version.tags().contains(tag))
        && read.stream()
            .filter(version -> !isWhole || !version.tags().contains(tag))
            .anyMatch(version -> version.hasTagsBeside(tag));
  }

  /** Returns the look of a run over many tags: one list for all of them, read again after a minute. */
  static Look forMany(VersionLists lists, TimeSource time) {
    return new ForMany(lists, time);
  }

  /** One list for many deletions of one image. Thread-safe: one reads, and the others wait. */
  final class ForMany implements Look {

    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final VersionLists lists;
    private final TimeSource time;
    private @Nullable List<Version> all;
    private long readAtNanos;

    private ForMany(VersionLists lists, TimeSource time) {
      this.lists = lists;
      this.time = time;
    }

    @Override
    public synchronized List<Version> versions(
        Operation operation, ImageRef image, String tag, boolean isWhole) {
      long now = time.nanoTime();
      List<Version> known = all;
      if (known == null || now - readAtNanos > GOOD_FOR.toNanos()) {
        known = List.copyOf(lists.all(operation, image, State.ACTIVE));
        all = known;
        readAtNanos = now;
      }
      return known;
    }
  }
}
