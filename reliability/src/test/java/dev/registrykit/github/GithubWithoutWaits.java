package dev.registrykit.github;

import dev.registrykit.testsupport.SkippingTime;

/** Makes registries whose waits take no time, as the provider's own tests do; hence this package. */
public final class GithubWithoutWaits {

  private GithubWithoutWaits() {}

  /** Makes a registry, which waits by setting its clock forward. */
  public static GithubRegistry build(GithubRegistryBuilder builder) {
    return builder.time(new SkippingTime()).build();
  }
}
