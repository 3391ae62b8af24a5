package dev.registrykit.github.internal.deletion;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks what became of the tags that shared a version. Thread-safe. */
public final class Siblings {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.github");

  private static final int CONCURRENCY = 8;

  private final Manifests manifests;
  private final ParallelReads reads;

  /** Makes one that sends several requests at a time. */
  public Siblings(Manifests manifests, ParallelReads reads) {
    this.manifests = manifests;
    this.reads = reads;
  }

  /**
   * Refuses to call a deletion a success if a sibling of the tag is gone too: one GET, which holds the bytes
   * against the digest, and a HEAD for each other. One that another moved meanwhile is its own. Where that cannot
   * be looked at, the deletion is done all the same.
   */
  void requireLeft(Operation operation, ImageRef image, String digest, List<String> tags) {
    List<String> gone;
    try {
      gone = tags.isEmpty() ? List.of() : gone(operation, image, tags);
    } catch (RegistryInterruptedException e) {
      throw e;
    } catch (RegistryException e) {
      LOG.warn("{}: done, but its siblings could not be looked at", operation.description(), e);
      return;
    }
    if (!gone.isEmpty()) {
      throw operation.invalid("the tag is deleted, but " + String.join(", ", gone)
          + ", which shared its digest " + digest + ", cannot be found any more");
    }
  }

  private List<String> gone(Operation operation, ImageRef image, List<String> tags) {
    String first = tags.get(0);
    return without(
        operation,
        tags,
        tag -> tag.equals(first)
            ? isReadable(operation, image, tag)
            : manifests.find(operation, image, tag).isPresent());
  }

  private boolean isReadable(Operation operation, ImageRef image, String tag) {
    try {
      manifests.read(operation, image, tag);
      return true;
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return false;
    }
  }

  /** Returns those of these tags that are not there any more; a HEAD each. */
  List<String> goneOf(Operation operation, ImageRef image, List<String> tags) {
    return without(operation, tags, tag -> manifests.find(operation, image, tag).isPresent());
  }

  private List<String> without(
      Operation operation, List<String> tags, Function<String, Boolean> isThere) {
    List<Boolean> there = reads.map(operation, tags, CONCURRENCY, isThere);
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      if (!there.get(i)) {
        gone.add(tags.get(i));
      }
    }
    return gone;
  }
}
