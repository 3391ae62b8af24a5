package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagNotFoundException;
import java.util.regex.Pattern;

/**
 * Tells what proves that something is not there. A 404 does not: gateways, routers and servers at a
 * mistyped address say it of everything. The registry's own form with a code that fits does, and so
 * does its own list of tags, read to the end, that lacks the tag ({@link TagListCheck}).
 */
public final class Absence {

  /** The specification's words, and those of Harbor ({@code NOT_FOUND}) and Quay. */
  private static final Pattern WORDS = Pattern.compile(
      "(?:MANIFEST|TAG|NAME|REPOSITORY|BLOB)_(?:UNKNOWN|NOT_FOUND)|TAG_EXPIRED|NOT_FOUND");

  private Absence() {}

  /** Returns whether a registry that gives this code says that something is not there. */
  public static boolean isSaidBy(String code) {
    return WORDS.matcher(code).matches();
  }

  /** Returns whether the failure proves that what was asked for is not there. */
  public static boolean isProved(NotFoundException failure) {
    return failure instanceof TagNotFoundException
        || failure instanceof ImageNotFoundException
        || isSaidBy(failure.errorCode().orElse(""));
  }
}
