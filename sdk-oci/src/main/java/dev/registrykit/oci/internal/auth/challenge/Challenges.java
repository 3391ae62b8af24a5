package dev.registrykit.oci.internal.auth.challenge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code WWW-Authenticate} by the grammar of RFC 7235. What is malformed is passed over: the
 * answer is a 401 in any case, and says so.
 */
public final class Challenges {

  private final String text;
  private int at;

  private Challenges(String text) {
    this.text = text;
  }

  /** Returns the challenges of all headers of that name, in the order sent. */
  public static List<Challenge> of(List<String> headers) {
    List<Challenge> all = new ArrayList<>();
    for (String header : headers) {
      all.addAll(new Challenges(header).read());
    }
    return all;
  }

  /**
   * Returns the challenge to answer: a token before a password, since a server that gives tokens
   * takes the password there; nothing if the server knows neither.
   */
  public static Optional<Challenge> preferred(List<Challenge> offered) {
    return offered.stream()
        .filter(offer -> offer.isBearer() && offer.parameter("realm").isPresent())
        .findFirst()
        .or(() -> offered.stream().filter(Challenge::isBasic).findFirst())
        .or(() -> offered.stream().filter(Challenge::isBearer).findFirst());
  }

  private List<Challenge> read() {
    List<Challenge> challenges = new ArrayList<>();
    while (skipToElement()) {
      String scheme = token();
      if (scheme.isEmpty()) {
        skipPast(',');
      } else {
        challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters()));
      }
    }
    return challenges;
  }

  /** Reads what belongs to the scheme just read, up to the next scheme or the end. */
  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    skipBlanks();
    skipToken68();
    while (skipToElement()) {
      int start = at;
      String name = token();
      skipBlanks();
      if (name.isEmpty()) {
        skipPast(',');
      } else if (!is('=')) {
        at = start; // the name of the next scheme
        break;
      } else {
        at++;
        skipBlanks();
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value());
      }
    }
    return parameters;
  }

  /** Passes over credentials such as {@code Negotiate} sends, of which nothing is needed here. */
  private void skipToken68() {
    int end = at;
    while (end < text.length() && isToken68(text.charAt(end))) {
      end++;
    }
    int padded = end;
    while (padded < text.length() && text.charAt(padded) == '=') {
      padded++;
    }
    int next = padded;
    while (next < text.length() && isBlank(text.charAt(next))) {
      next++;
    }
    if (end > at && (next == text.length() || text.charAt(next) == ',')) {
      at = padded;
    }
  }

  private String value() {
    return is('"') ? quoted() : unquoted();
  }

  /** Reads to the closing quote, or to the end if there is none. */
  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && !is('"'); at++) {
      if (is('\\') && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    at++;
    return value.toString();
  }

  /** Takes more than a token, for some servers leave the quotes away around a URL. */
  private String unquoted() {
    int start = at;
    while (at < text.length() && !is(',') && !isBlank(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String token() {
    int start = at;
    while (at < text.length() && isTokenChar(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean skipToElement() {
    while (at < text.length() && (is(',') || isBlank(text.charAt(at)))) {
      at++;
    }
    return at < text.length();
  }

  private void skipPast(char end) {
    while (at < text.length() && !is(end)) {
      at++;
    }
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private boolean is(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isTokenChar(char c) {
    return isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean isToken68(char c) {
    return isLetterOrDigit(c) || "-._~+/".indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
