package dev.registrykit.testkit.internal.oci.wire;

import dev.registrykit.testkit.internal.Digests;
import java.util.regex.Pattern;

/** Names as the specification defines them, section "Pulling manifests". */
public final class Grammar {
  public static final int MAX_NAME = 255;

  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + ")*");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
  private static final Pattern DIGEST_LIKE =
      Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+");

  private Grammar() {}

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  /** Whether a route takes it for a reference; it may still be neither tag nor digest. */
  static boolean isReference(String text) {
    return isTag(text) || DIGEST_LIKE.matcher(text).matches();
  }

  /** Whether it is neither a tag nor a digest, although a route takes it. */
  public static boolean isMalformed(String reference) {
    return !isTag(reference) && !Digests.isDigest(reference);
  }
}
