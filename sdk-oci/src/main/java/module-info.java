/** Every registry that speaks the OCI Distribution protocol as a {@link dev.registrykit.Registry}. */
module dev.registrykit.oci {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.registrykit.oci;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.oci.internal.OciProvider;
}
