package dev.registrykit.scaleway.internal;

import java.util.Locale;

/** What a word in a variable or in the vendor's configuration file says. */
enum Truth {
  YES,
  NO,
  /** The word is none of those that are known. */
  UNKNOWN;

  /** Reads the words for true and false of Go's ParseBool and of YAML 1.1. */
  static Truth of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1", "yes", "y", "on" -> YES;
      case "false", "f", "0", "no", "n", "off" -> NO;
      default -> UNKNOWN;
    };
  }
}
