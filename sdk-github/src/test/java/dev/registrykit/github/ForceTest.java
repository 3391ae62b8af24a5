package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleting whole versions by force. */
class ForceTest extends GithubTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCE = STRICT.withForce();

  @Test
  void forceDeletesTheVersionAndNamesItsTags() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    String other = emulator.addTag(PATH, "2.0").digest();
    String version = VERSIONS + "/" + idOf(digest);
    registry.getTag(APP, "2.0"); // logs in
    emulator.clearRequests();

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCE);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
    assertEquals(Map.of("2.0", other), emulator.tags(PATH));
    assertSent(
        LIST,
        "HEAD " + MANIFESTS + "1.0",
        "GET " + version,
        "DELETE " + version,
        "HEAD " + MANIFESTS + "1.0",
        "GET " + MANIFESTS + "1.0",
        "HEAD " + MANIFESTS + "latest",
        "GET " + MANIFESTS + "latest");
  }

  /** The first page has the tag and its sibling, which go, and the second what stays. */
  @ParameterizedTest
  @EnumSource(StrictDeletion.class)
  void whatIsLeftIsLookedForBeyondTheVersion(StrictDeletion way) {
    use(builder().strictDeletion(way));
    emulator.addTag(PATH, "2.0");
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.faults().setMaxPageSize(1);

    assertEquals(List.of("latest"), registry.deleteTag(APP, "1.0", FORCE).deletedWith());

    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void noMoreOfTheListIsReadThanTellsThatAnotherVersionIsLeft() {
    emulator.addTag(PATH, "3.0");
    emulator.addTag(PATH, "2.0");
    emulator.addTag(PATH, "1.0");
    emulator.faults().setMaxPageSize(1);

    registry.deleteTag(APP, "1.0", FORCE);

    assertEquals(
        List.of(LIST, LIST.replace("page=1&", "page=2&")),
        sent().stream().filter(line -> line.contains("?page=")).toList());
  }

  @Test
  void theLastVersionIsNotEvenAskedForThoughItHasSeveralTags() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);

    assertThrows(LastVersionException.class, () -> registry.deleteTag(APP, "1.0", FORCE));

    assertEquals(2, emulator.tagNames(PATH).size());
    assertTrue(sent().stream().noneMatch(line -> line.startsWith("DELETE ")), sent()::toString);
  }

  @Test
  void aSiblingThatAnotherPushedMeanwhileIsNotSaidToBeDeleted() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1", digest);
    emulator.moveTag(PATH, "latest", digest);
    String other = emulator.addTag(PATH, "2.0").digest();
    emulator.beforeNext("DELETE", VERSIONS, () -> emulator.moveTag(PATH, "latest", other));

    assertEquals(List.of("1"), registry.deleteTag(APP, "1.0", FORCE).deletedWith());

    assertEquals(Map.of("2.0", other, "latest", other), emulator.tags(PATH));
  }

  /** As GitHub's users report, all tags of a version go with it. */
  @Test
  void whereNobodyCanLookAfterwardsItIsAcceptedAndAllSiblingsAreNamed() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.addTag(PATH, "2.0");
    emulator.beforeNext(
        "DELETE", VERSIONS, () -> emulator.failNext("HEAD", "", 1_000, Fault.status(503)));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCE);

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, digest).withDeleted(List.of("latest")), result);
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void whereNobodyCanLookAfterARefusalItStands() {
    emulator.addTag(PATH, "1.0");
    emulator.addTag(PATH, "2.0");
    use(builder(TokenKind.CLASSIC_WITHOUT_ADMIN));
    emulator.beforeNext(
        "DELETE", VERSIONS, () -> emulator.failNext("HEAD", "", 1_000, Fault.status(503)));

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "1.0", FORCE));

    assertEquals(404, e.statusCode());
    assertEquals(1, e.getSuppressed().length);
    assertInstanceOf(NotFoundException.class, e.getSuppressed()[0]);
  }

  @Test
  void theLostAnswerOfAForcedDeletionIsFoundDone() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.addTag(PATH, "2.0");
    emulator.failNext("DELETE", "", 1, Fault.status(500).afterwards());

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCE);

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertEquals(List.of("latest"), result.deletedWith());
  }

  @Test
  void whatWasDownloadedTooOftenSaysTheWayOut() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.faults().setPublic(PATH, true);
    emulator.faults().setDownloads(PATH, digest, 5_001);

    DownloadLimitException e =
        assertThrows(DownloadLimitException.class, () -> registry.deleteTag(APP, "1.0", FORCE));

    assertEquals(400, e.statusCode());
    assertTrue(e.getMessage().contains("private in its settings"), e::getMessage);
    assertTrue(emulator.tagNames(PATH).contains("1.0"));
    assertThrows(DownloadLimitException.class, () -> registry.deleteImage(APP, STRICT));
  }

  /** The placeholder has no downloads of its own. */
  @Test
  void whatWasDownloadedTooOftenLosesATagAllTheSame() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.faults().setPublic(PATH, true);
    emulator.faults().setDownloads(PATH, digest, 5_001);

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertTrue(emulator.manifests(PATH).contains(digest));
  }

  @ParameterizedTest
  @CsvSource({
    "WORKFLOW_WITHOUT_ADMIN, Manage Actions access, 403",
    "CLASSIC_WITHOUT_ADMIN, the role Admin for the package, 404",
    "CLASSIC_READ_ONLY, this one has read:packages, 403"
  })
  void aMissingPermissionSaysWhatTheTokenNeeds(TokenKind token, String advice, int status) {
    emulator.addTag(PATH, "1.0");
    emulator.addTag(PATH, "2.0");
    use(builder(token));

    PermissionDeniedException e = assertThrows(
        PermissionDeniedException.class,
        () -> registry.deleteTag(APP, "1.0", FORCE.ignoringMissing()));

    assertTrue(e.getMessage().contains(advice), e::getMessage);
    assertEquals(status, e.statusCode());
    assertEquals(2, emulator.tagNames(PATH).size());
    PermissionDeniedException ofImage = assertThrows(
        PermissionDeniedException.class, () -> registry.deleteImage(APP, STRICT.ignoringMissing()));
    assertTrue(ofImage.getMessage().contains(advice), ofImage::getMessage);
    assertEquals(2, emulator.tagNames(PATH).size());
  }
}
