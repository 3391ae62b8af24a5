// snippet: module
/** The demo service's registries for RegistryKit. */
module org.example.demo {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.databind;

  exports org.example.demo;

  provides dev.registrykit.spi.RegistryProvider with
      org.example.demo.DemoProvider;
}
// end
