package dev.registrykit.oci.internal.detail;

import dev.registrykit.spi.paging.DetailProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts the tags whose details are there: all tags of a digest have them once it was read. Thread-safe. */
final class TagCount {

  private final DetailProgress progress;
  private final Set<String> read = new HashSet<>();
  private final Map<String, Integer> waiting = new HashMap<>();

  TagCount(DetailProgress progress) {
    this.progress = progress;
  }

  /** Counts a tag whose details are there. */
  void complete() {
    progress.completed(1);
  }

  /** Counts a tag as soon as its digest is read, which may be now. */
  synchronized void waiting(String digest) {
    if (read.contains(digest)) {
      complete();
    } else {
      waiting.merge(digest, 1, Integer::sum);
    }
  }

  /** Counts the tags that wait for a digest, which is read. */
  synchronized void read(String digest) {
    read.add(digest);
    Integer tags = waiting.remove(digest);
    if (tags != null) {
      progress.completed(tags);
    }
  }
}
