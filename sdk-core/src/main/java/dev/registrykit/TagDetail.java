package dev.registrykit;

/**
 * How much of a {@link Tag} a listing must fill in; more may come where it costs nothing.
 *
 * <p>The values are ordered: each asks for all that the one before asks for.
 *
 * @since 0.1.0
 */
public enum TagDetail {
  /** The name. */
  NAMES,
  /** The digest too. Costs a request per tag where the registry lists names only. */
  DIGEST,
  /**
   * Dates and size too, as far as the registry knows them. Costs up to two more requests per digest, and more for an index,
   * where the registry lists names only.
   */
  FULL
}
