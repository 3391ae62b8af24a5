package dev.registrykit.spi.paging;

/**
 * Is told how far the details of listed tags are. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DetailProgress {

  /**
   * Says of so many more tags that their details are there, or that the tags turned out to be gone. Throws
   * what the caller's listener throws, which ends the listing.
   */
  void completed(int tags);
}
