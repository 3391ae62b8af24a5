/** GitHub's container registry as a {@link dev.registrykit.Registry}. */
module dev.registrykit.github {
  requires transitive dev.registrykit;
  requires transitive dev.registrykit.oci;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.registrykit.github;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.github.internal.GithubProvider;
}
