package dev.registrykit.spi;

import dev.registrykit.Feature;
import java.util.Set;

/**
 * What is known of a provider without asking it. Immutable.
 *
 * @param provider its short name
 * @param features its abilities; what the server orders itself included
 * @param hosts the hosts that may stand in an {@link dev.registrykit.ImageRef}, in lower case
 * @param maxPageSize the most items it puts on a page; what is asked for by default
 * @param maxPages the most pages of a listing before it counts as endless
 */
public record ProviderTraits(
    String provider, Set<Feature> features, Set<String> hosts, int maxPageSize, int maxPages) {

  /** Copies the sets. */
  public ProviderTraits {
    features = Set.copyOf(features);
    hosts = Set.copyOf(hosts);
  }
}
