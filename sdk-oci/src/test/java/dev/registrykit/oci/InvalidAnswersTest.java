package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of status 200 that are not what was promised, and those that are only unusual. */
class InvalidAnswersTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private List<String> listed(String json) {
    answerNext(json);
    return registry.listTags(APP).stream().map(Tag::name).toList();
  }

  private InvalidResponseException refused(String json) {
    return assertThrows(InvalidResponseException.class, () -> listed(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[\"1.0\"]",
        "42",
        "true",
        "\"text\"",
        "{",
        "{\"tags\":[",
        "{\"tags\":[]} {}",
        "{\"tags\":[]}}",
        "{\"tags\":{}}",
        "{\"tags\":\"none\"}",
        "{\"tags\":[{\"name\":\"1.0\"}]}",
        "{\"tags\":[[]]}",
        "{\"name\":{},\"tags\":[]}",
        "{\"tags\":[],\"manifest\":[]}",
        "{\"tags\":[],\"manifest\":{\"x\":[]}}",
        "{}",
        "{\"message\":\"please log in\"}",
        "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}",
        "<html></html>"
      })
  void aListThatIsNoneIsInvalid(String json) {
    var failure = refused(json);

    assertTrue(
        failure.getMessage().startsWith("list tags of shop/app failed: the answer is "),
        failure.getMessage());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aPageOfHtmlIsInvalid() {
    emulator.failNext(Fault.html());

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    String expected =
        "list tags of shop/app failed: the answer is not the JSON promised, from line 1, column ";
    assertTrue(
        failure.getMessage().startsWith(expected),
        failure.getMessage()); // by Jackson's version 1 or 2
  }

  /** Or a deletion of what is still there would count as done. */
  @Test
  void aLoginPageInJsonIsNotTakenForAnImageWithoutTags() {
    push("1.0");
    answerNext("{\"message\":\"please log in\"}");

    assertThrows(
        InvalidResponseException.class,
        () -> registry.deleteImage(APP, DeleteOptions.defaults().ignoringMissing()));
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"shop/app\"}",
        "{\"name\":\"shop/app\",\"tags\":null}",
        "{\"name\":null,\"tags\":null}",
        "{\"tags\":null}",
        "{\"tags\":[]}",
        "{\"tags\":[null]}",
        "{\"name\":\"shop/app\",\"tags\":[],\"manifest\":null,\"child\":[\"x\"]}"
      })
  void aListOfNothingIsOne(String json) {
    assertEquals(List.of(), listed(json));
  }

  @Test
  void unknownFieldsAreIgnored() {
    assertEquals(
        List.of("1.0"), listed("{\"next\":{\"a\":[1]},\"tags\":[\"1.0\"],\"newer\":null}"));
  }

  @Test
  void aListOfGooglesWithHolesIsRead() {
    assertEquals(
        List.of("1.0"),
        listed(text(
            "{\"tags\":[\"1.0\"],\"manifest\":{\"sha256:x\":null,\"",
            "sha256:" + "0a".repeat(32),
            "\":{\"tag\":null,\"timeCreatedMs\":null,\"layerId\":\"\",\"new\":{}}}}")));
  }

  @Test
  void anAnswerNestedWithoutEndIsInvalid() {
    refused("{\"x\":" + "[".repeat(50_000));
    refused("{\"tags\":" + "[".repeat(50_000));
  }

  @Test
  void theMessageDoesNotQuoteTheAnswer() {
    var failure = refused("{\"tags\":[{\"hush\":\"hush\"}]}");

    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("hush"), cause.toString());
    }
  }

  @Test
  void aListThatIsTooLargeIsInvalid() {
    emulator.failNext(Fault.oversizedTagList(2_000_000));

    try (OciRegistry careful =
        builder().httpOptions(httpOptions().withMaxResponseBytes(1_000_000)).build()) {
      var failure = assertThrows(
          InvalidResponseException.class, () -> careful.listTags(APP).toList());

      assertTrue(failure.getMessage().contains("more than 1000000 bytes"), failure.getMessage());
    }
  }

  @Test
  void aListThatBreaksOffIsAskedForAgain() {
    push("1.0");
    emulator.failNext(Fault.truncatedBody());

    assertEquals(List.of("1.0"), names(registry.listTags(APP)));
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void textIsUtf8WhateverThePlatformsCharset() {
    var failure = assertThrows(
        InvalidResponseException.class,
        () -> listed("{\"name\":\"caf\u00e9 \u2603\",\"tags\":[\"1.0\"]}"));

    assertTrue(failure.getMessage().endsWith("another repository"));
  }

  @Test
  void aPageThatRepeatsTheOneBeforeIsFoundOut() {
    emulator
        .faults()
        .setTagListPages("shop/app", "{\"tags\":[\"a\",\"b\"]}", "{\"tags\":[\"a\",\"b\"]}");

    var failure = assertThrows(
        InvalidResponseException.class,
        () -> registry.listTags(APP, ListTagsOptions.defaults()).toList());

    assertEquals(
        "list tags of shop/app failed: page 2 repeats the page before", failure.getMessage());
  }
}
