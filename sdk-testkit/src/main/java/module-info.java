/**
 * What tests use: an in-memory {@link dev.registrykit.Registry}, emulators of the providers, and the
 * contract that every provider keeps.
 *
 * <p>WireMock has no module name of its own and stays on the class path, hence the build's {@code
 * --add-reads}.
 */
module dev.registrykit.testkit {
  requires com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;
  requires transitive dev.registrykit;
  requires transitive org.junit.jupiter.api;

  exports dev.registrykit.testkit;
  exports dev.registrykit.testkit.contract;

  opens dev.registrykit.testkit to
      org.junit.platform.commons;
  opens dev.registrykit.testkit.contract to
      org.junit.platform.commons;
}
