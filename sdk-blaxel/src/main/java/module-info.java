/** The container images of a Blaxel workspace as a {@link dev.registrykit.Registry}. */
module dev.registrykit.blaxel {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static jakarta.annotation;
  requires static transitive org.jspecify;

  exports dev.registrykit.blaxel;

  opens dev.registrykit.blaxel.internal.generated.model to
      com.fasterxml.jackson.databind;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.blaxel.internal.BlaxelProvider;
}
