/**
 * The provider-neutral facade of RegistryKit: {@link dev.registrykit.Registry} and its values, the
 * options a caller may tune, and the transport that provider modules share.
 *
 * <p>{@code dev.registrykit.spi} is for provider modules and the testkit alone. Their names stand
 * here once, and are not all there when this is compiled, hence the suppressed warning.
 */
@SuppressWarnings("module")
module dev.registrykit {
  requires transitive java.net.http;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.retry;
  requires org.slf4j;
  requires static org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.registrykit;
  exports dev.registrykit.http;
  exports dev.registrykit.spi to
      dev.registrykit.blaxel,
      dev.registrykit.oci,
      dev.registrykit.scaleway,
      dev.registrykit.testkit;

  uses dev.registrykit.spi.RegistryProvider;
}
