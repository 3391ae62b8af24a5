package dev.registrykit;

/**
 * The order in which tags are listed.
 *
 * <p>Where the server orders by that key itself, pages come one by one and the first costs one
 * request. Elsewhere the SDK reads the whole list before it hands out the first tag and orders it
 * itself, with the name as tie-break; each provider's Javadoc says which is which, and {@link
 * Registry#supports(Feature)} answers it at run time. A tag without the date asked for comes last in
 * both directions.
 *
 * <table>
 * <caption>What the dates stand for</caption>
 * <tr><th></th><th>created</th><th>updated</th><th>changed</th></tr>
 * <tr><td>Scaleway</td>
 *   <td>when the name first appeared</td><td>the last push of the tag</td><td>the last push</td></tr>
 * <tr><td>Blaxel</td>
 *   <td>the tag's creation, as Blaxel says</td><td>its last change, as Blaxel says</td>
 *   <td>its last change</td></tr>
 * <tr><td>OCI registries, Google's too</td>
 *   <td>when the image was built, as its configuration says</td><td>refused: the protocol has none</td>
 *   <td>when the image was built</td></tr>
 * </table>
 *
 * <p>{@link #CHANGED_DESC} is therefore "newest first" on every provider. A build date is whatever the
 * build wrote; those of reproducible builds, all before 2 January 1980, count as none.
 *
 * @since 0.1.0
 */
public enum TagOrder {
  /** Whatever the provider gives when it is asked for nothing; the cheapest order. */
  PROVIDER_DEFAULT,
  /** By name, ascending. */
  NAME_ASC,
  /** By name, descending. */
  NAME_DESC,
  /** Oldest first. */
  CREATED_ASC,
  /** Newest first. */
  CREATED_DESC,
  /** Least recently changed first. */
  UPDATED_ASC,
  /** Most recently changed first. */
  UPDATED_DESC,
  /** By {@link Tag#changedAt()}, least recent first; works on every provider that dates tags. */
  CHANGED_ASC,
  /** By {@link Tag#changedAt()}, most recent first; works on every provider that dates tags. */
  CHANGED_DESC
}
