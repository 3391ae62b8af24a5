package dev.registrykit.samples.cli;

import java.util.regex.Pattern;

/** A piece of text with a style. Control characters, which a server may send, are made visible. */
record Styled(String text, Style style) {

  /** How text looks on a terminal with colours; elsewhere it is plain. */
  enum Style {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  /** What would move the cursor, turn a line around or break it. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  Styled {
    text = UNPRINTABLE.matcher(text).replaceAll("?");
  }

  static Styled plain(String text) {
    return new Styled(text, Style.PLAIN);
  }

  static Styled strong(String text) {
    return new Styled(text, Style.STRONG);
  }

  static Styled faint(String text) {
    return new Styled(text, Style.FAINT);
  }

  int length() {
    return text.codePointCount(0, text.length());
  }

  /** Returns the text as it is written. */
  String written(boolean withColours) {
    return withColours && style != Style.PLAIN
        ? "\u001b[" + style.code + "m" + text + "\u001b[0m"
        : text;
  }
}
