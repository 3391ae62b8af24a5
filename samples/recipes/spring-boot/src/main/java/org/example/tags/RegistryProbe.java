package org.example.tags;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.RateLimitException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;

// snippet: spring-probe
/** Asks the registry for one tag: one request, which is not repeated. */
final class RegistryProbe implements AutoCloseable {

  /** Whether the registry is to be counted as up, and why. */
  record Answer(boolean isUp, String reason) {}

  private final Registry registry;
  private final ImageRef image;

  RegistryProbe(Registry registry, ImageRef image) {
    this.registry = registry;
    this.image = image;
  }

  Answer ask() {
    try {
      registry.listTags(image, ListTagsOptions.defaults().withPageSize(1)).firstPage();
      return new Answer(true, "it lists tags");
    } catch (ImageNotFoundException e) {
      return new Answer(true, "it says that there is no " + image.path());
    } catch (RateLimitException e) {
      return new Answer(true, "it asks to slow down"); // a restart would not help
    } catch (RegistryException e) {
      return new Answer(false, e.getMessage());
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
// end
