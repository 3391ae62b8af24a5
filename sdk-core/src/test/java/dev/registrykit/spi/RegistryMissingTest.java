package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What it means to every registry that a tag or an image is not there. */
class RegistryMissingTest {

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  static Stream<NotFoundException> missing() {
    return Stream.of(
        new TagNotFoundException(APP, "1.2", details(false)),
        new ImageNotFoundException(APP, details(false)));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void findingNothingIsEmpty(NotFoundException missing) {
    registry.failure = missing;

    assertEquals(Optional.empty(), registry.findTag(APP, "1.2"));
  }

  @Test
  void findingATagReturnsIt() {
    assertEquals(Optional.of(tag("1.2")), registry.findTag(APP, "1.2"));
  }

  @Test
  void otherRefusalsAreNotTakenForAMissingTag() {
    registry.failure = new PermissionDeniedException(details(false));

    assertThrows(PermissionDeniedException.class, () -> registry.findTag(APP, "1.2"));
    assertThrows(
        PermissionDeniedException.class,
        () -> registry.deleteTag(APP, "1.2", strict().ignoringMissing()));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void deletingWhatIsMissingIsAnError(NotFoundException missing) {
    registry.failure = missing;

    assertSame(
        missing, assertThrows(NotFoundException.class, () -> registry.deleteTag(APP, "1.2")));
    assertSame(
        missing,
        assertThrows(NotFoundException.class, () -> registry.deleteTag(tag("1.2"), strict())));
    assertSame(
        missing, assertThrows(NotFoundException.class, () -> registry.deleteImage(APP, strict())));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void deletingWhatIsMissingMayBeIgnored(NotFoundException missing) {
    registry.failure = missing;
    DeleteOptions ignoring = strict().ignoringMissing();

    assertEquals("ALREADY_ABSENT", registry.deleteTag(APP, "1.2", ignoring).toString());
    assertEquals("ALREADY_ABSENT", registry.deleteTag(tag("1.2"), ignoring).toString());
    assertEquals("ALREADY_ABSENT", registry.deleteImage(APP, ignoring).toString());
  }

  @Test
  void deletingWhatALostAnswerMayHaveDeletedIsNoError() {
    registry.failure = new TagNotFoundException(APP, "1.2", details(true));

    assertEquals("ALREADY_ABSENT", registry.deleteTag(APP, "1.2").toString());
  }

  @Test
  void aKnownTagIsDeletedAsItIs() {
    Tag known = Tag.builder(APP, "1.2").providerId("id-7").build();

    registry.deleteTag(known, strict());

    assertEquals(List.of("delete known ns/app:1.2"), registry.calls);
  }

  private static DeleteOptions strict() {
    return DeleteOptions.defaults();
  }

  private static ErrorDetails details(boolean answerWasLost) {
    return ErrorDetails.builder("delete tag 1.2 of ns/app")
        .statusCode(404)
        .answerWasLost(answerWasLost)
        .build();
  }

  private static Tag tag(String name) {
    return Tag.builder(APP, name).build();
  }
}
