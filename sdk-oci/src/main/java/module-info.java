/** Every registry that speaks the OCI Distribution protocol as a {@link dev.registrykit.Registry}. */
module dev.registrykit.oci {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires org.slf4j;
  requires static jakarta.annotation;
  requires static transitive org.jspecify;

  exports dev.registrykit.oci;

  opens dev.registrykit.oci.internal.generated.model to
      com.fasterxml.jackson.databind;

  provides dev.registrykit.spi.RegistryProvider with
      dev.registrykit.oci.internal.OciProvider;
}
