package dev.registrykit.spi.support;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates of JSON documents, such as {@code 2026-03-01T10:20:30.5Z}, without the JDK's formatters: they take most of
 * the time that a page of dated tags takes to read, and a program that starts loads many classes for them.
 *
 * @since 0.1.0
 */
public final class Rfc3339 {

  /** The length of {@code 2026-03-01T10:20:30}. */
  private static final int LENGTH_TO_SECONDS = 19;

  private static final int MAX_FRACTION_DIGITS = 9;

  private static final int MAX_OFFSET_MINUTES = 18 * 60;

  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private Rfc3339() {}

  /**
   * Returns the date; null if it is none, as {@link OffsetDateTime#parse(CharSequence)} decides. So the forms count, too,
   * that it knows and RFC 3339 does not, such as times without seconds.
   */
  public static @Nullable Instant parse(String text) {
    Instant usual = usual(text);
    if (usual != null) {
      return usual;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null; // which is the answer
    }
  }

  /** Returns the date if it is of the form that almost all servers send. */
  private static @Nullable Instant usual(String text) {
    if (text.length() <= LENGTH_TO_SECONDS || !hasSeparators(text)) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int seconds = secondOfDay(text);
    if (year < 0 || month < 1 || month > 12 || day < 1 || seconds < 0) {
      return null;
    }
    if (day > Month.of(month).length(Year.isLeap(year))) {
      return null;
    }
    int end = endOfFraction(text);
    int offset = end < 0 ? NO_OFFSET : offsetMinutes(text, end);
    if (offset == NO_OFFSET) {
      return null;
    }
    long local = LocalDate.of(year, month, day).toEpochDay() * 86_400 + seconds;
    return Instant.ofEpochSecond(local - offset * 60L, nanos(text, LENGTH_TO_SECONDS + 1, end));
  }

  private static boolean hasSeparators(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  /** Returns the digits' value, or -1 if there is anything else among them. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      value = value * 10 + digit - '0';
    }
    return value;
  }

  /** Returns the second of the day, or -1. */
  private static int secondOfDay(String text) {
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, LENGTH_TO_SECONDS);
    boolean isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
    return isTime && second < 60 ? (hour * 60 + minute) * 60 + second : -1;
  }

  /** Returns where the digits after the point end, or -1 if there is a point without any, or with too many. */
  private static int endOfFraction(String text) {
    if (text.charAt(LENGTH_TO_SECONDS) != '.') {
      return LENGTH_TO_SECONDS;
    }
    int end = LENGTH_TO_SECONDS + 1;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    int digits = end - LENGTH_TO_SECONDS - 1;
    return digits < 1 || digits > MAX_FRACTION_DIGITS ? -1 : end;
  }

  private static int nanos(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < from + MAX_FRACTION_DIGITS; i++) {
      value = value * 10 + (i < to ? text.charAt(i) - '0' : 0);
    }
    return value;
  }

  /** Returns how many minutes the offset is ahead, or {@link #NO_OFFSET} if it has another form. */
  private static int offsetMinutes(String text, int from) {
    int length = text.length() - from;
    if (length == 1 && text.charAt(from) == 'Z') {
      return 0;
    }
    if (length != 6 || text.charAt(from + 3) != ':') {
      return NO_OFFSET;
    }
    int hours = number(text, from + 1, from + 3);
    int minutes = number(text, from + 4, from + 6);
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > MAX_OFFSET_MINUTES) {
      return NO_OFFSET;
    }
    int ahead = hours * 60 + minutes;
    return switch (text.charAt(from)) {
      case '+' -> ahead;
      case '-' -> -ahead;
      default -> NO_OFFSET;
    };
  }
}
