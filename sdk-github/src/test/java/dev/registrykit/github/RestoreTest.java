package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bringing back what was deleted. */
class RestoreTest extends GithubTest {

  private static final DeleteOptions FORCE = DeleteOptions.defaults().withForce();

  private String digest;
  private Map<String, String> before;

  @BeforeEach
  void addTags() {
    digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.addTag(PATH, "2.0");
    before = emulator.tags(PATH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aVersionComesBackWithItsTagsWhetherGithubBringsThemOrNot(boolean brought) {
    emulator.faults().setRestoreBringsTags(brought);
    String version = VERSIONS + "/" + idOf(digest);
    registry.deleteTag(APP, "1.0", FORCE);
    emulator.clearRequests();

    assertEquals(digest, registry.restoreTagVersion(APP, "1.0"));

    assertEquals(before, emulator.tags(PATH));
    assertTrue(sent().contains(LIST + "&state=deleted"), sent()::toString);
    assertTrue(sent().contains("POST " + version + "/restore"), sent()::toString);
  }

  @Test
  void aTagThatWentByAPlaceholderComesBackOnWhatItPointedTo() {
    registry.deleteTag(APP, "1.0");

    assertEquals(digest, registry.restoreTagVersion(APP, "1.0"));

    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aPlaceholderWhoseOriginalIsGoneIsDeletedAgain() {
    registry.deleteTag(APP, "1.0");
    registry.deleteTag(APP, "latest", FORCE);

    NotFoundException e =
        assertThrows(NotFoundException.class, () -> registry.restoreTagVersion(APP, "1.0"));

    assertTrue(e.getMessage().contains(digest), e::getMessage);
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void aTagThatAnotherPushedSinceStaysAsItIs() {
    registry.deleteTag(APP, "1.0", FORCE);
    String pushed = emulator.addTag(PATH, "latest").digest();

    registry.restoreTagVersion(APP, "1.0");

    assertEquals(pushed, emulator.tags(PATH).get("latest"));
    assertEquals(digest, emulator.tags(PATH).get("1.0"));
  }

  @Test
  void aTagThatIsThereIsNotRestored() {
    assertThrows(ConflictException.class, () -> registry.restoreTagVersion(APP, "1.0"));

    assertTrue(
        emulator.requests().stream().noneMatch(request -> request.method().equals("POST")));
  }

  @Test
  void aTagThatNoDeletedVersionHadIsMissing() {
    assertThrows(TagNotFoundException.class, () -> registry.restoreTagVersion(APP, "3.0"));
  }

  @Test
  void anImageComesBack() {
    registry.deleteImage(APP, DeleteOptions.defaults());
    assertEquals(List.of(), emulator.tagNames(PATH));
    emulator.clearRequests();

    registry.restoreImage(APP);

    assertEquals(before, emulator.tags(PATH));
    assertSent("POST /orgs/octo-org/packages/container/app/restore");
  }

  @Test
  void theLostAnswerOfARestorationIsFoundDone() {
    registry.deleteImage(APP, DeleteOptions.defaults());
    emulator.failNext("POST", "", 1, Fault.lostAnswer());
    emulator.clearRequests();

    registry.restoreImage(APP);

    assertEquals(before, emulator.tags(PATH));
    assertSent(
        "POST /orgs/octo-org/packages/container/app/restore",
        "GET /orgs/octo-org/packages/container/app");
  }

  @Test
  void anImageThatIsThereIsNotRestored() {
    assertThrows(ConflictException.class, () -> registry.restoreImage(APP));
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void anImageThatWasNotDeletedIsMissing() {
    ImageNotFoundException e = assertThrows(
        ImageNotFoundException.class, () -> registry.restoreImage(ImageRef.of("octo-org/none")));

    assertTrue(e.getMessage().contains("write:packages"), e::getMessage);
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.restoreImage(ImageRef.parse("octo-org/app:1.0")));
  }

  @Test
  void whoMayNotRestoreHearsWhatItTakes() {
    registry.deleteTag(APP, "1.0", FORCE);
    use(builder(TokenKind.WORKFLOW_WITHOUT_ADMIN));

    dev.registrykit.PermissionDeniedException e = assertThrows(
        dev.registrykit.PermissionDeniedException.class,
        () -> registry.restoreTagVersion(APP, "1.0"));

    assertTrue(e.getMessage().contains("Manage Actions access"), e::getMessage);
    assertFalse(emulator.tagNames(PATH).contains("1.0"));
  }
}
