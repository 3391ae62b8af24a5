package dev.registrykit.scaleway;

/**
 * The orders in which the server lists images.
 *
 * @since 0.1.0
 */
public enum ScalewayImageOrder {
  /** Oldest first. */
  CREATED_AT_ASC,
  /** Newest first. */
  CREATED_AT_DESC,
  /** By name, ascending. */
  NAME_ASC,
  /** By name, descending. */
  NAME_DESC
}
