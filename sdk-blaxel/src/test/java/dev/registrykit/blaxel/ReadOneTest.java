package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading one tag or one image by its name. */
class ReadOneTest extends BlaxelTest {

  @Test
  void aTagCostsOneRequest() {
    emulator.addTags("sandbox/app", 300);

    Tag tag = registry.getTag(APP, "t-000299");

    assertEquals("t-000299", tag.name());
    assertEquals(OptionalLong.of(5L * 1024 * 1024), tag.sizeBytes());
    assertSent(lookUpTag("sandbox/app", "t-000299"));
  }

  @Test
  void aTagIsFoundBehindEmptyPages() {
    emulator.faults().setEmptyPagesBetween(true);
    emulator.addTag("sandbox/app", "1.0");

    assertEquals("1.0", registry.getTag(APP, "1.0").name());
  }

  @Test
  void aMissingTagIsNamed() {
    emulator.addImage("sandbox/app");

    var failure = assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertEquals(APP, failure.image());
    assertEquals("1.0", failure.tag());
    assertEquals("get tag 1.0 of sandbox/app failed: there is no such tag", failure.getMessage());
    assertEquals(0, failure.statusCode());
  }

  @Test
  void aTagOfAMissingImageIsAMissingImage() {
    assertThrows(ImageNotFoundException.class, () -> registry.getTag(APP, "1.0"));
    assertThrows(ImageNotFoundException.class, () -> older().getTag(APP, "1.0"));
  }

  @Test
  void findTagIsEmptyForAMissingTagOrImage() {
    emulator.addImage("sandbox/app");

    assertEquals(Optional.empty(), registry.findTag(APP, "1.0"));
    assertEquals(Optional.empty(), registry.findTag(ImageRef.of("sandbox/other"), "1.0"));
  }

  @Test
  void findTagDoesNotTakeAWrongAddressForAMissingTag() {
    try (BlaxelRegistry lost = builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var failure = assertThrows(NotFoundException.class, () -> lost.findTag(APP, "1.0"));

      assertEquals(NotFoundException.class, failure.getClass());
    }
  }

  @Test
  void aServerThatIgnoresTheNameDoesNotMisleadAReader() {
    answerNext("{\"data\":[{\"name\":\"2.0\"}],\"meta\":{\"hasMore\":false}}");

    assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    answerNext(text(
        "{\"data\":[{\"name\":\"2.0\"}],",
        "\"meta\":{\"hasMore\":true,\"nextCursor\":\"a+/b=\"}}"));
    answerNext("{\"data\":[{\"name\":\"1.0\"}],\"meta\":{\"hasMore\":false}}");

    assertEquals("1.0", registry.getTag(APP, "1.0").name());
    assertEquals(
        "cursor=a%2B%2Fb%3D&limit=100&sort=name%3Aasc&name=1.0", lastRequest().rawQuery());
  }

  @Test
  void theOlderGenerationReadsATagFromItsImage() {
    emulator.addTag("sandbox/app", "1.0");

    assertEquals("1.0", older().getTag(APP, "1.0").name());
    assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "2.0"));
    assertSent("GET /images/sandbox/app", "GET /images/sandbox/app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".x", "a/b", "a b", "a\nb", "ü", "a:b"})
  void whatIsNoTagIsRefusedBeforeAnythingIsSent(String tag) {
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(APP, tag));
    assertThrows(IllegalArgumentException.class, () -> registry.findTag(APP, tag));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(APP, tag));
    assertNothingSent();
  }

  @Test
  void aReferenceToAHostIsOfAnotherRegistry() {
    ImageRef image = ImageRef.parse("us.registry.blaxel.ai/acme/app");

    assertThrows(IllegalArgumentException.class, () -> registry.getImage(image));
    assertNothingSent();
  }

  @Test
  void anImageCostsOneRequest() {
    emulator.addTag("sandbox/app", "1.0");

    Image image = registry.getImage(ImageRef.of("sandboxes/app"));

    assertEquals(APP, image.ref());
    assertEquals("BUILT", image.status().text());
    assertSent("GET /images/sandbox/app");
  }

  @Test
  void theOlderGenerationReadsTheSameImage() {
    emulator.addTag("sandbox/app", "1.0");

    assertEquals(registry.getImage(APP), older().getImage(APP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEW_STATE", "built", "ARCHIVING", "x y"})
  void anUnknownStateKeepsItsText(String status) {
    emulator.setStatus("sandbox/app", status);

    assertEquals(status, registry.getImage(APP).status().text());
  }

  @Test
  void whatTheServiceLeavesOutIsEmpty() {
    answerNext("{\"metadata\":{\"name\":\"app\",\"status\":\"FAILED\"}}");

    Image image = registry.getImage(APP);

    assertEquals(OptionalLong.empty(), image.sizeBytes());
    assertEquals(Optional.empty(), image.createdAt());
    assertEquals("FAILED", image.status().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<string>", "yesterday", "2026-09-22", "2026-02-30T00:00:00Z", "0"})
  void aDateThatCannotBeReadIsAnErrorThatNamesTheThing(String date) {
    String image = "{\"metadata\":{\"name\":\"app\",\"resourceType\":\"sandbox\",\"createdAt\":\""
        + date + "\"}}";
    answerNext(image);
    answerNext("{\"data\":[" + image + "],\"meta\":{\"hasMore\":false}}");
    answerNext(text(
        "{\"data\":[{\"name\":\"1.0\"},{\"name\":\"2.0\",\"updatedAt\":\"" + date,
        "\"}],\"meta\":{\"hasMore\":false}}"));

    assertEquals(
        "get image sandbox/app failed: the registry sent no valid date as createdAt of image"
            + " sandbox/app",
        assertThrows(InvalidResponseException.class, () -> registry.getImage(APP))
            .getMessage());
    assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());
    assertEquals(
        "list tags of sandbox/app failed: the registry sent no valid date as updatedAt of tag 2.0",
        assertThrows(
                InvalidResponseException.class, () -> registry.listTags(APP).toList())
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \"", "\"0001-01-01T00:00:00Z\""})
  void noDateIsEmpty(String date) {
    answerNext(text(
        "{\"metadata\":{\"createdAt\":" + date,
        ",\"updatedAt\":\"2026-09-22T12:00:00+02:00\"},\"spec\":{\"size\":1}}"));

    Image image = registry.getImage(APP);

    assertEquals(Optional.empty(), image.createdAt());
    assertEquals(Optional.of(Instant.parse("2026-09-22T10:00:00Z")), image.updatedAt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\":{\"name\":\"other\"}}",
        "{\"metadata\":{\"name\":\"app\",\"resourceType\":\"agent\"}}"
      })
  void anAnswerAboutAnotherImageIsInvalid(String json) {
    for (int i = 0; i < 4; i++) {
      answerNext(json);
    }
    assertThrows(InvalidResponseException.class, () -> registry.getImage(APP));
    assertThrows(InvalidResponseException.class, () -> registry.describeImage(APP));
    assertThrows(InvalidResponseException.class, () -> registry.describeSharedImage(APP, "owner"));
    assertThrows(
        InvalidResponseException.class, () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()));
  }

  @Test
  void whatHappenedToAnImageIsTold() {
    answerNext(text(
        "{\"metadata\":{\"name\":\"app\",\"events\":[null,{\"type\":\"deployment\",\"status\":\"DEPLOYED\",",
        "\"message\":\"Deployment successful\",\"revision\":\"rev-1\",\"canaryRevision\":\"rev-2\",",
        "\"time\":\"2026-01-15T10:30:00Z\"},{}]}}"));

    List<ImageEvent> events = registry.describeImage(APP).events();

    assertEquals(
        List.of(
            ImageEvent.builder()
                .type("deployment")
                .status(Status.of("DEPLOYED"))
                .message("Deployment successful")
                .revision("rev-1")
                .canaryRevision("rev-2")
                .time(Instant.parse("2026-01-15T10:30:00Z"))
                .build(),
            ImageEvent.builder().build()),
        events);
    for (String none : List.of("null", "[]")) {
      answerNext("{\"metadata\":{\"events\":" + none + "}}");
      assertEquals(List.of(), registry.describeImage(APP).events());
    }
  }

  @Test
  void anImageIsDescribed() {
    emulator.addTags("sandbox/app", 3);

    BlaxelImage image = registry.describeImage(APP);

    assertEquals(OptionalLong.of(3), image.tagCount());
    assertEquals(Optional.empty(), image.sourceWorkspace());
    assertEquals(OptionalLong.of(3), older().describeImage(APP).tagCount());
  }

  @Test
  void aSharedImageIsDescribedWithItsOwner() {
    emulator.addSharedImage("owner", "sandbox/app", "v1");

    BlaxelImage image = registry.describeSharedImage(APP, "owner");

    assertEquals(Optional.of("owner"), image.sourceWorkspace());
    assertSent("GET /images/sandbox/app?sourceWorkspace=owner");
    assertThrows(ImageNotFoundException.class, () -> registry.describeImage(APP));
    assertThrows(
        UnsupportedFeatureException.class, () -> older().describeSharedImage(APP, "owner"));
  }

  @Test
  void namesAreSentAsTheyAre() {
    ImageRef image = ImageRef.of("sandbox/a.b_c-d--E");

    assertThrows(ImageNotFoundException.class, () -> registry.getImage(image));

    assertEquals(List.of("GET /images/sandbox/a.b_c-d--E"), sent());
  }

  @Test
  void aMissingImageIsNamed() {
    var failure = assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));

    assertEquals(APP, failure.image());
    assertEquals(404, failure.statusCode());
  }
}
