package dev.registrykit.github;

import dev.registrykit.testsupport.provider.ProviderArchitecture;

/** The rules of the house. Manifests are the business of {@code sdk-oci}, of which only what everybody may use is used. */
class ArchitectureTest extends ProviderArchitecture {

  ArchitectureTest() {
    super(GithubRegistry.class, "dev.registrykit.oci");
  }
}
