package dev.registrykit.internal;

import java.util.regex.Pattern;

/** Makes foreign text fit for one line of a log. */
public final class Printable {

  /** What would break the line, or turn it around. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** Returns the text with {@code ?} in the place of each character that is not to be printed. */
  public static String of(String text) {
    return isPrintableAscii(text) ? text : UNPRINTABLE.matcher(text).replaceAll("?");
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
