package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a 404 proves: nothing by itself. Either the API says in a form of its own that the image or the
 * tag is missing, or another answer of its own shows it. The bodies are synthetic.
 */
class AbsenceTest extends BlaxelTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions LENIENT = STRICT.ignoringMissing();
  private static final String DELETE = "DELETE /images/sandbox/app/tags/1.0";
  private static final String LOOK_UP_TAG = lookUpTag("sandbox/app", "1.0");
  private static final String LOOK_UP_IMAGE = "GET /images" + FIRST_PAGE + "&q=app";

  /** Bodies of others, and words of the API that leave open what is missing. */
  static Stream<String> thatProveNothing() {
    return Stream.of(
        "",
        " ",
        "{}",
        "null",
        "404",
        "{\"message\":\"Not Found\"}",
        "{\"timestamp\":\"2026-11-21T12:00:00Z\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/v0/images/sandbox/app\"}",
        "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"message\":\"No static resource images/sandbox/app. Image not found\"}",
        "{\"message\":\"no Route matched with those values\"}",
        "{\"error\":\"Cannot GET /v0/images/sandbox/app/tags: not found\",\"code\":404}",
        "{\"error\":\"Not found\",\"code\":404}",
        "{\"error\":\"Image not found\",\"code\":403}",
        "{\"error\":\"Image not found in this workspace\",\"code\":404}",
        "{\"error\":\"Workspace not found\",\"code\":404}",
        "{\"error\":\"Image is being moved\",\"code\":404}",
        "{\"error\":{\"code\":404,\"message\":\"Image not found\"}}",
        "{\"error\":{\"code\":\"ROUTE_NOT_FOUND\",\"message\":\"Route not found\"}}",
        "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"image unknown\"}]}",
        "default backend - 404",
        "404 page not found",
        "image not found",
        "<html>Image not found</html>");
  }

  @BeforeEach
  void addTag() {
    emulator.addTag("sandbox/app", "1.0");
  }

  private void assertProvesNothing(Executable call) {
    var failure = assertThrows(NotFoundException.class, call);
    assertEquals(NotFoundException.class, failure.getClass(), failure.toString());
    assertEquals(404, failure.statusCode());
  }

  @ParameterizedTest
  @MethodSource("thatProveNothing")
  void whatIsThereIsNeverAbsent(String body) {
    for (Executable call : List.<Executable>of(
        () -> registry.deleteTag(APP, "1.0", LENIENT),
        () -> registry.deleteImage(APP, LENIENT),
        () -> registry.findTag(APP, "1.0"),
        () -> registry.getImage(APP),
        () -> registry.listTags(APP).toList(),
        () -> registry.listShares(APP),
        () -> registry.shareImage(APP, "other"),
        () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()))) {
      emulator.failNext(Fault.json(404, body));
      assertProvesNothing(call);
    }
    assertEquals(List.of("1.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void anImageIsFoundAmongOthersOfItsName() {
    emulator.addImage("agent/app");
    emulator.failNext(Fault.status(404));

    assertProvesNothing(() -> registry.deleteImage(APP, LENIENT));

    assertEquals(LOOK_UP_IMAGE, sent().get(1));
  }

  @ParameterizedTest
  @MethodSource("thatProveNothing")
  void whereEverythingIsAnsweredSoNothingIsAbsent(String body) {
    emulator.failAll(Fault.json(404, body));

    assertProvesNothing(() -> registry.deleteTag(APP, "1.0", LENIENT));
    assertProvesNothing(() -> registry.deleteImage(APP, LENIENT));
    assertProvesNothing(() -> registry.findTag(APP, "1.0"));
    assertProvesNothing(() -> registry.listTags(APP).toList());
    assertProvesNothing(() -> registry.listImages().toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"Tag not found\",\"code\":404}",
        "{\"code\":\"TAG_NOT_FOUND\",\"message\":\"no\",\"status_code\":404}",
        "{\"code\":\"X\",\"message\":\"Tag 1.0 does not exist\"}",
        "{\"error\":{\"code\":\"TAG_NOT_FOUND\",\"message\":\"The tag is unknown\"}}"
      })
  void theWordsOfTheApiProveItInOneRequest(String body) {
    emulator.failNext(Fault.json(404, body));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0", LENIENT).outcome());

    emulator.failNext(Fault.json(404, body));
    var failure = assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(404, failure.statusCode());
    assertSent(DELETE, DELETE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"message\":\"Not Found\"}", "{\"error\":\"Not found\",\"code\":404}"})
  void aTagThatTheListLacksIsProvedAbsent(String body) {
    emulator.failNext("DELETE", "", 2, Fault.json(404, body));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "3.0"));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "3.0", LENIENT).outcome());
    assertEquals(
        List.of("DELETE /images/sandbox/app/tags/3.0", lookUpTag("sandbox/app", "3.0")),
        sent().subList(0, 2));
    assertEquals(4, emulator.requestCount());
  }

  @Test
  void theOlderGenerationLooksIntoTheImage() {
    older();
    emulator.failNext("DELETE", "", 2, Fault.json(404, ""));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "3.0"));
    assertProvesNothing(() -> registry.deleteTag(APP, "1.0", LENIENT));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anImageThatTheListLacksIsProvedAbsent(boolean isOlder) {
    ImageRef missing = ImageRef.of("sandbox/missing");
    emulator.addImage("sandbox/missing-not");
    emulator.addImage("agent/missing");
    emulator.addSharedImage("owner", "sandbox/missing", "v1");
    if (isOlder) {
      older();
    }
    for (Executable call : List.<Executable>of(
        () -> registry.getImage(missing),
        () -> registry.describeImage(missing),
        () -> registry.listTags(missing).toList(),
        () -> registry.listShares(missing),
        () -> registry.deleteImage(missing, STRICT))) {
      emulator.failNext(Fault.json(404, ""));
      var failure = assertThrows(ImageNotFoundException.class, call);
      assertEquals(missing, failure.image());
      assertEquals(404, failure.statusCode());
    }
    emulator.failNext(Fault.json(404, ""));
    assertEquals(Optional.empty(), registry.findTag(missing, "1.0"));
  }

  @Test
  void anImageThatIsListedWithoutItsTypeMayBeTheOne() {
    emulator.failNext(Fault.json(404, ""));
    answerNext("{\"data\":[{\"metadata\":{\"name\":\"gone\"}}],\"meta\":{\"hasMore\":false}}");

    assertProvesNothing(() -> registry.getImage(ImageRef.of("sandbox/gone")));
  }

  @Test
  void anImageIsLookedForOnAllPages() {
    emulator.failNext(Fault.json(404, ""));
    answerNext("{\"data\":[],\"meta\":{\"hasMore\":true,\"nextCursor\":\"x\"}}");
    answerNext(text(
        "{\"data\":[{\"metadata\":{\"name\":\"app\",\"resourceType\":\"sandbox\"}}],",
        "\"meta\":{\"hasMore\":false}}"));

    assertProvesNothing(() -> registry.getImage(APP));
    assertEquals(List.of("GET /images/sandbox/app", LOOK_UP_IMAGE), sent().subList(0, 2));
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void aMissingImageIsToldFromAMissingTagByAsking() {
    ImageRef missing = ImageRef.of("sandbox/missing");

    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.deleteTag(missing, "1.0"));

    assertEquals(missing, failure.image());
    assertEquals("delete tag 1.0 of sandbox/missing", failure.operation());
    assertSent("DELETE /images/sandbox/missing/tags/1.0", lookUpTag("sandbox/missing", "1.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"image or tag not found\",\"code\":404}",
        "{\"error\":\"Image app:3.0 not found\",\"code\":404}"
      })
  void wordsThatDoNotTellWhichAreLookedInto(String body) {
    emulator.failNext("DELETE", "", 1, Fault.json(404, body));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "3.0"));
    assertSent("DELETE /images/sandbox/app/tags/3.0", lookUpTag("sandbox/app", "3.0"));
  }

  @Test
  void aRefusalThatTheListContradictsProvesNothing() {
    emulator.failNext(Fault.json(404, "{\"error\":\"image or tag not found\",\"code\":404}"));

    assertProvesNothing(() -> registry.deleteTag(APP, "1.0"));
    assertSent(DELETE, LOOK_UP_TAG);
  }

  @Test
  void aLookUpThatFailsProvesNothing() {
    emulator.failNext("GET", "", 1, Fault.status(403));
    emulator.failNext("DELETE", "", 1, Fault.json(404, ""));

    var failure =
        assertThrows(NotFoundException.class, () -> registry.deleteTag(APP, "3.0", LENIENT));

    assertEquals(NotFoundException.class, failure.getClass());
    assertEquals(PermissionDeniedException.class, failure.getSuppressed()[0].getClass());
  }

  @Test
  void anInterruptDuringTheLookUpIsNoAnswer() {
    emulator.failNext("DELETE", "", 1, Fault.json(404, ""));
    emulator.failNext("GET", "", 1, Fault.status(503));
    time.duringSleep(() -> Thread.currentThread().interrupt());

    var failure = assertThrows(
        RegistryInterruptedException.class, () -> registry.deleteTag(APP, "3.0", LENIENT));

    assertTrue(Thread.interrupted());
    assertTrue(
        Stream.of(failure.getSuppressed()).anyMatch(e -> e.getClass() == NotFoundException.class));
  }

  // Lost answers

  @Test
  void aRepetitionThatAnotherAnswersIsDoneOnlyIfTheTagIsGone() {
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());
    emulator.failNext("DELETE", "", 1, Fault.json(404, "{\"message\":\"Not Found\"}"));

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
    assertSent(DELETE, DELETE, LOOK_UP_TAG);
  }

  @Test
  void aRepetitionThatAnotherAnswersIsNotDoneIfTheTagIsThere() {
    emulator.failNext("DELETE", "", 1, Fault.status(503));
    emulator.failNext("DELETE", "", 1, Fault.json(404, "{\"message\":\"Not Found\"}"));

    var failure =
        assertThrows(NotFoundException.class, () -> registry.deleteTag(APP, "1.0", LENIENT));

    assertEquals(NotFoundException.class, failure.getClass());
    assertTrue(failure.mayHaveTakenEffect());
    assertSent(DELETE, DELETE, LOOK_UP_TAG);
  }

  @Test
  void aShareIsGoneOnlyIfTheListLacksIt() {
    registry.shareImage(APP, "other");
    emulator.failNext("DELETE", "", 1, Fault.status(503));
    emulator.failNext("DELETE", "", 1, Fault.json(404, "{\"message\":\"Not Found\"}"));

    assertProvesNothing(() -> registry.unshareImage(APP, "other"));

    emulator.clearRequests();
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());
    registry.unshareImage(APP, "other");
    assertSent(
        "DELETE /images/sandbox/app/share/other",
        "DELETE /images/sandbox/app/share/other",
        "GET /images/sandbox/app/share");
  }

  // What cannot be looked up

  @Test
  void anImageOfAnotherWorkspaceIsAbsentByTheWordsOfTheApiAlone() {
    emulator.failNext(Fault.json(404, ""));
    assertProvesNothing(() -> registry.describeSharedImage(APP, "owner"));
    assertThrows(ImageNotFoundException.class, () -> registry.describeSharedImage(APP, "owner"));
    assertEquals(2, emulator.requestCount());
  }
}
