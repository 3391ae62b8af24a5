package dev.registrykit.scaleway.internal;

import java.util.Locale;

/** A truth value in a variable or in the vendor's configuration file. */
enum Truth {
  YES,
  NO,
  /** It is not a word for true or false. */
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
