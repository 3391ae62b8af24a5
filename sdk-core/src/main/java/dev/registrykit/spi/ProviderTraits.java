package dev.registrykit.spi;

import dev.registrykit.Feature;
import dev.registrykit.TagDetail;
import java.util.Set;

/**
 * What is known of a provider without asking it. Immutable.
 *
 * @param provider its short name
 * @param features its abilities; what the server orders itself included
 * @param hosts the hosts that may stand in an {@link dev.registrykit.ImageRef}, in lower case
 * @param maxPageSize the most items it puts on a page; what is asked for by default
 * @param maxPages the most pages of a listing before it counts as endless
 * @param listedDetail how much of each tag a listing brings by itself
 */
public record ProviderTraits(
    String provider,
    Set<Feature> features,
    Set<String> hosts,
    int maxPageSize,
    int maxPages,
    TagDetail listedDetail) {

  /** Copies the sets. */
  public ProviderTraits {
    features = Set.copyOf(features);
    hosts = Set.copyOf(hosts);
  }

  /** Makes the traits of a provider whose listings bring all there is to know of a tag. */
  public ProviderTraits(
      String provider, Set<Feature> features, Set<String> hosts, int maxPageSize, int maxPages) {
    this(provider, features, hosts, maxPageSize, maxPages, TagDetail.FULL);
  }
}
