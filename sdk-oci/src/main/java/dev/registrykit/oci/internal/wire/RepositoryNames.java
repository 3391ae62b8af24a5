package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageRef;

/** The distribution specification's grammar of a repository name. */
public final class RepositoryNames {

  private static final int MAX_LENGTH = 255;

  private RepositoryNames() {}

  /** Words, and between two of them a joint; loops, since every call has a name. */
  static boolean isValid(String name) {
    if (name.length() > MAX_LENGTH) {
      return false;
    }
    int start = 0;
    int end = endOfWord(name, 0);
    while (end > start && end < name.length()) {
      start = endOfJoint(name, end);
      end = endOfWord(name, start);
    }
    return end > start;
  }

  private static int endOfWord(String name, int start) {
    int end = start;
    while (end < name.length() && isOfWord(name.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Behind one of {@code / . _ __} or any number of dashes; the start if none of them is there. */
  private static int endOfJoint(String name, int start) {
    return switch (name.charAt(start)) {
      case '/', '.' -> start + 1;
      case '_' -> name.startsWith("__", start) ? start + 2 : start + 1;
      case '-' -> endOfDashes(name, start);
      default -> start;
    };
  }

  private static int endOfDashes(String name, int start) {
    int end = start;
    while (end < name.length() && name.charAt(end) == '-') {
      end++;
    }
    return end;
  }

  /**
   * Checks that the path of an image is a repository name.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void require(ImageRef image) {
    if (!isValid(image.path())) {
      throw new IllegalArgumentException(
          "not a repository name (pieces of a-z 0-9, joined by one of"
              + " . _ __ or dashes, divided by /): " + image.path());
    }
  }
}
