package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  private static final long SEED = 20_260_301;

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T10:20:30Z",
        "2026-03-01T10:20:30.5Z",
        "2026-03-01T10:20:30.123456789+05:30",
        "2026-03-01T10:20:30.000000001-18:00",
        "2024-02-29T23:59:59+00:00",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00-00:00",
        "9999-12-31T23:59:59.999999999+18:00",
        // Of these the JDK decides.
        "2026-03-01t10:20:30z",
        "2026-03-01T10:20Z",
        "2026-03-01T10:20:30.Z",
        "2026-03-01T10:20:30+05",
        "2026-03-01T10:20:30+05:30:15",
        "+12026-03-01T10:20:30Z"
      })
  void aDateIsRead(String text) {
    assertEquals(OffsetDateTime.parse(text).toInstant(), Rfc3339.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-03-01",
        "2026-03-01T10:20:30",
        "2026-03-01 10:20:30Z",
        "2026-02-29T10:20:30Z",
        "2026-04-31T10:20:30Z",
        "2026-13-01T10:20:30Z",
        "2026-00-01T10:20:30Z",
        "2026-03-00T10:20:30Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T10:60:00Z",
        "2026-03-01T10:20:60Z",
        "2026-03-01T10:20:30.1234567890Z",
        "2026-03-01T10:20:30+18:01",
        "2026-03-01T10:20:30+05:60",
        "2026-03-01T10:20:30+05:3",
        "2026-03-01T10:20:30ZZ",
        "2026-03-01T10:20:30Z ",
        "2026-03-01T10:20:30[Europe/Paris]",
        "\u0662\u0660\u0662\u0666-03-01T10:20:30Z"
      })
  void whatIsNoDateIsNone(String text) {
    assertNull(Rfc3339.parse(text));
  }

  @Test
  void everyDateIsTheOneThatTheJdkReads() {
    for (int i = 0; i < 20_000; i++) {
      String text = anyDate();
      assertEquals(OffsetDateTime.parse(text).toInstant(), Rfc3339.parse(text), text);
    }
  }

  @Test
  void aDateThatIsSpoiltIsOneWhereTheJdkSaysSo() {
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      String text = spoilt(anyDate());
      Instant expected = byTheJdk(text);
      refused += expected == null ? 1 : 0;
      assertEquals(expected, Rfc3339.parse(text), text);
    }
    assertNotEquals(0, refused);
    assertNotEquals(50_000, refused);
  }

  private static @Nullable Instant byTheJdk(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private String anyDate() {
    LocalDateTime local = LocalDateTime.of(
        random.nextInt(10_000),
        1 + random.nextInt(12),
        1 + random.nextInt(28),
        random.nextInt(24),
        random.nextInt(60),
        random.nextInt(60));
    int digits = random.nextInt(10);
    String fraction = digits == 0 ? "" : "." + digits(digits);
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(local) + fraction + offset();
  }

  private String offset() {
    int minutes = random.nextInt(2 * 18 * 60 + 1) - 18 * 60;
    return random.nextInt(3) == 0
        ? "Z"
        : ZoneOffset.ofTotalSeconds(minutes * 60).getId();
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** Changes, adds or takes away a few characters of those that dates are made of. */
  private String spoilt(String date) {
    StringBuilder text = new StringBuilder(date);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      String any = "0123456789-+:.TZtz 9".substring(random.nextInt(19)).substring(0, 1);
      int place = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(place, any);
        case 1 -> text.deleteCharAt(place);
        default -> text.replace(place, place + 1, any);
      }
    }
    return text.toString();
  }
}
