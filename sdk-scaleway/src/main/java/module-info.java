/** The Scaleway Container Registry as a {@link dev.registrykit.Registry}. */
module dev.registrykit.scaleway {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static jakarta.annotation;
  requires static transitive org.jspecify;

  exports dev.registrykit.scaleway;

  opens dev.registrykit.scaleway.internal.generated.model to
      com.fasterxml.jackson.databind;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.scaleway.internal.ScalewayProvider;
}
