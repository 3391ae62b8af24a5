package dev.registrykit.testkit.contract;

/**
 * A way in which a provider may differ without breaking the contract, where {@link
 * dev.registrykit.Feature} does not say so already. What is declared is asserted, not skipped.
 *
 * @since 0.1.0
 */
public enum Difference {
  /**
   * Neither a {@link Mishap} nor a {@link ForeignNotFound} can be staged: nothing is sent, or the
   * server is a real one.
   */
  NO_MISHAPS,
  /** The server sends every listing of tags whole, whatever page size is asked for. */
  TAGS_COME_WHOLE,
  /** The server sends every listing of images whole, whatever page size is asked for. */
  IMAGES_COME_WHOLE,
  /**
   * The server has no list of images, which shows only when it is asked for one: {@link
   * dev.registrykit.UnsupportedFeatureException}.
   */
  IMAGE_LISTING_MISSING,
  /** An image is there only while it has tags. */
  IMAGES_NEED_TAGS,
  /** Listing the tags of a missing image gives none instead of an error. */
  MISSING_IMAGE_LISTS_NO_TAGS,
  /** A tag of a missing image is a missing tag: the provider does not tell which is missing. */
  MISSING_IMAGE_IS_MISSING_TAG,
  /** Tags may lack the instant of their creation. */
  TAGS_MAY_LACK_DATES,
  /** Strict deletion of a tag that shares its digest is refused, because siblings would go too. */
  STRICT_REFUSES_SHARED_DIGEST,
  /** Forced deletion of a tag that shares its digest takes that tag alone, as strict does. */
  FORCE_SPARES_SIBLINGS,
  /**
   * The last tag of an image is not deleted, not even by force: {@link dev.registrykit.ConflictException}.
   * The image can be deleted as a whole.
   */
  LAST_TAG_STAYS,
  /** Tags can be in use, and are not deleted then. */
  TAGS_CAN_BE_IN_USE,
  /**
   * The server was set up to delete no tags, which shows only when it is asked to: {@link
   * dev.registrykit.UnsupportedFeatureException}.
   */
  TAG_DELETION_DISABLED,
  /** The server was set up to delete no images, as {@link #TAG_DELETION_DISABLED} says of tags. */
  IMAGE_DELETION_DISABLED,
  /**
   * Deleting a tag takes several requests of which a {@code DELETE} is not the only one that matters,
   * so that a deletion is known to be done even if the answer to one of them is lost.
   */
  DELETES_IN_STEPS,
  /**
   * Restoring a tag reads it, because a deletion can stop half-way here; a missing tag is an error then.
   * Elsewhere nothing is sent.
   */
  RESTORING_READS_TAGS
}
