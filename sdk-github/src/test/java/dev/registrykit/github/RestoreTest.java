package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Somebody brought it back meanwhile, and gave it another tag. */
  @Test
  void aPlaceholderWithoutItsOriginalStaysWhereItHasAnotherTag() {
    registry.deleteTag(APP, "1.0");
    registry.deleteTag(APP, "latest", FORCE);
    emulator.beforeNext(
        "GET",
        MANIFESTS + digest,
        () -> emulator.moveTag(PATH, "copied", emulator.tags(PATH).get("1.0")));

    assertThrows(NotFoundException.class, () -> registry.restoreTagVersion(APP, "1.0"));

    assertEquals(Set.of("1.0", "2.0", "copied"), emulator.tags(PATH).keySet());
  }

  @Test
  void aPlaceholderWithoutItsOriginalThatAnotherDeletesIsNoMissingPermission() {
    registry.deleteTag(APP, "1.0");
    registry.deleteTag(APP, "latest", FORCE);
    try (GithubRegistry another = builder().build()) {
      emulator.beforeNext("DELETE", "", () -> another.deleteTag(APP, "1.0"));

      assertThrows(NotFoundException.class, () -> registry.restoreTagVersion(APP, "1.0"));
    }

    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void whoMayNotDeleteSuchAPlaceholderHearsThat() {
    registry.deleteTag(APP, "1.0");
    registry.deleteTag(APP, "latest", FORCE);
    emulator.failNext("DELETE", "", 1, Fault.json(404, """
        {"message": "Package not found.",
         "documentation_url": "https://docs.github.com/rest/packages/packages"}
        """));

    assertThrows(
        dev.registrykit.PermissionDeniedException.class,
        () -> registry.restoreTagVersion(APP, "1.0"));

    assertTrue(emulator.tagNames(PATH).contains("1.0"));
  }

  @Test
  void ofSeveralVersionsThatHadTheTagTheOneThatWasDeletedLastComesBack() {
    String[] digests = new String[3];
    for (int i = 0; i < digests.length; i++) {
      digests[i] = emulator.addTag(PATH, "3.0", TagContent.of("content " + i)).digest();
    }
    for (int i : new int[] {0, 2, 1}) {
      emulator.moveTag(PATH, "3.0", digests[i]);
      registry.deleteTag(APP, "3.0", FORCE);
      time.advance(Duration.ofMinutes(1));
    }
    registry.deleteTag(APP, "1.0", FORCE); // later still, and without that tag

    assertEquals(digests[1], registry.restoreTagVersion(APP, "3.0"));

    assertEquals(digests[1], emulator.tags(PATH).get("3.0"));
  }

  @Test
  void aManifestThatCanBeReadOnlyAWhileLaterIsWaitedFor() {
    registry.deleteTag(APP, "1.0", FORCE);
    Fault unknown = Fault.json(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
    emulator.failNext("GET", MANIFESTS + digest, 2, unknown);

    assertEquals(digest, registry.restoreTagVersion(APP, "1.0"));

    assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), time.sleeps());
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aManifestThatCanNeverBeReadIsNoSuccess() {
    registry.deleteTag(APP, "1.0", FORCE);
    Fault unknown = Fault.json(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
    emulator.failNext("GET", MANIFESTS + digest, 1_000, unknown);

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.restoreTagVersion(APP, "1.0"));

    assertTrue(e.getMessage().contains("its manifest cannot be read"), e::getMessage);
    assertInstanceOf(NotFoundException.class, e.getCause());
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
