package dev.registrykit;

/**
 * An ability that not every registry has; ask with {@link Registry#supports(Feature)}. The set may grow.
 *
 * <p>An ability that is missing shows as an empty value or as an {@link
 * UnsupportedFeatureException} before the first request, never as a wrong answer.
 *
 * <p>Where it depends on software or settings that the SDK does not know, {@link
 * Registry#support(Feature)} is {@link Support#MAYBE} and the ability has to be tried; {@link
 * Registry#checkSupport(ImageRef, Feature)} finds out as far as that is possible without changing
 * anything.
 *
 * @since 0.1.0
 */
public enum Feature {
  /** {@link Registry#listImages()} works; many OCI registries have no catalogue, or deny it. */
  LIST_IMAGES,
  /** Every {@link Tag} carries a digest when {@link TagDetail#DIGEST} is asked for. */
  TAG_DIGEST,
  /** Tags carry the instant of their creation. */
  TAG_CREATED_AT,
  /** Tags carry the instant of their last change. */
  TAG_UPDATED_AT,
  /** Tags carry a size. */
  TAG_SIZE,
  /** {@link TagOrder#NAME_ASC} and {@link TagOrder#NAME_DESC} work. */
  ORDER_BY_NAME,
  /** {@link TagOrder#CREATED_ASC} and {@link TagOrder#CREATED_DESC} work. */
  ORDER_BY_CREATED,
  /** {@link TagOrder#UPDATED_ASC} and {@link TagOrder#UPDATED_DESC} work. */
  ORDER_BY_UPDATED,
  /** {@link TagOrder#CHANGED_ASC} and {@link TagOrder#CHANGED_DESC} work, wherever tags have a date. */
  ORDER_BY_CHANGED,
  /** The server orders by name itself, so the first page costs one request. */
  SERVER_ORDER_BY_NAME,
  /** The server orders by creation itself, so the first page costs one request. */
  SERVER_ORDER_BY_CREATED,
  /** The server orders by last change itself, so the first page costs one request. */
  SERVER_ORDER_BY_UPDATED,
  /** The server orders by {@link Tag#changedAt()} itself, so the first page costs one request. */
  SERVER_ORDER_BY_CHANGED,
  /**
   * {@link Registry#deleteTag(ImageRef, String)} can delete one tag and nothing else. On OCI registries
   * that may have to be tried: deletion is an option there, which many operators leave off, and whether a
   * tag can go alone depends on the software. Scaleway and Blaxel can.
   */
  DELETE_TAG,
  /**
   * {@link Registry#deleteImage(ImageRef, DeleteOptions)} works. On OCI registries that may have to be
   * tried, as for {@link #DELETE_TAG}.
   */
  DELETE_IMAGE,
  /**
   * Tags share digests here, so {@link DeleteOptions#withForce()} makes a difference. On OCI registries
   * that it works may have to be tried, as for {@link #DELETE_TAG}.
   */
  FORCE_DELETE,
  /** {@link DeleteOptions#onlyIfDigest(String)} works, wherever tags can be deleted. */
  DELETE_ONLY_IF_DIGEST
}
