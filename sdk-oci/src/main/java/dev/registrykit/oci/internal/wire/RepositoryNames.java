package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageRef;
import java.util.regex.Pattern;

/** The distribution specification's grammar of a repository name. */
public final class RepositoryNames {

  private static final String PIECE = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

  private static final Pattern NAME = Pattern.compile(PIECE + "(?:/" + PIECE + ")*");

  private static final int MAX_LENGTH = 255;

  private RepositoryNames() {}

  /** Looks at the length first, since matching a long text needs a deep stack. */
  static boolean isValid(String name) {
    return name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
  }

  /**
   * Returns the image, whose path is a repository name.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static ImageRef require(ImageRef image) {
    if (!isValid(image.path())) {
      throw new IllegalArgumentException(
          "not a repository name (pieces of a-z 0-9, joined by one of"
              + " . _ __ or dashes, divided by /): " + image.path());
    }
    return image;
  }
}
