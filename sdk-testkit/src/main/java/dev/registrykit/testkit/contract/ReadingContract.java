package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Reading one tag or one image. */
abstract class ReadingContract extends ContractTheme {

  ReadingContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @Test
  void aTagIsReadAsFullyAsTheProviderCan() {
    Instant later = NOON.plusSeconds(60);
    Optional<String> digest = fixture().addTag(app(), "1.0", "content", NOON, later);

    Tag tag = registry().getTag(app(), "1.0");

    assertEquals(app(), tag.image());
    assertEquals("1.0", tag.name());
    assertEquals(
        digest.filter(d -> registry().supports(Feature.TAG_DIGEST)), tag.digest(), "digest");
    assertEquals(ifSupported(Feature.TAG_CREATED_AT, NOON), tag.createdAt(), "created");
    assertEquals(ifSupported(Feature.TAG_UPDATED_AT, later), tag.updatedAt(), "updated");
    assertEquals(tag.updatedAt().or(tag::createdAt), tag.changedAt(), "changed");
    assertEquals(registry().supports(Feature.TAG_SIZE), tag.sizeBytes().isPresent(), "a size?");
  }

  @Test
  void findingATagReadsIt() {
    addTags("1.0");

    assertEquals(Optional.of(registry().getTag(app(), "1.0")), registry().findTag(app(), "1.0"));
  }

  @Test
  void aReferenceMayNameTheTagAskedFor() {
    addTags("1.0");

    ImageRef withTag = ImageRef.parse(app().path() + ":1.0");

    assertEquals("1.0", registry().getTag(withTag, "1.0").name());
  }

  @Test
  void aMissingTagIsNamed() {
    addTags("1.0");

    TagNotFoundException e =
        assertThrows(TagNotFoundException.class, () -> registry().getTag(app(), "2.0"));

    assertEquals(app(), e.image());
    assertEquals("2.0", e.tag());
    assertMentions(e, "2.0");
    assertMentions(e, app().path());
  }

  private static void assertMentions(NotFoundException e, String text) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(text), message);
  }

  @Test
  void aTagOfAMissingImageIsMissing() {
    addTags("1.0");
    ImageRef missing = fixture().image("missing");

    NotFoundException e =
        assertThrows(NotFoundException.class, () -> registry().getTag(missing, "1.0"));

    assertEquals(expectedForMissingImage(), e.getClass());
  }

  private Class<? extends NotFoundException> expectedForMissingImage() {
    return differs(Difference.MISSING_IMAGE_IS_MISSING_TAG)
        ? TagNotFoundException.class
        : ImageNotFoundException.class;
  }

  @Test
  void whatIsMissingIsNotFound() {
    addTags("1.0");

    assertEquals(Optional.empty(), registry().findTag(app(), "2.0"));
    assertEquals(Optional.empty(), registry().findTag(fixture().image("missing"), "1.0"));
  }

  @Test
  void aTagThatOnlyResemblesIsMissing() {
    addTags("1.0.1", "11.0", "RC-1");

    for (String name : List.of("1.0", "1", "rc-1", "RC-")) {
      assertEquals(Optional.empty(), registry().findTag(app(), name), name);
    }
  }

  @Test
  void aMovedTagIsReadAnew() {
    addTag(app(), "prod", "old");
    registry().getTag(app(), "prod");

    Optional<String> moved = addTag(app(), "prod", "new");

    assertEquals(
        moved.filter(d -> registry().supports(Feature.TAG_DIGEST)),
        registry().getTag(app(), "prod").digest());
  }

  @Test
  void anImageIsRead() {
    addTags("1.0");

    assertEquals(app(), registry().getImage(app()).ref());
  }

  @Test
  void aMissingImageIsNamed() {
    addTag(fixture().image("app-two"), "1.0", "content");

    ImageNotFoundException e =
        assertThrows(ImageNotFoundException.class, () -> registry().getImage(app()));

    assertEquals(app(), e.image());
    assertMentions(e, app().path());
  }
}
