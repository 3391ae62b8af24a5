package dev.registrykit.samples;

import static dev.registrykit.samples.Newest.print;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import java.net.URI;

/** As {@link Newest}, on a registry that the arguments name. */
public final class NewestOnARegistry {

  private NewestOnARegistry() {}

  // snippet: real-registry
  public static void main(String[] args) {
    try (Registry registry = Registries.open(URI.create(args[0]))) {
      print(registry, ImageRef.of(args[1]));
    }
  }
  // end
}
