package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting one tag, strictly: by a placeholder. */
class DeleteTagTest extends GithubTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  /** Adds tags that share one version, and one of another. */
  private String addNine(boolean isIndex) {
    String digest = isIndex
        ? emulator.pushIndex(
            PATH,
            "t1",
            emulator.pushImage(PATH, null, "amd64", null),
            emulator.pushImage(PATH, null, "arm64", null))
        : emulator.addTag(PATH, "t1").digest();
    IntStream.rangeClosed(2, 9).forEach(i -> emulator.moveTag(PATH, "t" + i, digest));
    emulator.addTag(PATH, "other");
    return digest;
  }

  private static Map<String, String> without(Map<String, String> tags, String tag) {
    Map<String, String> rest = new TreeMap<>(tags);
    rest.remove(tag);
    return rest;
  }

  private List<RecordedRequest> changes() {
    return emulator.requests().stream()
        .filter(request -> !List.of("GET", "HEAD").contains(request.method()))
        .toList();
  }

  @Test
  void oneTagOfSeveralGoesByAPlaceholderThatIsDeletedByItsOwnVersion() {
    String digest = addNine(false);
    registry.deleteTag(APP, "t9"); // logs in to push
    Map<String, String> before = emulator.tags(PATH);
    byte[] bytes = emulator.manifestBytes(PATH, digest);
    emulator.clearRequests();

    DeleteResult result = registry.deleteTag(APP, "t3");

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), result);
    assertEquals(without(before, "t3"), emulator.tags(PATH));
    assertArrayEquals(bytes, emulator.manifestBytes(PATH, digest));
    RecordedRequest put = changes().get(0);
    String placeholder = "sha256:" + sha256(put.body().getBytes(StandardCharsets.UTF_8));
    String version = changes().get(1).rawPath();
    List<String> expected = new ArrayList<>(List.of(
        LIST,
        "HEAD " + MANIFESTS + "t3",
        "GET " + MANIFESTS + digest,
        "HEAD " + MANIFESTS + "t3",
        "PUT " + MANIFESTS + "t3",
        LIST,
        "GET " + version,
        "DELETE " + version,
        "HEAD " + MANIFESTS + "t3",
        "GET " + MANIFESTS + "t3"));
    assertEquals(expected, sent().subList(0, expected.size()));
    List<String> looks = new ArrayList<>(sent().subList(expected.size(), sent().size()));
    looks.sort(null);
    List<String> siblings = new ArrayList<>();
    siblings.add("GET " + MANIFESTS + "t1");
    for (String tag : List.of("t2", "t4", "t5", "t6", "t7", "t8")) {
      siblings.add("HEAD " + MANIFESTS + tag);
    }
    assertEquals(siblings, looks);
    assertFalse(emulator.manifests(PATH).contains(placeholder));
    assertTrue(version.startsWith(VERSIONS + "/"), version);
  }

  @Test
  void thePlaceholderIsOfTheSameKindAndSaysWhatItStandsFor() {
    String digest = addNine(false);

    registry.deleteTag(APP, "t3");

    RecordedRequest put = changes().get(0);
    assertEquals(
        List.of("application/vnd.oci.image.manifest.v1+json"), put.headers().get("Content-Type"));
    assertTrue(put.body().contains("\"layers\":[]"), put.body());
    assertTrue(put.body().contains("\"dev.registrykit.placeholder.tag\":\"t3\""), put.body());
    assertTrue(
        put.body().contains("\"dev.registrykit.placeholder.original-digest\":\"" + digest + "\""),
        put.body());
    assertFalse(put.body().contains("subject"), put.body());
  }

  @Test
  void thePlaceholderOfASignatureHasNoSubject() {
    use(builder().strictDeletion(StrictDeletion.BY_PLACEHOLDER));
    String subject = emulator.addTag(PATH, "1.0").digest();
    String config = config(emulator.manifestBytes(PATH, "1.0"));
    String signature = emulator.putManifest(
        PATH,
        "signature",
        "application/vnd.oci.image.manifest.v1+json",
        ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + config + ",\"layers\":[],\"subject\":{\"mediaType\":\"application/vnd.oci.image"
                + ".manifest.v1+json\",\"digest\":\"" + subject + "\",\"size\":2}}")
            .getBytes(StandardCharsets.UTF_8));

    registry.deleteTag(APP, "signature");

    assertFalse(changes().get(0).body().contains("subject"));
    assertEquals(Map.of("1.0", subject), emulator.tags(PATH));
    assertTrue(emulator.manifests(PATH).contains(signature));
  }

  private static String config(byte[] manifest) {
    String text = new String(manifest, StandardCharsets.UTF_8);
    int start = text.indexOf("\"config\":") + "\"config\":".length();
    return text.substring(start, text.indexOf('}', start) + 1);
  }

  private static String sha256(byte[] bytes) {
    return dev.registrykit.testkit.Emulator.digestOf(bytes).substring("sha256:".length());
  }

  // A list that lags

  @ParameterizedTest
  @CsvSource({
    "false, 0, false",
    "false, 10, false",
    "false, 10, true",
    "true, 0, false",
    "true, 10, false",
    "true, 10, true",
    "true, 4, true"
  })
  void nineTagsOnOneVersionAreEightAfterwards(boolean isIndex, int lag, boolean isOldestFirst) {
    String digest = addNine(isIndex);
    Map<String, String> before = emulator.tags(PATH);
    List<String> manifests = emulator.manifests(PATH);
    emulator.faults().setListLag(Duration.ofSeconds(lag));
    emulator.faults().setOldestFirst(isOldestFirst);
    time.advance(Duration.ofMinutes(1));

    assertEquals(digest, registry.deleteTag(APP, "t5").digest().orElseThrow());

    assertEquals(without(before, "t5"), emulator.tags(PATH));
    assertEquals(manifests, emulator.manifests(PATH));
  }

  /** Who believed this list would delete the version, and eight tags with it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void siblingsThatTheListDoesNotShowYetSurvive(boolean isIndex) {
    String digest = isIndex
        ? emulator.pushIndex(PATH, "t1", emulator.pushImage(PATH, null, "amd64", null))
        : emulator.addTag(PATH, "t1").digest();
    emulator.addTag(PATH, "other");
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    IntStream.rangeClosed(2, 9).forEach(i -> emulator.moveTag(PATH, "t" + i, digest));
    Map<String, String> before = emulator.tags(PATH);

    registry.deleteTag(APP, "t1");

    assertEquals(without(before, "t1"), emulator.tags(PATH));
  }

  @Test
  void aTagThatTheListDoesNotShowYetIsWaitedFor() {
    emulator.addTag(PATH, "other");
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    emulator.addTag(PATH, "new");

    registry.deleteTag(APP, "new");

    assertEquals(List.of("other"), emulator.tagNames(PATH));
    assertTrue(time.slept().compareTo(Duration.ofSeconds(70)) > 0, time.slept()::toString);
  }

  @Test
  void aTagThatTheListNeverShowsIsLeftAsItIs() {
    emulator.addTag(PATH, "other");
    emulator.faults().setListLag(Duration.ofHours(1));
    String digest = emulator.addTag(PATH, "new").digest();

    ConflictException e =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "new"));

    assertTrue(e.getMessage().contains("nothing has changed"), e::getMessage);
    assertFalse(e.mayHaveTakenEffect());
    assertEquals(digest, emulator.tags(PATH).get("new"));
    assertEquals(List.of(), changes());
  }

  @Test
  void aPlaceholderThatTheListNeverShowsIsTakenBack() {
    String digest = addNine(false);
    Map<String, String> before = emulator.tags(PATH);
    emulator.faults().setListLag(Duration.ofHours(1));

    RegistryTimeoutException e =
        assertThrows(RegistryTimeoutException.class, () -> registry.deleteTag(APP, "t2"));

    assertTrue(
        e.getMessage()
            .contains("the tag points to " + digest + " again; the empty manifest sha256:"),
        e::getMessage);
    assertTrue(e.mayHaveTakenEffect());
    assertEquals(before, emulator.tags(PATH));
  }

  /** The third look reads all of the list, and then the sixth: what is new may stand at its end. */
  @ParameterizedTest
  @CsvSource({"0, 1 1 1 2 3", "2, 1 1 1 2 1 1 1 2 3"})
  void aPlaceholderFarDownTheListIsFound(int lag, String pages) {
    String digest = emulator.addTag(PATH, "t1").digest();
    emulator.moveTag(PATH, "t2", digest);
    emulator.addTag(PATH, "other");
    emulator.faults().setListLag(Duration.ofSeconds(lag));
    emulator.faults().setOldestFirst(true);
    emulator.faults().setMaxPageSize(1);
    emulator.beforeNext("PUT", "", emulator::clearRequests);

    registry.deleteTag(APP, "t1");

    assertEquals(Set.of("t2", "other"), Set.copyOf(emulator.tagNames(PATH)));
    assertEquals(
        pages,
        sent().stream()
            .filter(line -> line.startsWith("GET " + VERSIONS + "?page="))
            .map(line -> line.replaceAll(".*[?]page=([0-9]+)&.*", "$1"))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void noMoreOfTheListIsReadThanTellsThatAnotherTagIsLeft() {
    emulator.addTag(PATH, "other");
    String digest = emulator.addTag(PATH, "t1").digest();
    emulator.moveTag(PATH, "t2", digest);
    emulator.faults().setMaxPageSize(1);
    use(builder().strictDeletion(StrictDeletion.BY_PLACEHOLDER));
    List<String> first = new ArrayList<>();
    emulator.beforeNext("HEAD", MANIFESTS, () -> first.addAll(sent()));

    registry.deleteTag(APP, "t1");

    assertEquals(List.of(LIST, "HEAD " + MANIFESTS + "t1"), first);
  }

  /** A gateway that answers for itself, and passes nothing on. */
  @Test
  void aPushThatWasOnlySaidToBeDoneIsNoTimeOfWaiting() {
    String digest = addNine(false);
    Map<String, String> before = emulator.tags(PATH);
    registry.deleteTag(APP, "t9"); // logs in to push
    before.remove("t9");
    emulator.failNext("PUT", "", 1, Fault.status(201));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "t2"));

    assertTrue(e.getMessage().contains("does not point to it"), e::getMessage);
    assertEquals(digest, before.get("t2"));
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aDeletionThatWasOnlySaidToBeDoneLeavesNoPlaceholder() {
    addNine(false);
    Map<String, String> before = emulator.tags(PATH);
    emulator.failNext("DELETE", "", 1, Fault.status(204));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "t2"));

    assertTrue(e.getMessage().contains("still shows it"), e::getMessage);
    assertEquals(before, emulator.tags(PATH));
  }

  /** The deletion is done, and the registry cannot be asked for a while. */
  @Test
  void aLookThatFailsAfterTheDeletionIsRepeated() {
    addNine(false);
    registry.deleteTag(APP, "t9"); // logs in to push
    emulator.beforeNext(
        "DELETE", "", () -> emulator.failNext("HEAD", MANIFESTS + "t2", 6, Fault.status(503)));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "t2").outcome());

    assertFalse(emulator.tagNames(PATH).contains("t2"));
    assertEquals(0, emulator.pendingFaults());
  }

  @Test
  void aRegistryThatShowsTheTagAWhileLongerIsWaitedFor() {
    addNine(false);
    emulator.faults().setDeletionReads(3);

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "t2").outcome());

    assertFalse(emulator.tagNames(PATH).contains("t2"));
    assertEquals(9, emulator.tagNames(PATH).size());
  }

  // What stays

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "1.2"})
  void aSiblingThatCannotBeFoundAfterwardsIsNamed(String sibling) {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1.1", digest);
    emulator.moveTag(PATH, "1.2", digest);
    Fault missing = Fault.json(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
    emulator.beforeNext(
        "DELETE",
        VERSIONS,
        () -> emulator.failNext(
            request -> request.rawPath().equals(MANIFESTS + sibling), 10, missing));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(
        "delete tag 1.0 of octo-org/app failed: the tag is deleted, but " + sibling
            + ", which shared its digest " + digest + ", cannot be found any more",
        e.getMessage());
    assertTrue(e.mayHaveTakenEffect());
  }

  @Test
  void theManifestOfATagThatWasAloneStaysWithoutATag() {
    String part = emulator.addTag(PATH, "1.0-amd64").digest();
    String index = emulator.pushIndex(PATH, "1.0", part);

    registry.deleteTag(APP, "1.0-amd64");

    assertEquals(Map.of("1.0", index), emulator.tags(PATH));
    assertEquals(List.of(part, index), emulator.manifests(PATH));
  }

  @Test
  void theLastTagIsRefusedBeforeAnythingIsChanged() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.pushImage(PATH, null, "untagged", null);

    LastVersionException e =
        assertThrows(LastVersionException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("delete the image"), e::getMessage);
    assertEquals(List.of(), changes());
    assertEquals(Map.of("1.0", digest), emulator.tags(PATH));
    assertThrows(
        LastVersionException.class, () -> registry.deleteTag(APP, "1.0", STRICT.withForce()));
    assertEquals(List.of(), changes());
  }

  @Test
  void theLastTagIsPutBackWhereGithubItselfRefuses() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    use(builder().keepingLastTag(false).strictDeletion(StrictDeletion.BY_PLACEHOLDER));

    LastVersionException e =
        assertThrows(LastVersionException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(400, e.statusCode());
    assertTrue(e.getMessage().contains("points to " + digest + " again"), e::getMessage);
    assertEquals(Map.of("1.0", digest), emulator.tags(PATH));
  }

  // What is asked for first

  @Test
  void aMissingTagIsMissingByTheRegistrysWord() {
    emulator.addTag(PATH, "1.0");

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "2.0"));

    assertSent(LIST, "HEAD " + MANIFESTS + "2.0", "GET " + MANIFESTS + "2.0");
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteTag(APP, "2.0", STRICT.ignoringMissing()).outcome());
  }

  @Test
  void aTagOfAnotherDigestThanRequiredStays() {
    addNine(false);
    String other = emulator.tags(PATH).get("other");

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(APP, "t1", STRICT.onlyIfDigest(other)));

    assertEquals(List.of(), changes());
  }

  @Test
  void aTagIsDeletedByItsNameWhateverItsVersionWas() {
    addNine(false);
    Tag listed = registry.getTag(APP, "t1");
    emulator.moveTag(PATH, "t1", emulator.tags(PATH).get("other"));
    emulator.moveTag(PATH, "other", emulator.tags(PATH).get("t2"));

    registry.deleteTag(listed, STRICT);

    assertFalse(emulator.tagNames(PATH).contains("t1"));
    assertEquals(9, emulator.tagNames(PATH).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"t1", "1259730001", "1259730001:t2", ":t1", "0:t1", "x:t1", "1:xt1"})
  void aTagOfAnotherRegistryIsRefusedUnsent(String id) {
    addNine(false);
    Tag foreign = Tag.builder(APP, "t1").providerId(id).build();
    emulator.clearRequests();

    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(foreign, STRICT));

    assertSent();
  }

  /** The list shows the old digest, and the registry the new one. */
  @Test
  void aTagThatWasMovedSinceTheListIsHeldAgainstTheRegistry() {
    String old = addNine(false);
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    emulator.addTag(PATH, "t1", TagContent.of("moved"));

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(APP, "t1", STRICT.onlyIfDigest(old)));

    assertEquals(List.of(), changes());
  }

  // Others at work

  @Test
  void aTagThatIsPushedBeforeThePlaceholderIsLeftAlone() {
    addNine(false);
    emulator.beforeNext(
        "GET", MANIFESTS + "sha256", () -> emulator.addTag(PATH, "t1", TagContent.of("moved")));

    ConflictException e =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "t1"));

    assertTrue(e.getMessage().contains("pushed again meanwhile"), e::getMessage);
    assertEquals(List.of(), changes());
  }

  @Test
  void aTagThatIsPushedOverThePlaceholderIsLeftAlone() {
    String digest = addNine(false);
    String[] pushed = new String[1];
    emulator.beforeNext("GET", VERSIONS + "$", () -> {});
    emulator.beforeNext(
        "GET",
        VERSIONS + "$",
        () -> pushed[0] = emulator.addTag(PATH, "t1", TagContent.of("moved")).digest());

    assertThrows(RegistryTimeoutException.class, () -> registry.deleteTag(APP, "t1"));

    assertEquals(pushed[0], emulator.tags(PATH).get("t1"));
    assertEquals(digest, emulator.tags(PATH).get("t2"));
    assertTrue(changes().stream().noneMatch(request -> request.method().equals("DELETE")));
  }

  @Test
  void aTagThatIsPushedBetweenTheListAndItsVersionIsLeftAlone() {
    String digest = addNine(false);
    String[] pushed = new String[1];
    emulator.beforeNext(
        "GET",
        VERSIONS + "/[0-9]+$",
        () -> pushed[0] = emulator.addTag(PATH, "t1", TagContent.of("moved")).digest());

    assertThrows(RegistryTimeoutException.class, () -> registry.deleteTag(APP, "t1"));

    assertEquals(pushed[0], emulator.tags(PATH).get("t1"));
    assertEquals(digest, emulator.tags(PATH).get("t2"));
    assertTrue(changes().stream().noneMatch(request -> request.method().equals("DELETE")));
  }

  @Test
  void aPlaceholderThatAnotherTaggedIsNotDeleted() {
    String digest = addNine(false);
    emulator.beforeNext("GET", VERSIONS + "$", () -> {});
    emulator.beforeNext(
        "GET",
        VERSIONS + "$",
        () -> emulator.moveTag(PATH, "copied", emulator.tags(PATH).get("t1")));

    ConflictException e =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "t1"));

    assertTrue(e.getMessage().contains("copied"), e::getMessage);
    assertEquals(digest, emulator.tags(PATH).get("t1"));
    assertTrue(emulator.tagNames(PATH).contains("copied"));
    assertTrue(changes().stream().noneMatch(request -> request.method().equals("DELETE")));
  }

  // What the token may not

  @ParameterizedTest
  @CsvSource({
    "WORKFLOW_WITHOUT_ADMIN, Manage Actions access",
    "CLASSIC_WITHOUT_ADMIN, the role Admin for the package"
  })
  void aTokenThatMayPushAndNotDeleteLeavesTheTagAsItWas(TokenKind token, String advice) {
    String digest = addNine(false);
    Map<String, String> before = emulator.tags(PATH);
    use(builder(token));

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "t1"));

    assertTrue(e.getMessage().contains(advice), e::getMessage);
    assertTrue(e.getMessage().contains("points to " + digest + " again"), e::getMessage);
    assertEquals(before, emulator.tags(PATH));
  }

  @Test
  void aTokenThatMayOnlyReadChangesNothing() {
    addNine(false);
    Map<String, String> before = emulator.tags(PATH);
    List<String> manifests = emulator.manifests(PATH);
    use(builder(TokenKind.CLASSIC_READ_ONLY));

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "t1"));

    assertTrue(e.getMessage().contains("takes the scope write:packages"), e::getMessage);
    assertFalse(e.mayHaveTakenEffect());

    assertEquals(before, emulator.tags(PATH));
    assertEquals(manifests, emulator.manifests(PATH));
  }
}
