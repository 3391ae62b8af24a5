package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.spi.support.LoadingCache;
import java.util.Objects;

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

  private final LoadingCache<ImageRef, Deletion> learnt = new LoadingCache<>(REMEMBERED);

  Deletion of(ImageRef image) {
    return Objects.requireNonNullElse(learnt.get(image), Deletion.UNKNOWN);
  }

  void learn(ImageRef image, Deletion deletion) {
    learnt.put(image, deletion);
  }

  void forget(ImageRef image) {
    learnt.remove(image);
  }
}
