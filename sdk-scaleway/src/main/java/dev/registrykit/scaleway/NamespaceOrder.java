package dev.registrykit.scaleway;

/**
 * The orders in which the server lists namespaces.
 *
 * @since 0.1.0
 */
public enum NamespaceOrder {
  /** Oldest first. */
  CREATED_AT_ASC,
  /** Newest first. */
  CREATED_AT_DESC,
  /** By description, ascending. */
  DESCRIPTION_ASC,
  /** By description, descending. */
  DESCRIPTION_DESC,
  /** By name, ascending. */
  NAME_ASC,
  /** By name, descending. */
  NAME_DESC
}
