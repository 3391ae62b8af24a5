package dev.registrykit.spi.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Text without the escapes of some format, which knows where each of its characters came from in the
 * original text. Immutable.
 */
final class UnescapedText {

  /** Whose escapes there may be. */
  enum Escapes {
    JSON,
    URL,
    FORM,
    HTML
  }

  private static final Map<Character, Character> JSON_SHORT =
      Map.of('"', '"', '\\', '\\', '/', '/', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t');

  private static final Map<String, Character> HTML_NAMED =
      Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'');

  /** The highest character, in hexadecimal digits with their sign. */
  private static final int MAX_ENTITY_LENGTH = 9;

  private final String text;

  /** Where each character begins in the original, and where the last one ends. */
  private final int[] origins;

  private UnescapedText(String text, int[] origins) {
    this.text = text;
    this.origins = origins;
  }

  static UnescapedText of(String text) {
    int[] origins = new int[text.length() + 1];
    for (int i = 0; i < origins.length; i++) {
      origins[i] = i;
    }
    return new UnescapedText(text, origins);
  }

  String text() {
    return text;
  }

  /** Returns where the character at this index begins in the original text. */
  int origin(int index) {
    return origins[index];
  }

  /** Returns the text without these escapes; the same if it has none. */
  UnescapedText without(Escapes escapes) {
    Reader reader = new Reader();
    while (reader.position < text.length()) {
      if (!reader.readEscape(escapes)) {
        reader.put(text.charAt(reader.position), 1);
      }
    }
    return reader.hasFound ? reader.result() : this;
  }

  /** Reads the text once. */
  private final class Reader {

    private final StringBuilder out = new StringBuilder(text.length());
    private final int[] outOrigins = new int[text.length() + 1];
    private int position;
    private boolean hasFound;

    private UnescapedText result() {
      outOrigins[out.length()] = origins[text.length()];
      int[] fitting = Arrays.copyOf(outOrigins, out.length() + 1);
      return new UnescapedText(out.toString(), fitting);
    }

    /** Writes a character that takes up so many in the text. */
    private void put(char c, int length) {
      outOrigins[out.length()] = origins[position];
      out.append(c);
      position += length;
    }

    private boolean found(char c, int length) {
      hasFound = true;
      put(c, length);
      return true;
    }

    private boolean readEscape(Escapes escapes) {
      char c = text.charAt(position);
      return switch (escapes) {
        case JSON -> c == '\\' && readJson();
        case URL -> c == '%' && readPercent();
        case FORM -> c == '+' ? found(' ', 1) : c == '%' && readPercent();
        case HTML -> c == '&' && readEntity();
      };
    }

    private boolean readJson() {
      if (position + 1 >= text.length()) {
        return false;
      }
      char kind = text.charAt(position + 1);
      if (kind == 'u') {
        int unit = number(position + 2, position + 6, 16);
        return unit >= 0 && found((char) unit, 6);
      }
      Character plain = JSON_SHORT.get(kind);
      return plain != null && found(plain, 2);
    }

    /** Reads the bytes of one character of UTF-8, or else one byte. */
    private boolean readPercent() {
      int first = byteAt(position);
      if (first < 0) {
        return false;
      }
      int length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        int next = byteAt(position + 3 * i);
        if (next < 0) {
          return found((char) first, 3);
        }
        bytes[i] = (byte) next;
      }
      String decoded = new String(bytes, StandardCharsets.UTF_8);
      if (decoded.indexOf('\ufffd') >= 0) { // no UTF-8, so that it may be Latin-1
        return found((char) first, 3);
      }
      for (int i = 0; i < decoded.length(); i++) {
        found(decoded.charAt(i), i == decoded.length() - 1 ? 3 * length : 0);
      }
      return true;
    }

    private int byteAt(int start) {
      return start < text.length() && text.charAt(start) == '%'
          ? number(start + 1, start + 3, 16)
          : -1;
    }

    private boolean readEntity() {
      int end = endOfEntity();
      if (end < 0) {
        return false;
      }
      Character named = HTML_NAMED.get(text.substring(position + 1, end));
      if (named != null) {
        return found(named, end + 1 - position);
      }
      if (text.charAt(position + 1) != '#') {
        return false;
      }
      boolean isHex = Character.toLowerCase(text.charAt(position + 2)) == 'x';
      int unit = isHex ? number(position + 3, end, 16) : number(position + 2, end, 10);
      return unit >= 0 && unit <= Character.MAX_VALUE && found((char) unit, end + 1 - position);
    }

    /** Looks no further than an entity is long: a text of many signs without an end would take its length squared. */
    private int endOfEntity() {
      int last = Math.min(text.length() - 1, position + MAX_ENTITY_LENGTH);
      for (int end = position + 1; end <= last; end++) {
        if (text.charAt(end) == ';') {
          return end;
        }
      }
      return -1;
    }

    /** Returns the number that these digits are, or -1. */
    private int number(int start, int end, int radix) {
      if (end > text.length() || start >= end) {
        return -1;
      }
      int number = 0;
      for (int i = start; i < end; i++) {
        int digit = Character.digit(text.charAt(i), radix);
        if (digit < 0) {
          return -1;
        }
        number = number * radix + digit;
      }
      return number;
    }
  }
}
