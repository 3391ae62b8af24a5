/** The container images of a Blaxel workspace as a {@link dev.registrykit.Registry}. */
module dev.registrykit.blaxel {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.registrykit.blaxel;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.blaxel.internal.BlaxelProvider;
}
