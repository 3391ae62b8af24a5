package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ImageRef;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was learnt of deleting, by repository, since the parts of one host may be served by
 * different software. Thread-safe.
 */
public final class Capabilities {

  private static final int REMEMBERED = 10_000;

  /** How a registry deletes. */
  enum Deletion {
    /** Not tried yet, or found to be otherwise than before. */
    UNKNOWN,
    /** A tag can be deleted and nothing else. */
    TAG,
    /** The registry said that it deletes no tags; a manifest goes with all its tags. */
    MANIFEST
  }

  private final Map<ImageRef, Deletion> learnt = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<ImageRef, Deletion> eldest) {
      return size() > REMEMBERED;
    }
  };

  synchronized Deletion of(ImageRef image) {
    return learnt.getOrDefault(image, Deletion.UNKNOWN);
  }

  synchronized void learn(ImageRef image, Deletion deletion) {
    learnt.put(image, deletion);
  }

  synchronized void forget(ImageRef image) {
    learnt.remove(image);
  }
}
