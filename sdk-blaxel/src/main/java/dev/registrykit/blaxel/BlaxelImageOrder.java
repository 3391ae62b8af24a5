package dev.registrykit.blaxel;

/**
 * The orders in which the service lists images. With a prefix of the name, only those by name.
 *
 * @since 0.1.0
 */
public enum BlaxelImageOrder {
  /** By name. */
  NAME_ASC,
  /** By name, backwards. */
  NAME_DESC,
  /** Oldest first. */
  CREATED_ASC,
  /** Newest first. */
  CREATED_DESC
}
