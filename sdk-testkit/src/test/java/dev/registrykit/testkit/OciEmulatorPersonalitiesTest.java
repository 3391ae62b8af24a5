package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In what the kinds of registry differ. */
class OciEmulatorPersonalitiesTest extends OciEmulatorTest {
  private static final Instant CREATED = Instant.parse("2024-01-01T00:00:00Z");
  private static final String MANIFESTS = "/v2/" + APP + "/manifests/";
  private static final String TAGS = "/v2/" + APP + "/tags/list";

  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
          personality | a tag | no tag | no repository | no digest
          DISTRIBUTION_2 | 400 DIGEST_INVALID | 400 DIGEST_INVALID | 400 DIGEST_INVALID | 404 MANIFEST_UNKNOWN
          DISTRIBUTION_2_DELETE_DISABLED | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED
          DISTRIBUTION_2_READ_ONLY | 405 | 405 | 405 | 405
          DISTRIBUTION_3_0 | 202 | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN
          DISTRIBUTION_3_0_DELETE_DISABLED | 202 | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN | 405 UNSUPPORTED
          DISTRIBUTION_3_1 | 202 | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN
          DISTRIBUTION_3_1_DELETE_DISABLED | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED
          ZOT | 202 | 404 MANIFEST_UNKNOWN | 400 NAME_UNKNOWN | 404 MANIFEST_UNKNOWN
          HARBOR | 400 UNSUPPORTED | 400 UNSUPPORTED | 400 UNSUPPORTED | 404 NOT_FOUND
          DOCKER_HUB | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED | 404 MANIFEST_UNKNOWN
          GHCR | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED
          ARTIFACT_REGISTRY | 202 | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN
          QUAY | 202 | 404 MANIFEST_UNKNOWN | 404 NAME_UNKNOWN | 404 MANIFEST_UNKNOWN
          OLAREG | 202 | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN
          OLAREG_DELETE_DISABLED | 405 | 405 | 405 | 405
          OCIMEM | 202 | 404 MANIFEST_UNKNOWN | 404 NAME_UNKNOWN | 404 MANIFEST_UNKNOWN
          """)
  void deletingTags(
      OciPersonality personality, String tag, String noTag, String noRepository, String noDigest)
      throws Exception {
    become(personality);
    String digest = push("v1", "a");
    push("v2", "a");

    assertEquals(noTag, outcome(delete(MANIFESTS + "nosuch")));
    assertEquals(noRepository, outcome(delete("/v2/no/such/manifests/v1")));
    assertEquals(noDigest, outcome(delete(MANIFESTS + NO_SUCH_DIGEST)));
    assertEquals(List.of("v1", "v2"), emulator().tagNames(APP));
    assertEquals(tag, outcome(delete(MANIFESTS + "v1")));
    assertEquals(
        tag.equals(DELETED) ? List.of("v2") : List.of("v1", "v2"), emulator().tagNames(APP));
    assertEquals(List.of(digest), emulator().manifests(APP));
  }

  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
          personality | tagged | child | untagged
          DISTRIBUTION_2 | 202 | 202 | 202
          DISTRIBUTION_3_0 | 202 | 202 | 202
          DISTRIBUTION_3_1 | 202 | 202 | 202
          ZOT | 202 | 405 DENIED | 202
          HARBOR | 202 | 412 VIOLATE_FOREIGN_KEY_CONSTRAINT | 202
          DOCKER_HUB | 403 DENIED | 403 DENIED | 202
          GHCR | 405 UNSUPPORTED | 405 UNSUPPORTED | 405 UNSUPPORTED
          ARTIFACT_REGISTRY | 400 GOOGLE_MANIFEST_DANGLING_TAG | 400 GOOGLE_MANIFEST_DANGLING_PARENT_IMAGE | 202
          QUAY | 202 | 404 MANIFEST_UNKNOWN | 404 MANIFEST_UNKNOWN
          OLAREG | 202 | 202 | 202
          OLAREG_DELETE_DISABLED | 405 | 405 | 405
          """)
  void deletingManifests(OciPersonality personality, String tagged, String child, String untagged)
      throws Exception {
    become(personality);
    String shared = push("v1", "a");
    push("v2", "a");
    String amd64 = emulator().pushUntaggedImage(APP, "amd64", CREATED);
    emulator().pushIndex(APP, "multi", amd64);
    String alone = emulator().pushUntaggedImage(APP, "alone", CREATED);

    assertEquals(child, outcome(delete(MANIFESTS + amd64)));
    assertEquals(!child.equals(DELETED), emulator().manifests(APP).contains(amd64));
    assertEquals(untagged, outcome(delete(MANIFESTS + alone)));
    assertEquals(!untagged.equals(DELETED), emulator().manifests(APP).contains(alone));
    assertEquals(tagged, outcome(delete(MANIFESTS + shared)));
    assertEquals(!tagged.equals(DELETED), emulator().manifests(APP).contains(shared));
    assertEquals(
        tagged.equals(DELETED) ? List.of("multi") : List.of("multi", "v1", "v2"),
        emulator().tagNames(APP));
  }

  @Test
  void distributionPagesOfVersion31HaveALinkWhenFullAndThenNull() throws Exception {
    become(OciPersonality.DISTRIBUTION_3_1);
    push("a", "x");
    push("b", "x");

    var full = get(TAGS + "?n=2");
    assertEquals("</v2/team/app/tags/list?last=b&n=2>; rel=\"next\"", header(full, "Link"));
    var beyond = get(TAGS + "?last=b&n=2");
    assertEquals("{\"name\":\"team/app\",\"tags\":null}\n", beyond.body());
    assertEquals("", header(beyond, "Link"));
    assertEquals(List.of("a", "b"), tagsOf(get(TAGS + "?n=5000")));
    assertEquals("400 PAGINATION_NUMBER_INVALID", outcome(get(TAGS + "?n=-1")));
    assertEquals(List.of("b"), tagsOf(get(TAGS + "?last=aa")));
  }

  @Test
  void zotRefusesAnUnknownLastWithoutABody() throws Exception {
    become(OciPersonality.ZOT);
    push("a", "x");
    push("b", "x");
    push("c", "x");

    var first = get(TAGS + "?n=2");
    assertEquals("</v2/team/app/tags/list?n=2&last=b>; rel=\"next\"", header(first, "Link"));
    var unknown = get(TAGS + "?n=2&last=bb");
    assertEquals(404, unknown.statusCode());
    assertEquals("", unknown.body());
    var negative = get(TAGS + "?n=-1");
    assertEquals(400, negative.statusCode());
    assertEquals("", negative.body());
  }

  @Test
  void harborSendsAnEmptyPageOfNothing() throws Exception {
    become(OciPersonality.HARBOR);
    push("v1", "x");

    assertEquals(List.of(), tagsOf(get("/v2/no/such/tags/list?n=0")));
    var unknown = get("/v2/no/such/tags/list");
    assertEquals("404 NOT_FOUND", outcome(unknown));
    assertTrue(unknown.body().contains("repository no/such not found"));
    assertEquals("404 NOT_FOUND", outcome(get(MANIFESTS + "nosuch")));
    assertEquals("400 BAD_REQUEST", outcome(get(TAGS + "?n=abc")));
  }

  @Test
  void harborDeletesTheChildrenThatNothingElseNeeds() throws Exception {
    become(OciPersonality.HARBOR);
    String own = emulator().pushUntaggedImage(APP, "own", CREATED);
    String shared = emulator().pushUntaggedImage(APP, "shared", CREATED);
    String tagged = push("v1", "tagged");
    String index = emulator().pushIndex(APP, "multi", own, shared, tagged);
    String other = emulator().pushIndex(APP, "other", shared);

    assertEquals(DELETED, outcome(delete(MANIFESTS + index)));
    assertEquals(List.of(shared, tagged, other), emulator().manifests(APP));
  }

  @ParameterizedTest
  @CsvSource({"HARBOR, 412 PRECONDITION", "QUAY, 409 TAG_IMMUTABLE"})
  void immutableTagsAreRefused(OciPersonality personality, String refused) throws Exception {
    become(personality);
    String digest = push("v1", "a");
    push("v2", "a");
    emulator().setImmutable(APP, "v1");
    String bytes = new String(emulator().manifestBytes(APP, "v1"), StandardCharsets.UTF_8);

    assertEquals(refused, outcome(put(MANIFESTS + "v1", OCI_MANIFEST, bytes)));
    assertEquals(refused, outcome(delete(MANIFESTS + digest)));
    assertEquals("201", outcome(put(MANIFESTS + "v3", OCI_MANIFEST, bytes)));
    assertEquals(Map.of("v1", digest, "v2", digest, "v3", digest), emulator().tags(APP));
  }

  @Test
  void immutableTagsAreNotForEveryone() {
    become(OciPersonality.ZOT);
    push("v1", "a");

    assertThrows(IllegalStateException.class, () -> emulator().setImmutable(APP, "v1"));
  }

  @Test
  void artifactRegistryTellsDatesAndSizes() throws Exception {
    become(OciPersonality.ARTIFACT_REGISTRY);
    String tagged = push("v1", "a");
    push("v2", "a");
    String untagged = emulator().pushUntaggedImage(APP, "b", null);
    emulator().addTag(APP + "/deeper/still", "v1", TagContent.of("c").withDates(null, null));

    JsonNode list = json(get(TAGS));
    assertEquals("[\"deeper\"]", list.path("child").toString());
    JsonNode entry = list.path("manifest").path(tagged);
    assertEquals("[\"v1\",\"v2\"]", entry.path("tag").toString());
    assertEquals(OCI_MANIFEST, entry.path("mediaType").asText());
    assertEquals(
        Long.toString(CREATED.toEpochMilli()), entry.path("timeCreatedMs").asText());
    assertTrue(entry.path("timeUploadedMs").isTextual());
    assertTrue(Long.parseLong(entry.path("imageSizeBytes").asText()) > 0);
    assertEquals("0", list.path("manifest").path(untagged).path("timeCreatedMs").asText());
    assertEquals("[\"v1\",\"v2\"]", list.path("tags").toString());
  }

  @Test
  void artifactRegistryKeepsASubjectThatIsReferredTo() throws Exception {
    become(OciPersonality.ARTIFACT_REGISTRY);
    String subject = emulator().pushUntaggedImage(APP, "a", null);
    put(MANIFESTS + "sig", OCI_INDEX, referrer(subject));

    assertEquals("400 GOOGLE_MANIFEST_REFERRING_MANIFEST", outcome(delete(MANIFESTS + subject)));
  }

  @ParameterizedTest
  @CsvSource({"DOCKER_HUB, 100, 100", "QUAY, 100, 100", "GHCR, 100, 250"})
  void pagesHaveAGreatestLength(OciPersonality personality, int unasked, int asked)
      throws Exception {
    become(personality);
    emulator().addTags(APP, 250);

    assertEquals(unasked, tagsOf(get(TAGS)).size());
    assertFalse(header(get(TAGS), "Link").isEmpty());
    assertEquals(asked, tagsOf(get(TAGS + "?n=1000")).size());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindFollowsItsOwnLinksToTheEnd(OciPersonality personality) throws Exception {
    become(personality);
    emulator().addTags(APP, 7);
    emulator().faults().setMaxPageSize(3);

    String link = TAGS;
    int seen = 0;
    int pages = 0;
    while (!link.isEmpty()) {
      var page = get(link);
      seen += tagsOf(page).size();
      pages++;
      link = header(page, "Link").replaceFirst("<(.*)>.*", "$1");
    }
    assertEquals(7, seen);
    assertEquals(3, pages);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindTakesAPushAndGivesItBack(OciPersonality personality) throws Exception {
    String digest = push("v1", "a");
    byte[] bytes = emulator().manifestBytes(APP, "v1");
    become(personality);

    var pushed = put(MANIFESTS + "again", OCI_MANIFEST, new String(bytes, StandardCharsets.UTF_8));
    boolean readOnly = personality == OciPersonality.DISTRIBUTION_2_READ_ONLY;
    assertEquals(readOnly ? 405 : 201, pushed.statusCode());
    var read = get(MANIFESTS + (readOnly ? "v1" : "again"), "Accept", OCI_MANIFEST);
    assertEquals(digest, header(read, "Docker-Content-Digest"));
    assertArrayEquals(bytes, read.body().getBytes(StandardCharsets.UTF_8));
    var head = head(MANIFESTS + digest, "Accept", OCI_MANIFEST);
    assertEquals(Integer.toString(bytes.length), header(head, "Content-Length"));
    assertEquals("", head.body());
  }

  @ParameterizedTest
  @EnumSource
  void referrersAreListedWhereTheyAre(OciPersonality personality) throws Exception {
    become(personality);
    boolean has = Set.of(
            "ZOT",
            "HARBOR",
            "ARTIFACT_REGISTRY",
            "QUAY",
            "OLAREG",
            "OLAREG_DELETE_DISABLED",
            "OCIMEM")
        .contains(personality.name());
    String subject = push("v1", "a");
    String referrers = "/v2/" + APP + "/referrers/" + subject;
    var pushed = put(MANIFESTS + "sig", OCI_INDEX, referrer(subject));

    assertEquals(has ? subject : "", header(pushed, "OCI-Subject"));
    var found = get(referrers);
    assertEquals(has ? 200 : 404, found.statusCode());
    assertEquals(has ? OCI_INDEX : "text/plain; charset=utf-8", header(found, "Content-Type"));
    if (has) {
      assertEquals(1, json(found).path("manifests").size());
      var filtered = get(referrers + "?artifactType=other");
      assertEquals("artifactType", header(filtered, "OCI-Filters-Applied"));
      assertEquals(0, json(filtered).path("manifests").size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCatalogueIsThereOrNot(OciPersonality personality) throws Exception {
    become(personality);
    push("v1", "a");
    Set<String> without = Set.of("DOCKER_HUB", "GHCR", "ARTIFACT_REGISTRY");
    Set<String> silent = Set.of("OLAREG", "OLAREG_DELETE_DISABLED");

    var catalog = get("/v2/_catalog");
    if (silent.contains(personality.name())) {
      assertEquals("404 ", catalog.statusCode() + " " + catalog.body());
    } else if (without.contains(personality.name())) {
      assertEquals("404 page not found\n", catalog.body());
    } else {
      assertEquals("{\"repositories\":[\"team/app\"]}\n", catalog.body());
    }
  }

  @Test
  void olaregListsTheTagsOfWhatIsNotThere() throws Exception {
    become(OciPersonality.OLAREG);
    emulator().putBlob(APP, new byte[] {1});

    assertEquals(
        "{\"name\":\"no/such\",\"tags\":[]}\n", get("/v2/no/such/tags/list").body());
    assertEquals(List.of(), tagsOf(get(TAGS)));
    assertEquals("404", outcome(get("/v2/No/Such/tags/list")));
    assertEquals(
        "{\"schemaVersion\":2,\"mediaType\":\"" + OCI_INDEX + "\",\"manifests\":null}",
        get("/v2/no/such/referrers/" + NO_SUCH_DIGEST).body());
  }

  @Test
  void olaregLabelsItsErrorsAsPlainText() throws Exception {
    become(OciPersonality.OLAREG);
    push("v1", "a");

    var unknown = get(MANIFESTS + "nosuch", "Accept", OCI_MANIFEST);
    assertEquals("404 MANIFEST_UNKNOWN", outcome(unknown));
    assertEquals("text/plain; charset=utf-8", header(unknown, "Content-Type"));
    assertEquals("", header(get(MANIFESTS + "v1", "Accept", OCI_MANIFEST), "Etag"));
    assertEquals("200", outcome(get(MANIFESTS + "v1", "Accept", OCI_MANIFEST)));
    assertEquals(
        "</v2/team/app/tags/list?last=v1&n=1>; rel=next", header(listOfTwo("?n=1"), "Link"));
    assertEquals(List.of("v1", "v2"), tagsOf(get(TAGS + "?n=abc")));
  }

  @Test
  void olaregSendsOnlyWhatIsAccepted() throws Exception {
    become(OciPersonality.OLAREG);
    String docker = emulator().pushDockerImage(APP, null, "docker", CREATED);
    String first = emulator().pushUntaggedImage(APP, "first", CREATED);
    String second = emulator().pushUntaggedImage(APP, "second", CREATED);
    String index = emulator().pushIndex(APP, "multi", docker, first, second);

    for (String accept : List.of("*/*", DOCKER_LIST)) {
      assertEquals("404 MANIFEST_UNKNOWN", outcome(get(MANIFESTS + "multi", "Accept", accept)));
    }
    var child = get(MANIFESTS + "multi", "Accept", OCI_MANIFEST);
    assertEquals(first, header(child, "Docker-Content-Digest"));
    var whole = get(MANIFESTS + "multi", "Accept", OCI_INDEX + ", " + OCI_MANIFEST);
    assertEquals(index, header(whole, "Docker-Content-Digest"));
    assertEquals("404 MANIFEST_UNKNOWN", outcome(get(MANIFESTS + index, "Accept", OCI_MANIFEST)));
    var dockerChild = get(MANIFESTS + "multi", "Accept", DOCKER_MANIFEST);
    assertEquals(docker, header(dockerChild, "Docker-Content-Digest"));
  }

  @Test
  void ocimemDeletesManifestsWithoutTheirTags() throws Exception {
    become(OciPersonality.OCIMEM);
    String digest = push("v1", "a");
    push("v2", "a");

    assertEquals(DELETED, outcome(delete(MANIFESTS + digest)));
    assertEquals(List.of("v1", "v2"), tagsOf(get(TAGS)));
    assertEquals("404 MANIFEST_UNKNOWN", outcome(get(MANIFESTS + "v1")));
    assertEquals("404 MANIFEST_UNKNOWN", outcome(delete(MANIFESTS + digest)));
    assertEquals(DELETED, outcome(delete(MANIFESTS + "v1")));
    assertEquals(List.of("v2"), tagsOf(get(TAGS)));
    push("v3", "a");
    assertEquals("200", outcome(get(MANIFESTS + "v2")));
  }

  @Test
  void ocimemLabelsItsListsAsPlainTextAndHasNullForNone() throws Exception {
    become(OciPersonality.OCIMEM);
    var none = get("/v2/_catalog");
    assertEquals("{\"repositories\":null}\n", none.body());
    assertEquals("text/plain; charset=utf-8", header(none, "Content-Type"));
    assertEquals("404 NAME_UNKNOWN", outcome(get(TAGS)));
    assertEquals("404 NAME_UNKNOWN", outcome(get(MANIFESTS + "v1")));
    assertEquals("404 NAME_UNKNOWN", outcome(get("/v2/no/such/referrers/" + NO_SUCH_DIGEST)));

    emulator().putBlob(APP, new byte[] {1});
    assertEquals("{\"name\":\"team/app\",\"tags\":null}\n", get(TAGS).body());
    var base = get("/v2/");
    assertEquals("", base.body());
    assertEquals("registry/2.0", header(base, "Docker-Distribution-Api-Version"));
    assertEquals("", header(get(TAGS), "Docker-Distribution-Api-Version"));
    assertEquals(
        "</v2/team/app/tags/list?last=v1&n=1>;rel=\"next\"", header(listOfTwo("?n=1"), "Link"));
    assertEquals(List.of("v1", "v2"), tagsOf(get(TAGS + "?n=0")));
    assertEquals(List.of("v1", "v2"), tagsOf(get(TAGS + "?n=-1")));
    assertEquals("400 UNKNOWN", outcome(get(TAGS + "?n=abc")));
    assertEquals("500 UNKNOWN", outcome(put(MANIFESTS + "v1", OCI_MANIFEST, "{")));
    assertEquals("404 UNKNOWN", outcome(get(MANIFESTS + "sha256:abc")));
  }

  private static HttpResponse<String> listOfTwo(String query) throws Exception {
    push("v1", "a");
    push("v2", "b");
    return get(TAGS + query);
  }

  @Test
  void aDockerListBecomesItsChildForAShortAccept() throws Exception {
    String amd64 = emulator().pushDockerImage(APP, null, "amd64", CREATED);
    String arm64 = emulator().pushDockerImage(APP, null, "arm64", CREATED);
    String list = emulator().pushDockerList(APP, "list", amd64, arm64);

    var right = head(MANIFESTS + "list", "Accept", DOCKER_LIST);
    assertEquals(list, header(right, "Docker-Content-Digest"));
    var child = head(MANIFESTS + "list", "Accept", DOCKER_MANIFEST);
    assertEquals(amd64, header(child, "Docker-Content-Digest"));
    assertEquals(DOCKER_MANIFEST, header(child, "Content-Type"));
    var byDigest = head(MANIFESTS + list, "Accept", DOCKER_MANIFEST);
    assertEquals(list, header(byDigest, "Docker-Content-Digest"));
    delete(MANIFESTS + amd64);
    assertEquals(
        "404 MANIFEST_UNKNOWN", outcome(get(MANIFESTS + "list", "Accept", DOCKER_MANIFEST)));
  }

  @Test
  void adockerImageIsConvertedToSchema1WithTheDigestOfItsUnsignedText() throws Exception {
    String image = emulator().pushDockerImage(APP, "v1", "a", CREATED);

    var first = get(MANIFESTS + "v1", "Accept", "*/*");
    var second = get(MANIFESTS + "v1", "Accept", "*/*");
    assertEquals(
        "application/vnd.docker.distribution.manifest.v1+prettyjws", header(first, "Content-Type"));
    assertEquals(1, json(first).path("schemaVersion").asInt());
    assertEquals(APP, json(first).path("name").asText());
    String digest = header(first, "Docker-Content-Digest");
    assertNotEquals(image, digest);
    assertEquals(digest, header(second, "Docker-Content-Digest"));
    assertNotEquals(first.body(), second.body());
    String unsigned =
        first.body().substring(0, first.body().indexOf(",\n   \"signatures\"")) + "\n}";
    assertEquals(digest, OciEmulator.digestOf(unsigned));
  }

  @Test
  void version3SendsADockerImageAsItIsAndRefusesAList() throws Exception {
    become(OciPersonality.DISTRIBUTION_3_0);
    String image = emulator().pushDockerImage(APP, "v1", "a", CREATED);
    emulator().pushDockerList(APP, "list", image);

    var whole = get(MANIFESTS + "v1", "Accept", "*/*");
    assertEquals(image, header(whole, "Docker-Content-Digest"));
    assertEquals("400 MANIFEST_INVALID", outcome(get(MANIFESTS + "list", "Accept", "*/*")));
  }

  @Test
  void theContentStaysWhenTheKindChanges() throws Exception {
    String digest = push("v1", "a");

    assertEquals("400 DIGEST_INVALID", outcome(delete(MANIFESTS + "v1")));
    become(OciPersonality.ZOT);
    assertEquals(OciPersonality.ZOT, emulator().personality());
    assertEquals(DELETED, outcome(delete(MANIFESTS + "v1")));
    assertEquals(List.of(digest), emulator().manifests(APP));
    emulator().reset();
    assertEquals(OciPersonality.DISTRIBUTION_2, emulator().personality());
    assertEquals(List.of(), emulator().repositories());
  }

  private static void become(OciPersonality personality) {
    emulator().personality(personality);
  }

  private static String push(String tag, String content) {
    return emulator()
        .addTag(APP, tag, TagContent.of(content).withDates(CREATED, null))
        .digest();
  }

  private static String referrer(String subject) {
    return "{\"schemaVersion\":2,\"mediaType\":\"" + OCI_INDEX
        + "\",\"artifactType\":\"application/example\",\"manifests\":[],\"subject\":{\"mediaType\":\""
        + OCI_MANIFEST + "\",\"digest\":\"" + subject + "\",\"size\":1}}";
  }
}
