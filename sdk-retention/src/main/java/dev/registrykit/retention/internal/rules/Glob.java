package dev.registrykit.retention.internal.rules;

import java.util.regex.Pattern;

/**
 * Makes regular expressions of globs. What stands between two stars is found where it comes first and not looked for
 * again further on, which finds no less and keeps the time in proportion to the lengths of glob and name.
 */
public final class Glob {

  private Glob() {}

  /**
   * Returns the expression of a glob.
   *
   * @param one the expression of what {@code ?} stands for; {@code *} stands for any number of it
   */
  public static String regex(String glob, String one) {
    String[] pieces = glob.split("\\*+", -1); // several stars say what one says
    StringBuilder regex = new StringBuilder(literal(pieces[0], one));
    for (int i = 1; i < pieces.length - 1; i++) {
      regex
          .append("(?>")
          .append(one)
          .append("*?")
          .append(literal(pieces[i], one))
          .append(')');
    }
    if (pieces.length > 1) {
      regex.append(one).append('*').append(literal(pieces[pieces.length - 1], one));
    }
    return regex.toString();
  }

  private static String literal(String piece, String one) {
    StringBuilder regex = new StringBuilder();
    piece
        .chars()
        .forEach(c -> regex.append(c == '?' ? one : Pattern.quote(String.valueOf((char) c))));
    return regex.toString();
  }
}
