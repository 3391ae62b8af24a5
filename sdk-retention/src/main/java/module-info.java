/** Which tags of an image to keep, and a plan of what to delete, on every {@link dev.registrykit.Registry}. */
module dev.registrykit.retention {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.core;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.registrykit.retention;
}
