package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.ImageRef;
import java.util.Map;

/**
 * The first piece of an image's path. The published document names plurals; everything that runs
 * sends and answers singulars, and so do we. An open value: others, such as {@code volumeTemplate},
 * are taken too. {@code _} is not, which stands for any type in the vendor's own tools.
 */
public final class ResourceTypes {

  private static final Map<String, String> SINGULARS = Map.of(
      "agents", "agent",
      "functions", "function",
      "sandboxes", "sandbox",
      "jobs", "job");

  private ResourceTypes() {}

  public static String singular(String type) {
    return SINGULARS.getOrDefault(type, type);
  }

  /** Returns the path, or the beginning of one, with its resource type in the singular. */
  public static String canonicalPath(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : singular(path.substring(0, slash)) + path.substring(slash);
  }

  /** Refuses a path that is not {@code resourceType/name}, or cannot be sent. */
  public static void requirePath(ImageRef image) {
    String path = image.path();
    int slash = path.indexOf('/');
    if (slash <= 0
        || slash != path.lastIndexOf('/')
        || !Checks.isResourceType(path.substring(0, slash))) {
      throw new IllegalArgumentException(
          "on Blaxel an image is resourceType/name, such as sandbox/app, not \"%s\""
              .formatted(path));
    }
    if (!Checks.isSegment(path.substring(slash + 1))) {
      throw new IllegalArgumentException(
          "on Blaxel the name of an image is letters, digits, - . and _, not \"%s\""
              .formatted(path));
    }
  }

  public static String typeOf(ImageRef image) {
    return image.path().substring(0, image.path().indexOf('/'));
  }

  public static String nameOf(ImageRef image) {
    return image.path().substring(image.path().indexOf('/') + 1);
  }
}
