package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What refers to a manifest: the registry's own list, and the index that stands in for it. */
class ReferrersTest extends OciDeletionTest {

  private static final String SIGNATURE = "application/vnd.example.signature";

  private String subject;
  private String config;

  @BeforeEach
  void addSubject() {
    subject = push("subject", "1.0");
    config = emulator.putBlob(REPOSITORY, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private String fallbackTag() {
    return subject.replace(':', '-');
  }

  private String referrer(String artifactType, String annotation) {
    return ("{'schemaVersion':2,'mediaType':'" + OciManifest.OCI_MANIFEST + "',"
            + (artifactType.isEmpty() ? "" : "'artifactType':'" + artifactType + "',")
            + "'config':{'mediaType':'application/vnd.oci.empty.v1+json','digest':'" + config
            + "','size':2},'layers':[],"
            + "'subject':{'mediaType':'" + OciManifest.OCI_MANIFEST + "','digest':'" + subject
            + "','size':1},'annotations':{'which':'" + annotation + "'}}")
        .replace('\'', '"');
  }

  private String put(String manifest) {
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    return registry.putManifest(APP, OciEmulator.digestOf(bytes), OciManifest.OCI_MANIFEST, bytes);
  }

  private String fallbackIndex() {
    return new String(emulator.manifestBytes(REPOSITORY, fallbackTag()), StandardCharsets.UTF_8);
  }

  private List<String> listed() {
    return registry.listReferrers(APP, subject).stream()
        .map(OciDescriptor::digest)
        .toList();
  }

  // The registry's own list

  @Test
  void theRegistrysListIsReadWhereItHasOne() {
    emulator.personality(OciPersonality.ZOT);
    String first = put(referrer(SIGNATURE, "first"));
    String second = put(referrer("application/vnd.example.sbom", "second"));
    emulator.clearRequests();

    assertEquals(List.of(first, second), listed());

    assertSent("GET referrers/subject");
    assertEquals(
        List.of(first),
        registry.listReferrers(APP, subject, SIGNATURE).stream()
            .map(OciDescriptor::digest)
            .toList());
    assertEquals(
        "artifactType=application/vnd.example.signature",
        emulator.requests().get(1).rawQuery());
  }

  @Test
  void aListThatIsNotFilteredThoughThatWasAskedForIsFilteredHere() {
    emulator.personality(OciPersonality.ZOT);
    put(referrer(SIGNATURE, "first"));
    emulator.failNext(
        "GET",
        "/referrers/",
        1,
        Fault.status(
            200,
            OciManifest.OCI_INDEX,
            "{\"schemaVersion\":2,\"manifests\":["
                + "{\"mediaType\":\"m\",\"digest\":\"" + subject + "\",\"size\":1},"
                + "{\"mediaType\":\"m\",\"digest\":\"" + NO_MANIFEST
                + "\",\"size\":1,\"artifactType\":\"x/y\"}]}"));

    assertEquals(
        List.of(NO_MANIFEST),
        registry.listReferrers(APP, subject, "x/y").stream()
            .map(OciDescriptor::digest)
            .toList());
  }

  @Test
  void aRegistryWithAListKeepsItItself() {
    emulator.personality(OciPersonality.ZOT);

    String digest = named("signature", put(referrer(SIGNATURE, "first")));

    assertSent("PUT manifests/signature");
    assertEquals(
        DeleteOutcome.DELETED, registry.deleteManifest(APP, digest, STRICT).outcome());
    assertEquals(List.of(), listed());
    assertEquals(List.of("1.0"), emulator.tagNames(REPOSITORY));
  }

  @Test
  void aManifestNobodyRefersToHasNoReferrers() {
    assertEquals(List.of(), listed());
    assertEquals(
        List.of("GET referrers/subject", "GET manifests/sha256-" + subject.substring(7)), sent());
    emulator.personality(OciPersonality.ZOT);
    assertEquals(List.of(), listed());
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500})
  void otherRefusalsOfTheListComeOut(int status) {
    emulator.failNext("GET", "/referrers/", FOR_EVER, Fault.status(status));

    var failure = assertThrows(RegistryServiceException.class, this::listed);

    assertEquals(status, failure.statusCode());
    assertFalse(sent().stream().anyMatch(line -> line.startsWith("GET manifests")));
  }

  // The index that stands in for it

  @Test
  void theFirstReferrerMakesTheIndex() {
    String manifest = referrer(SIGNATURE, "first");

    String digest = named("signature", put(manifest));

    assertSent(
        "PUT manifests/signature",
        "GET manifests/" + fallbackTag(),
        "PUT manifests/" + fallbackTag());
    assertEquals(
        ("{'schemaVersion':2,'mediaType':'" + OciManifest.OCI_INDEX + "','manifests':["
                + "{'mediaType':'" + OciManifest.OCI_MANIFEST + "','digest':'" + digest
                + "','size':" + manifest.length() + ",'artifactType':'" + SIGNATURE
                + "','annotations':{'which':'first'}}]}")
            .replace('\'', '"'),
        fallbackIndex());
    assertEquals(
        OciManifest.OCI_INDEX, emulator.requests().get(2).header("Content-Type").orElseThrow());
    assertEquals(List.of(digest), listed());
  }

  @Test
  void aReferrerWithoutATypeHasThatOfItsConfiguration() {
    put(referrer("", "first"));

    OciDescriptor listed = registry.listReferrers(APP, subject).toList().get(0);

    assertEquals("application/vnd.oci.empty.v1+json", listed.artifactType().orElseThrow());
    assertEquals(Map.of("which", "first"), listed.annotations());
  }

  @Test
  void furtherReferrersAreAddedAndTheSameOneOnlyOnce() {
    String first = put(referrer(SIGNATURE, "first"));
    String second = put(referrer(SIGNATURE, "second"));
    emulator.clearRequests();
    named("second", second);

    put(referrer(SIGNATURE, "second"));

    assertSent("PUT manifests/second", "GET manifests/" + fallbackTag());
    assertEquals(List.of(first, second), listed());
  }

  @Test
  void whatOthersWroteIntoTheIndexStaysAsItIs() {
    String theirs = ("{'schemaVersion':2,'mediaType':'" + OciManifest.OCI_INDEX
            + "','manifests':[{'mediaType':'m','digest':'" + NO_MANIFEST
            + "','size':7,'urls':['u'],'data':'e30=','platform':{'os':'linux','x':1}}],"
            + "'annotations':{'a':'b'},'x-unknown':[1]}")
        .replace('\'', '"');
    emulator.putManifest(
        REPOSITORY, fallbackTag(), OciManifest.OCI_INDEX, theirs.getBytes(StandardCharsets.UTF_8));

    String digest = put(referrer(SIGNATURE, "first"));
    assertEquals(List.of(NO_MANIFEST, digest), listed());
    registry.deleteManifest(APP, digest, FORCED);

    assertEquals(theirs, fallbackIndex());
  }

  @Test
  void aDeletedReferrerLeavesTheIndex() {
    String first = put(referrer(SIGNATURE, "first"));
    String second = put(referrer(SIGNATURE, "second"));
    named("first", first);
    emulator.clearRequests();

    DeleteOutcome outcome = registry.deleteManifest(APP, first, FORCED).outcome();

    assertEquals(DeleteOutcome.DELETED, outcome);
    List<String> sent = sent();
    assertEquals(
        List.of(
            "DELETE manifests/first",
            "GET manifests/first",
            "GET manifests/" + fallbackTag(),
            "PUT manifests/" + fallbackTag()),
        sent.subList(sent.size() - 4, sent.size()));
    assertEquals(List.of(second), listed());
  }

  @Test
  void aReferrerCanBeDeletedAlthoughTheIndexOfItsSubjectsReferrersListsIt() {
    String digest = put(referrer(SIGNATURE, "first"));

    DeleteOutcome outcome = registry.deleteManifest(APP, digest, STRICT).outcome();

    assertEquals(DeleteOutcome.DELETED, outcome);
    assertEquals(List.of(), listed());
  }

  @Test
  void aDeletionIsNoFailureThoughTheIndexCannotBeKept() {
    String digest = put(referrer(SIGNATURE, "first"));
    emulator.failNext("PUT", "", FOR_EVER, refusal(403, "DENIED"));

    assertEquals(
        DeleteOutcome.DELETED, registry.deleteManifest(APP, digest, FORCED).outcome());
    assertFalse(emulator.manifests(REPOSITORY).contains(digest));
  }

  @Test
  void aReferrerThatIsNotListedChangesNoIndex() {
    put(referrer(SIGNATURE, "first"));
    String other = emulator.putManifest(
        REPOSITORY,
        null,
        OciManifest.OCI_MANIFEST,
        referrer(SIGNATURE, "other").getBytes(StandardCharsets.UTF_8));
    emulator.clearRequests();

    registry.deleteManifest(APP, other, STRICT);

    assertTrue(sent().stream().noneMatch(line -> line.startsWith("PUT")), sent().toString());
  }

  @Test
  void aStrangers404HidesNoReferrers() {
    put(referrer(SIGNATURE, "first"));
    emulator.failNext("GET", "/manifests/" + fallbackTag() + "$", 1, text(404));

    assertThrows(NotFoundException.class, this::listed);
    assertEquals(1, listed().size());
  }

  @Test
  void anImageUnderTheTagOfTheIndexIsNotOverwritten() {
    String image = push("image", fallbackTag());

    var failure =
        assertThrows(InvalidResponseException.class, () -> put(referrer(SIGNATURE, "first")));

    assertTrue(
        failure
            .getMessage()
            .endsWith(" failed: the tag " + fallbackTag() + " points to no list of referrers"),
        failure.getMessage());
    assertEquals(image, tags().get(fallbackTag()));
  }

  @Test
  void theTagOfALongDigestIsCut() {
    String sha512 = "sha512:" + "a".repeat(128);

    registry.listReferrers(APP, sha512).toList();

    assertEquals("GET manifests/sha512-" + "a".repeat(64), sent().get(1));
  }

  @Test
  void argumentsAreCheckedFirst() {
    assertThrows(IllegalArgumentException.class, () -> registry.listReferrers(APP, "1.0"));
    assertThrows(NullPointerException.class, () -> registry.listReferrers(APP, subject, null));
    registry.listReferrers(APP, subject); // lazy
    assertSent();
  }

  @Test
  void whatIsShownOfADescriptorStaysOnOneLine() {
    OciDescriptor descriptor = OciDescriptor.builder("a\nb", "sha256:" + "0".repeat(64), 1)
        .platform("linux\u001b/arm64")
        .build();

    assertEquals("a?b sha256:" + "0".repeat(64) + " for linux?/arm64", descriptor.toString());
  }
}
