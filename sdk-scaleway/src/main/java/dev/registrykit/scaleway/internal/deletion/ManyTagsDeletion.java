package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.scaleway.internal.deletion.TagDeletion.ListedTag;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes many tags of an image by one look at all of its tags, which is made anew when it is some seconds
 * old. For one run; thread-safe.
 */
public final class ManyTagsDeletion {

  /** About what lies between look and deletion of a single tag, where the image is large. */
  private static final Duration LOOK_IS_GOOD_FOR = Duration.ofSeconds(2);

  private final ScalewayApi api;
  private final ImageRef image;
  private final Supplier<List<ListedTag>> listing;
  private final TimeSource time;
  private final BulkDeletion run;

  /** What was seen before a deletion that may have been done and is tried again, by the tag's name. */
  private final Map<String, List<ListedTag>> leftOpen = new ConcurrentHashMap<>();

  private List<ListedTag> all = List.of();
  private long lookedAtNanos;
  private @Nullable ImageNotFoundException missingImage;

  /**
   * Prepares a run.
   *
   * @param listing lists all tags of the image, anew each time
   */
  public ManyTagsDeletion(
      ScalewayApi api,
      ImageRef image,
      Supplier<List<ListedTag>> listing,
      TimeSource time,
      BulkDeletion run) {
    this.api = api;
    this.image = image;
    this.listing = listing;
    this.time = time;
    this.run = run;
  }

  /** Looks at all tags. That there is no such image is what {@link #remove} says of each. */
  public synchronized boolean look() {
    long start = time.nanoTime(); // what comes while it is made may be missing
    try {
      all = listing.get();
      lookedAtNanos = start;
    } catch (ImageNotFoundException e) {
      missingImage = e;
    }
    return true;
  }

  private synchronized List<ListedTag> lookedAt() {
    if (missingImage != null) {
      throw missingImage;
    }
    long start = time.nanoTime();
    if (start - lookedAtNanos > LOOK_IS_GOOD_FOR.toNanos()) {
      all = listing.get();
      lookedAtNanos = start;
    }
    return all;
  }

  /** Returns one of those tags of each digest that were seen, for the others of the digest may go with it. */
  public synchronized List<String> oneOfEachDigest(List<String> tags) {
    Map<String, String> digests = new HashMap<>();
    for (ListedTag tag : all) {
      if (tag.digest() != null) {
        digests.put(tag.name(), tag.digest());
      }
    }
    Set<String> seen = new HashSet<>();
    return tags.stream()
        .filter(tag -> !digests.containsKey(tag) || seen.add(digests.get(tag)))
        .toList();
  }

  /**
   * Deletes one of the tags; one request. The result names all that may have gone along, which {@link
   * #afterwards} looks up.
   */
  public DeleteResult remove(String tag, DeleteOptions options) {
    Operation operation = Operation.onTag("delete", image, tag);
    TagDeletion deletion = new TagDeletion(
        api, operation, listing, options, names -> names.stream().sorted().toList());
    List<ListedTag> seen = lookedAt();
    try {
      return deletion.ofName(tag, seen);
    } catch (TagNotFoundException e) {
      List<ListedTag> seenBefore = leftOpen.get(tag);
      if (seenBefore == null) {
        throw e;
      }
      return deletion.goneBefore(tag, seenBefore);
    } catch (RegistryException e) {
      if (e.mayHaveTakenEffect()) {
        leftOpen.putIfAbsent(tag, seen);
        run.mayTakeAlong(tag, TagDeletion.mayGoAlong(tag, seen));
      }
      throw e;
    }
  }

  /** Returns whether anything may have gone along that has no result of its own. */
  public boolean isToBeLookedAt(BulkDeleteResult result) {
    return result.deleted().values().stream()
        .flatMap(done -> done.deletedWith().stream())
        .anyMatch(tag -> !result.deleted().containsKey(tag));
  }

  /**
   * Returns the result with those tags that did go along, by one more look at all of them. A tag of the run that
   * did is deleted, even if its own deletion failed or was not begun.
   */
  public BulkDeleteResult afterwards(BulkDeleteResult result) {
    Set<String> left = TagDeletion.left(listing);
    Map<String, DeleteResult> takers = new HashMap<>();
    result
        .deleted()
        .values()
        .forEach(done -> without(left, done).deletedWith().forEach(tag -> takers.put(tag, done)));
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : result.entries()) {
      DeleteResult taker = takers.get(entry.tag());
      if (entry.result().isPresent()) {
        entries.add(Entry.deleted(entry.tag(), without(left, entry.result().get())));
      } else if (taker != null) {
        DeleteResult taken = DeleteResult.of(taker.outcome(), taker.digest().orElse(null));
        entries.add(Entry.deleted(entry.tag(), taken));
      } else {
        entries.add(entry);
      }
    }
    return BulkDeleteResult.of(entries, result.stoppedBy().orElse(null));
  }

  private static DeleteResult without(Set<String> left, DeleteResult done) {
    return done.withDeleted(
        done.deletedWith().stream().filter(tag -> !left.contains(tag)).toList());
  }
}
