package dev.registrykit.spi;

import dev.registrykit.Feature;
import dev.registrykit.Support;
import dev.registrykit.TagDetail;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of a provider without asking it. Immutable.
 *
 * @since 0.1.0
 */
public final class ProviderTraits {

  private final String provider;
  private final Set<Feature> features;
  private final Set<Feature> uncertainFeatures;
  private final Set<String> hosts;
  private final int maxPageSize;
  private final int maxPages;
  private final TagDetail listedDetail;
  private final int concurrentDeletions;

  private ProviderTraits(Builder builder) {
    this.provider = builder.provider;
    this.features = Set.copyOf(builder.features);
    this.uncertainFeatures = Set.copyOf(builder.uncertainFeatures);
    this.hosts = Set.copyOf(builder.hosts);
    this.maxPageSize = builder.maxPageSize;
    this.maxPages = builder.maxPages;
    this.listedDetail = builder.listedDetail;
    this.concurrentDeletions = builder.concurrentDeletions;
  }

  /**
   * Starts the traits of a provider.
   *
   * @param provider its short name, which is its URI scheme
   */
  public static Builder builder(String provider) {
    return new Builder(provider);
  }

  String provider() {
    return provider;
  }

  Support support(Feature feature) {
    if (uncertainFeatures.contains(feature)) {
      return Support.MAYBE;
    }
    return features.contains(feature) ? Support.YES : Support.NO;
  }

  Set<String> hosts() {
    return hosts;
  }

  int maxPageSize() {
    return maxPageSize;
  }

  int maxPages() {
    return maxPages;
  }

  TagDetail listedDetail() {
    return listedDetail;
  }

  int concurrentDeletions() {
    return concurrentDeletions;
  }

  /**
   * Collects the {@link ProviderTraits}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String provider;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final Set<Feature> uncertainFeatures = EnumSet.noneOf(Feature.class);
    private final Set<String> hosts = new LinkedHashSet<>();
    private int maxPageSize = 100;
    private int maxPages = 10_000;
    private TagDetail listedDetail = TagDetail.FULL;
    private int concurrentDeletions = 8;

    private Builder(String provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
    }

    /** Adds abilities that it has; what the server orders itself included. None by default. */
    public Builder features(Collection<Feature> features) {
      this.features.addAll(features);
      return this;
    }

    /** Adds abilities that it has; what the server orders itself included. None by default. */
    public Builder features(Feature... features) {
      return features(List.of(features));
    }

    /** Adds abilities that it has or has not, which only asking tells. None by default. */
    public Builder uncertainFeatures(Feature... features) {
      uncertainFeatures.addAll(List.of(features));
      return this;
    }

    /** Adds hosts that may stand in an {@link dev.registrykit.ImageRef}, in lower case. */
    public Builder hosts(Collection<String> hosts) {
      this.hosts.addAll(hosts);
      return this;
    }

    /** Adds hosts that may stand in an {@link dev.registrykit.ImageRef}, in lower case. */
    public Builder hosts(String... hosts) {
      return hosts(List.of(hosts));
    }

    /** Sets the most items it puts on a page, which is what is asked for by default; 100 otherwise. */
    public Builder maxPageSize(int maxPageSize) {
      this.maxPageSize = maxPageSize;
      return this;
    }

    /** Sets the most pages of a listing before it counts as endless; 10,000 otherwise. */
    public Builder maxPages(int maxPages) {
      this.maxPages = maxPages;
      return this;
    }

    /** Sets how much of each tag a listing brings by itself; all there is otherwise. */
    public Builder listedDetail(TagDetail listedDetail) {
      this.listedDetail = Objects.requireNonNull(listedDetail, "listedDetail");
      return this;
    }

    /**
     * Sets how many tags are deleted at a time at most where many are to go; 8 otherwise.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder concurrentDeletions(int concurrentDeletions) {
      if (concurrentDeletions < 1) {
        throw new IllegalArgumentException("at least 1 at a time, not " + concurrentDeletions);
      }
      this.concurrentDeletions = concurrentDeletions;
      return this;
    }

    /** Makes the traits. */
    public ProviderTraits build() {
      return new ProviderTraits(this);
    }
  }
}
