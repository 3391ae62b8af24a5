/**
 * The provider-neutral facade of RegistryKit: {@link dev.registrykit.Registry} and its values, the
 * options a caller may tune, and the transport that provider modules share.
 *
 * <p>{@code dev.registrykit.spi} and the packages below it are for those who write a provider. They may
 * change in a minor release, which the others do not.
 */
module dev.registrykit {
  requires transitive java.net.http;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.retry;
  requires org.slf4j;
  requires static org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.registrykit;
  exports dev.registrykit.http;
  exports dev.registrykit.spi;
  exports dev.registrykit.spi.config;
  exports dev.registrykit.spi.paging;
  exports dev.registrykit.spi.support;
  exports dev.registrykit.spi.transport;

  uses dev.registrykit.spi.RegistryProvider;
}
