/** Which tags of an image to keep, a plan of what to delete, and its carrying out, on every {@link dev.registrykit.Registry}. */
module dev.registrykit.retention {
  requires transitive dev.registrykit;
  requires com.fasterxml.jackson.core;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.registrykit.retention;
}
