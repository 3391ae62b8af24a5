/** The Scaleway Container Registry as a {@link dev.registrykit.Registry}. */
module dev.registrykit.scaleway {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.registrykit.scaleway;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.scaleway.internal.ScalewayProvider;
}
