package dev.registrykit.testkit.internal.blaxel;

/**
 * What tells images apart.
 *
 * @param owner the workspace an image is shared from; empty for one of the workspace's own
 */
public record ImageKey(String resourceType, String name, String owner) {

  /** Returns the key of one of the workspace's own images. */
  public static ImageKey own(String resourceType, String name) {
    return new ImageKey(resourceType, name, "");
  }

  @Override
  public String toString() {
    return resourceType + "/" + name;
  }
}
