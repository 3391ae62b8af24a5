package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TagAndImageTest {

  private static final ImageRef APP = ImageRef.of("ns/app");
  private static final Instant CREATED = Instant.parse("2022-03-22T12:34:56.965978759Z");
  private static final Instant UPDATED = Instant.parse("2022-03-23T12:34:56Z");

  @Test
  void aTagOfNothingButANameHasNothingElse() {
    Tag tag = Tag.builder(APP, "1.2").build();

    assertEquals(APP, tag.image());
    assertEquals("1.2", tag.name());
    assertEquals(Optional.empty(), tag.digest());
    assertEquals(Optional.empty(), tag.createdAt());
    assertEquals(Optional.empty(), tag.updatedAt());
    assertEquals(OptionalLong.empty(), tag.sizeBytes());
    assertEquals(Status.UNKNOWN, tag.status());
    assertEquals(Optional.empty(), tag.providerId());
  }

  @Test
  void aTagKeepsAllItIsGiven() {
    Tag tag = fullTag().build();

    assertEquals(Optional.of("sha256:1"), tag.digest());
    assertEquals(Optional.of(CREATED), tag.createdAt());
    assertEquals(Optional.of(UPDATED), tag.updatedAt());
    assertEquals(OptionalLong.of(3_000_000_000L), tag.sizeBytes());
    assertEquals(Status.READY, tag.status());
    assertEquals(Optional.of("id-1"), tag.providerId());
    assertEquals("ns/app:1.2@sha256:1", tag.toString());
  }

  @Test
  void aTagWasChangedWhenItWasUpdatedElseCreated() {
    assertEquals(Optional.of(UPDATED), fullTag().build().changedAt());
    assertEquals(Optional.of(CREATED), fullTag().updatedAt(null).build().changedAt());
    assertEquals(Optional.empty(), Tag.builder(APP, "1.2").build().changedAt());
  }

  static Stream<Tag.Builder> otherTags() {
    return Stream.of(
        Tag.builder(ImageRef.of("ns/other"), "1.2"),
        Tag.builder(APP, "1.3"),
        fullTag().digest(null),
        fullTag().createdAt(UPDATED),
        fullTag().updatedAt(null),
        fullTag().sizeBytes(1L),
        fullTag().status(Status.LOCKED),
        fullTag().providerId("id-2"));
  }

  @ParameterizedTest
  @MethodSource("otherTags")
  void tagsDifferByEachPart(Tag.Builder other) {
    assertNotEquals(fullTag().build(), other.build());
  }

  @Test
  void tagsOfEqualPartsAreEqual() {
    assertEquals(fullTag().build(), fullTag().build());
    assertEquals(fullTag().build().hashCode(), fullTag().build().hashCode());
  }

  @Test
  void aTagOfAnUnknownStateIsOneOfNothingButAName() {
    Tag tag = Tag.builder(APP, "1.2").status(Status.UNKNOWN).build();

    assertEquals(Tag.builder(APP, "1.2").build(), tag);
    assertEquals(Tag.builder(APP, "1.2").build().hashCode(), tag.hashCode());
  }

  @Test
  void aStateThatIsCalledUnknownKeepsItsText() {
    assertEquals(
        "Unknown",
        Tag.builder(APP, "1.2").status(Status.of("Unknown")).build().status().text());
  }

  @Test
  void aTagNamesItsImageByThePathAlone() {
    assertEquals(
        APP, Tag.builder(ImageRef.parse("docker.io/ns/app:9"), "1.2").build().image());
  }

  @Test
  void aBuilderThatGoesOnLeavesTheTagAsItWas() {
    Tag.Builder builder = fullTag();
    Tag tag = builder.build();
    builder.digest("sha256:2");

    assertEquals(Optional.of("sha256:1"), tag.digest());
  }

  @Test
  void anImageOfNothingButAPathHasNothingElse() {
    Image image = Image.builder(ImageRef.parse("docker.io/ns/app:9")).build();

    assertEquals(APP, image.ref());
    assertEquals(Optional.empty(), image.createdAt());
    assertEquals(Optional.empty(), image.updatedAt());
    assertEquals(OptionalLong.empty(), image.sizeBytes());
    assertEquals(Status.UNKNOWN, image.status());
    assertEquals(Optional.empty(), image.providerId());
    assertEquals("ns/app", image.toString());
  }

  @Test
  void anImageKeepsAllItIsGiven() {
    Image image = fullImage().build();

    assertEquals(Optional.of(CREATED), image.createdAt());
    assertEquals(Optional.of(UPDATED), image.updatedAt());
    assertEquals(OptionalLong.of(5), image.sizeBytes());
    assertEquals(Status.DELETING, image.status());
    assertEquals(Optional.of("id-1"), image.providerId());
  }

  static Stream<Image.Builder> otherImages() {
    return Stream.of(
        Image.builder(ImageRef.of("ns/other")),
        fullImage().createdAt(null),
        fullImage().updatedAt(null),
        fullImage().sizeBytes(6L),
        fullImage().status(Status.READY),
        fullImage().providerId(null));
  }

  @ParameterizedTest
  @MethodSource("otherImages")
  void imagesDifferByEachPart(Image.Builder other) {
    assertNotEquals(fullImage().build(), other.build());
  }

  @Test
  void imagesOfEqualPartsAreEqual() {
    assertEquals(fullImage().build(), fullImage().build());
    assertEquals(fullImage().build().hashCode(), fullImage().build().hashCode());
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> Tag.builder(null, "1.2"));
    assertThrows(NullPointerException.class, () -> Tag.builder(APP, null));
    assertThrows(NullPointerException.class, () -> fullTag().status(null));
    assertThrows(NullPointerException.class, () -> Image.builder(null));
    assertThrows(NullPointerException.class, () -> fullImage().status(null));
  }

  private static Tag.Builder fullTag() {
    return Tag.builder(APP, "1.2")
        .digest("sha256:1")
        .createdAt(CREATED)
        .updatedAt(UPDATED)
        .sizeBytes(3_000_000_000L)
        .status(Status.READY)
        .providerId("id-1");
  }

  private static Image.Builder fullImage() {
    return Image.builder(APP)
        .createdAt(CREATED)
        .updatedAt(UPDATED)
        .sizeBytes(5L)
        .status(Status.DELETING)
        .providerId("id-1");
  }

  @Test
  void whatIsShownOfForeignTextStaysOnOneLine() {
    Tag tag = Tag.builder(APP, "a\n\u001b[2J\u2028").digest("d\re").build();

    assertEquals(APP + ":a??[2J?@d?e", tag.toString());
    assertEquals("a\n\u001b[2J\u2028", tag.name());
    assertEquals("being\tdone".replace('\t', '?'), Status.of("being\tdone").toString());
    assertEquals("being\tdone", Status.of("being\tdone").text());
    assertEquals("DELETED d?e", DeleteResult.of(DeleteOutcome.DELETED, "d\re").toString());
  }
}
