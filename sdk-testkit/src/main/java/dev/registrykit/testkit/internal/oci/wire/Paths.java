package dev.registrykit.testkit.internal.oci.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths as Go's router sees them: decoded, and redirected when they are not clean. */
public final class Paths {
  private Paths() {}

  /** The decoded path; empty when it cannot be decoded. */
  public static Optional<String> decoded(String rawPath) {
    try {
      return Optional.of(URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The path without empty and dot segments; a slash at the end stays. */
  public static String cleaned(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String joined = "/" + String.join("/", kept);
    return path.endsWith("/") && joined.length() > 1 ? joined + "/" : joined;
  }
}
