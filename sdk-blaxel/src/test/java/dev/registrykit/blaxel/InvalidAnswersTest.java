package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.Tag;
import dev.registrykit.testkit.Fault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of status 200 that are not what was promised, and those that are only unusual. */
class InvalidAnswersTest extends BlaxelTest {

  private List<Tag> listed(String json) {
    answerNext(json);
    return registry.listTags(APP).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{",
        "{\"data\":[",
        "{\"data\":[],\"meta\":{\"hasMore\":false}} {}",
        "{\"data\":{},\"meta\":{\"hasMore\":false}}",
        "{\"data\":[1],\"meta\":{\"hasMore\":false}}",
        "{\"data\":[\"1.0\"],\"meta\":{\"hasMore\":false}}",
        "{\"data\":[],\"meta\":{\"hasMore\":\"maybe\"}}",
        "{\"data\":[],\"meta\":[]}",
        "{}",
        "{\"data\":[]}",
        "{\"data\":[],\"meta\":null}",
        "{\"data\":null,\"meta\":{}}",
        "{\"meta\":{}}",
        "{\"meta\":{\"total\":0}}",
        "{\"message\":\"ok\"}",
        "{\"data\":[],\"meta\":{\"hasMore\":true}}",
        "{\"data\":[],\"meta\":{\"hasMore\":true,\"nextCursor\":\"\"}}",
        "{\"data\":[{\"size\":1}],\"meta\":{\"hasMore\":false}}",
        "{\"data\":[{\"name\":\" \"}],\"meta\":{\"hasMore\":false}}",
        "{\"data\":[{\"name\":\"a\",\"size\":\"big\"}],\"meta\":{\"hasMore\":false}}",
        "<html></html>"
      })
  void aListingThatIsNoneIsInvalid(String json) {
    var failure = assertThrows(InvalidResponseException.class, () -> listed(json));

    assertTrue(failure.getMessage().startsWith("list tags of sandbox/app failed: "));
    assertEquals(1, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"metadata\":null,\"spec\":{}}",
        "{\"message\":\"please log in\"}",
        "{\"metadata\":[]}",
        "{\"metadata\":{\"name\":{}}}",
        "{\"metadata\":{},\"spec\":{\"size\":1e99}}",
        "{\"metadata\":{},\"spec\":{\"tags\":7}}",
        "[]"
      })
  void anImageThatIsNoneIsInvalid(String json) {
    answerNext(json);

    assertThrows(InvalidResponseException.class, () -> registry.getImage(APP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "42", "\"text\"", "{}", "{\"data\":[]}", "[1]", "[[]]", "{\"data\":7}"
      })
  void aListOfImagesThatIsNoneIsInvalid(String json) {
    answerNext(json);

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());
    assertTrue(failure.getMessage().startsWith("list images failed: "));
  }

  @Test
  void aPageOfHtmlIsInvalid() {
    emulator.failNext(Fault.html());

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertTrue(
        failure
            .getMessage()
            .startsWith("list tags of sandbox/app failed: the answer is not the JSON promised, "),
        failure.getMessage());
  }

  @Test
  void theMessageDoesNotQuoteTheAnswer() {
    for (String json :
        List.of("{\"data\":[{\"name\":\"a\",\"size\":\"hush\"}]}", "[{\"metadata\":\"hush\"}]")) {
      answerNext(json);
      var failure = assertThrows(
          InvalidResponseException.class, () -> registry.listImages().toList());
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        assertFalse(cause.toString().contains("hush"), cause.toString());
      }
    }
  }

  @Test
  void anAnswerThatIsTooLargeIsInvalid() {
    emulator.failNext(Fault.oversizedBody(2_000_000));
    var options = httpOptions().withMaxResponseBytes(1_000_000);

    try (BlaxelRegistry careful = builder().httpOptions(options).build()) {
      var failure = assertThrows(InvalidResponseException.class, () -> careful.getImage(APP));

      assertTrue(failure.getMessage().contains("more than 1000000 bytes"));
    }
  }

  /** As where a service no longer knows the older generation, and lists tags apart. */
  @Test
  void tagsThatAreCountedButDoNotComeAreNotMissing() {
    older();
    String summary = "{\"metadata\":{\"name\":\"app\"},\"spec\":{\"size\":1,\"tagCount\":3}}";
    answerNext(summary);
    answerNext(summary);

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
    assertThrows(InvalidResponseException.class, () -> registry.findTag(APP, "1.0"));
  }

  // Only unusual

  @Test
  void tagsThatCameAsCountedAreAllThereAre() {
    older();
    answerNext(
        "{\"metadata\":{\"name\":\"app\"},\"spec\":{\"tagCount\":1,\"tags\":[{\"name\":\"1.0\"}]}}");

    assertEquals(List.of("1.0"), registry.listTags(APP).stream().map(Tag::name).toList());
  }

  @Test
  void nullEntriesAndUnknownFieldsAreLeftOut() {
    List<Tag> tags = listed(text(
        "{\"data\":[null,{\"name\":\"1.0\",\"digest\":\"x\",\"new\":{}},null],",
        "\"meta\":{\"hasMore\":false,\"new\":1},\"new\":[]}"));

    assertEquals(List.of("1.0"), tags.stream().map(Tag::name).toList());
    assertEquals(Optional.empty(), tags.get(0).digest());
    assertEquals(OptionalLong.empty(), tags.get(0).sizeBytes());
    assertEquals(Optional.empty(), tags.get(0).createdAt());
  }

  @Test
  void noDataOnAPageThatSaysItIsTheLastAreNone() {
    assertEquals(List.of(), listed("{\"data\":null,\"meta\":{\"hasMore\":false}}"));
    assertEquals(List.of(), listed("{\"data\":[],\"meta\":{}}"));
    assertEquals(
        List.of(), listed("{\"data\":[],\"meta\":{\"hasMore\":false,\"nextCursor\":\"x\"}}"));
  }

  @Test
  void aCursorWithoutHasMoreIsFollowed() {
    answerNext("{\"data\":[{\"name\":\"a\"}],\"meta\":{\"nextCursor\":\"x\"}}");
    answerNext("{\"data\":[{\"name\":\"b\"}],\"meta\":{}}");

    assertEquals(2, registry.listTags(APP).toList().size());
  }

  @Test
  void answersAreUtf8() {
    answerNext("{\"metadata\":{\"displayName\":\"Zo\u00eb \u2603\"}}");

    assertEquals(Optional.of("Zo\u00eb \u2603"), registry.describeImage(APP).displayName());
  }
}
