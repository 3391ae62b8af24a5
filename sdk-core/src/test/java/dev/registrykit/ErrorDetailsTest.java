package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorDetailsTest {

  private static final String OPERATION = "delete tag 1.2 of ns/app";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "400, IN_USE, it runs, r1, 2, HTTP 400 IN_USE: it runs (request-id r1; 2 attempts)",
        "400, IN_USE, it runs, r1, 1, HTTP 400 IN_USE: it runs (request-id r1)",
        "400, IN_USE, it runs, -,  1, HTTP 400 IN_USE: it runs",
        "400, IN_USE, -,       -,  1, HTTP 400 IN_USE",
        "400, -,      it runs, -,  1, HTTP 400: it runs",
        "503, -,      -,       -,  3, HTTP 503 (3 attempts)",
        "0,   -,      no tag of that name, -, 1, no tag of that name",
      })
  void theMessageTellsWhatIsKnown(
      int status, String code, String text, String requestId, int attempts, String message) {
    ErrorDetails details = ErrorDetails.builder(OPERATION)
        .statusCode(status)
        .errorCode(code)
        .serverMessage(text)
        .requestId(requestId)
        .attempts(attempts)
        .build();

    assertEquals(OPERATION + " failed: " + message.replace(';', ','), messageOf(details));
  }

  @Test
  void theMessageHoldsNoBody() {
    ErrorDetails details = details().body(utf8("the body")).build();

    assertFalse(messageOf(details).contains("the body"));
    assertEquals("the body", details.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\n\tb",
        "a\0b",
        "a\u001b[31mb",
        "a\u007fb",
        "a\u0085b",
        "a\u009bb",
        "a\u2028b",
        "a\u2029b"
      })
  void controlCharactersOfTheServerBecomeBlanks(String text) {
    ErrorDetails details =
        details().serverMessage(text).errorCode(text).requestId(text).build();

    for (String shown : List.of(
        messageOf(details),
        details.serverMessage().orElseThrow(),
        details.errorCode().orElseThrow(),
        details.requestId().orElseThrow())) {
      assertTrue(
          shown.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029),
          shown);
    }
    assertTrue(details.serverMessage().orElseThrow().startsWith("a "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\0", "\u001b"})
  void textWithoutContentIsLeftOut(String text) {
    ErrorDetails details =
        details().serverMessage(text).errorCode(text).requestId(text).build();

    assertEquals(OPERATION + " failed: HTTP 400", messageOf(details));
    assertEquals(Optional.empty(), details.serverMessage());
  }

  @Test
  void aLongExplanationIsCut() {
    assertEquals(
        "x".repeat(500) + "…",
        details().serverMessage("x".repeat(501)).build().serverMessage().orElseThrow());
  }

  @Test
  void ofTheBodyTheFirst8KiBAreKept() {
    assertEquals(
        "x".repeat(8192), details().body(utf8("x".repeat(8193))).build().body());
  }

  @Test
  void aBodyThatIsNoUtf8IsStillText() {
    assertEquals(
        "a\ufffdb", details().body(new byte[] {'a', (byte) 0xff, 'b'}).build().body());
  }

  @Test
  void whatIsNotGivenIsEmpty() {
    ErrorDetails details = ErrorDetails.builder(OPERATION).build();

    assertEquals(OPERATION, details.operation());
    assertEquals(0, details.statusCode());
    assertEquals(1, details.attempts());
    assertEquals(Optional.empty(), details.errorCode());
    assertEquals(Optional.empty(), details.retryAfter());
    assertEquals(Map.of(), details.headers());
    assertEquals("", details.body());
    assertFalse(details.answerWasLost());
  }

  @Test
  void aFailureOfWhichOnlyTheReasonIsKnownNeedsNoBuilder() {
    ErrorDetails details = ErrorDetails.of(OPERATION, "it points\nelsewhere");

    assertEquals(OPERATION + " failed: it points elsewhere", messageOf(details));
    assertEquals(0, details.statusCode());
    assertEquals(1, details.attempts());
    assertFalse(details.mayHaveTakenEffect());
  }

  @Test
  void aBuilderOfDetailsHoldsTheSame() {
    ErrorDetails copy = full().toBuilder().build();

    assertEquals(messageOf(full()), messageOf(copy));
    assertEquals(Optional.of(Duration.ofSeconds(9)), copy.retryAfter());
    assertEquals(Map.of("server", List.of("envoy")), copy.headers());
    assertEquals("the body", copy.body());
    assertTrue(copy.answerWasLost());
  }

  @Test
  void detailsDoNotChangeWithWhatTheyWereMadeOf() {
    Map<String, List<String>> headers = new HashMap<>();
    List<String> values = new ArrayList<>(List.of("envoy"));
    headers.put("server", values);
    ErrorDetails details = details().headers(headers).build();
    headers.clear();
    values.clear();

    assertEquals(Map.of("server", List.of("envoy")), details.headers());
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> ErrorDetails.builder(null));
    assertThrows(NullPointerException.class, () -> details().headers(null));
    assertThrows(NullPointerException.class, () -> new NotFoundException(null));
  }

  static ErrorDetails full() {
    return details()
        .errorCode("IN_USE")
        .serverMessage("it runs")
        .requestId("r1")
        .retryAfter(Duration.ofSeconds(9))
        .attempts(2)
        .answerWasLost(true)
        .headers(Map.of("server", List.of("envoy")))
        .body(utf8("the body"))
        .build();
  }

  private static ErrorDetails.Builder details() {
    return ErrorDetails.builder(OPERATION).statusCode(400);
  }

  private static String messageOf(ErrorDetails details) {
    return new RegistryServiceException(details).getMessage();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void ofABodyNoMoreThanEightKibibytesAreKeptEvenWhereTheEndIsWithinACharacter() {
    String kept = details().body(utf8("a" + "\u00e9".repeat(5_000))).build().body();

    assertEquals(8 * 1024 - 1, utf8(kept).length);
    assertEquals("a" + "\u00e9".repeat(4_095), kept);
  }
}
