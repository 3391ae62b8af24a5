package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a test can make go wrong. */
class OciEmulatorSwitchesTest extends OciEmulatorTest {
  private static final String TAGS = "/v2/" + APP + "/tags/list";
  private static final String MANIFESTS = "/v2/" + APP + "/manifests/";

  @Test
  void deletionsMayWaitForReads() throws Exception {
    emulator().personality(OciPersonality.DISTRIBUTION_3_1);
    push("v1", "a");
    emulator().setDeletionReads(2);

    assertEquals(DELETED, outcome(delete(MANIFESTS + "v1")));
    assertEquals(List.of("v1"), tagsOf(get(TAGS)));
    assertEquals(200, head(MANIFESTS + "v1", "Accept", OCI_MANIFEST).statusCode());
    assertEquals(404, head(MANIFESTS + "v1", "Accept", OCI_MANIFEST).statusCode());
  }

  @Test
  void aTagMovedInTheMeantimeSurvivesItsDeletion() throws Exception {
    emulator().personality(OciPersonality.DISTRIBUTION_3_1);
    push("v1", "a");
    String other = push("v2", "b");
    emulator().setDeletionReads(1);

    delete(MANIFESTS + "v1");
    emulator().moveTag(APP, "v1", other);
    get(TAGS);
    assertEquals(List.of("v1", "v2"), emulator().tagNames(APP));
  }

  @Test
  void tagsMayOutliveTheirManifest() throws Exception {
    String digest = push("v1", "a");
    emulator().faults().setDigestDeletionLeavesTags(true);

    assertEquals(DELETED, outcome(delete(MANIFESTS + digest)));
    assertEquals(404, head(MANIFESTS + digest, "Accept", OCI_MANIFEST).statusCode());
    var byTag = head(MANIFESTS + "v1", "Accept", OCI_MANIFEST);
    assertEquals(digest, header(byTag, "Docker-Content-Digest"));
  }

  @Test
  void aDeletionMayFailHalfWayAndLeaveAGhost() throws Exception {
    String digest = push("v1", "a");
    emulator().faults().failUntagging(1);

    var failed = delete(MANIFESTS + digest);
    assertEquals(500, failed.statusCode());
    assertEquals(
        "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\",\"detail\":{}}]}\n",
        failed.body());
    assertEquals("404 MANIFEST_UNKNOWN", outcome(delete(MANIFESTS + digest)));
    assertEquals(List.of("v1"), tagsOf(get(TAGS)));
    var ghost = get(MANIFESTS + "v1", "Accept", OCI_MANIFEST);
    assertEquals("404 MANIFEST_UNKNOWN", outcome(ghost));
    assertTrue(ghost.body().contains("\"Revision\":\"" + digest + "\""), ghost.body());
    assertEquals(404, head(MANIFESTS + "v1", "Accept", OCI_MANIFEST).statusCode());
    assertEquals("400 DIGEST_INVALID", outcome(delete(MANIFESTS + "v1")));
  }

  @Test
  void aGhostIsCuredByTaggingAnyManifestOnItAndDeletingThatOne() throws Exception {
    String digest = push("v1", "a");
    push("v2", "b");
    emulator().faults().failUntagging(1);
    delete(MANIFESTS + digest);

    String cure = push("v1", "cure");
    assertEquals(200, head(MANIFESTS + "v1", "Accept", OCI_MANIFEST).statusCode());
    assertEquals(DELETED, outcome(delete(MANIFESTS + cure)));
    assertEquals(List.of("v2"), tagsOf(get(TAGS)));
  }

  @Test
  void aGhostWhoseManifestComesBackIsNone() throws Exception {
    String digest = push("v1", "a");
    emulator().faults().failUntagging(1);
    delete(MANIFESTS + digest);

    push("v2", "a");
    var found = head(MANIFESTS + "v1", "Accept", OCI_MANIFEST);
    assertEquals(digest, header(found, "Docker-Content-Digest"));
    assertEquals(DELETED, outcome(delete(MANIFESTS + digest)));
    assertEquals(List.of(), emulator().tagNames(APP));
  }

  @Test
  void asManyDeletionsFailAsTheTestSaysAndOnlyThoseOfTaggedManifests() throws Exception {
    String untagged = emulator().pushUntaggedImage(APP, "none", null);
    emulator().faults().failUntagging(2);

    assertEquals(DELETED, outcome(delete(MANIFESTS + untagged)));
    assertEquals("500 UNKNOWN", outcome(delete(MANIFESTS + push("v1", "a"))));
    assertEquals("500 UNKNOWN", outcome(delete(MANIFESTS + push("v1", "b"))));
    assertEquals(DELETED, outcome(delete(MANIFESTS + push("v1", "c"))));
    assertThrows(IllegalArgumentException.class, () -> emulator().faults().failUntagging(-1));
  }

  @Test
  void aProxyMayPassAPushOnAndRefuseItItself() throws Exception {
    String digest = push("v1", "a");
    String manifest = new String(emulator().manifestBytes(APP, digest), StandardCharsets.UTF_8);
    emulator()
        .failNext(
            "PUT", "/manifests/v2$", 1, Fault.status(403, "text/html", "no").afterwards());
    emulator()
        .failNext("PUT", "/manifests/v3$", 1, Fault.redirect(302, "/login").afterwards());

    var refused = put(MANIFESTS + "v2", OCI_MANIFEST, manifest);
    assertEquals(
        "403 text/html no",
        refused.statusCode() + " " + header(refused, "Content-Type") + " " + refused.body());
    var moved = put(MANIFESTS + "v3", OCI_MANIFEST, manifest);
    assertEquals("302 /login", moved.statusCode() + " " + header(moved, "Location"));
    assertEquals(List.of("v1", "v2", "v3"), emulator().tagNames(APP));
  }

  @ParameterizedTest
  @CsvSource({"404", "405", "410"})
  void aGatewayMayRefuseWithoutACodeWhateverIsAsked(int status) throws Exception {
    String digest = push("v1", "a");
    String manifest = new String(emulator().manifestBytes(APP, digest), StandardCharsets.UTF_8);
    emulator().failNext(4, Fault.status(status));
    emulator().failNext(4, Fault.status(status, "text/plain", "default backend - " + status));

    for (String body : List.of("", "default backend - " + status)) {
      for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
        var answer = method.equals("PUT")
            ? put(MANIFESTS + "v2", OCI_MANIFEST, manifest)
            : send(method, MANIFESTS + digest);
        assertEquals(status, answer.statusCode(), method);
        assertEquals(body.isEmpty() ? "" : "text/plain", header(answer, "Content-Type"), method);
        assertEquals(method.equals("HEAD") ? "" : body, answer.body(), method);
        assertEquals(Integer.toString(body.length()), header(answer, "Content-Length"), method);
      }
    }
    assertEquals(List.of("v1"), emulator().tagNames(APP));
    assertEquals(0, emulator().pendingFaults());
  }

  @Test
  void theDigestHeaderMayBeMissingOrWrong() throws Exception {
    push("v1", "a");

    emulator().faults().setDigestHeaderOmitted(true);
    assertEquals(
        "", header(head(MANIFESTS + "v1", "Accept", OCI_MANIFEST), "Docker-Content-Digest"));
    emulator().faults().setDigestHeaderOmitted(false);
    emulator().faults().setDigestHeader("sha256:wrong");
    assertEquals(
        "sha256:wrong",
        header(head(MANIFESTS + "v1", "Accept", OCI_MANIFEST), "Docker-Content-Digest"));
  }

  @Test
  void bytesMayBeSpoiled() throws Exception {
    String digest = push("v1", "a");
    emulator().faults().setBytesCorrupted(true);

    var spoiled = get(MANIFESTS + "v1", "Accept", OCI_MANIFEST);
    assertEquals(digest, header(spoiled, "Docker-Content-Digest"));
    assertNotEquals(digest, OciEmulator.digestOf(spoiled.body()));
    assertEquals(2, json(spoiled).path("schemaVersion").asInt());
  }

  @Test
  void anEmptiedRepositoryListsNothingInThreeWays() throws Exception {
    push("v1", "a");
    emulator().removeTag(APP, "v1");

    assertEquals("{\"name\":\"team/app\",\"tags\":null}\n", get(TAGS).body());
    emulator().faults().setEmptied(OciFaults.Emptied.NO_TAGS);
    assertEquals("{\"name\":\"team/app\",\"tags\":[]}\n", get(TAGS).body());
    emulator().faults().setEmptied(OciFaults.Emptied.NAME_UNKNOWN);
    assertEquals("404 NAME_UNKNOWN", outcome(get(TAGS)));
    emulator().faults().setEmptied(OciFaults.Emptied.NULL_TAGS);
    assertEquals("{\"name\":\"team/app\",\"tags\":null}\n", get(TAGS).body());
  }

  @Test
  void tagsComeInTheOrderOfTheTest() throws Exception {
    emulator().personality(OciPersonality.DISTRIBUTION_3_1);
    for (String tag : List.of("a", "b", "c")) {
      push(tag, "x");
    }
    emulator().faults().setTagOrder(Comparator.reverseOrder());

    assertEquals(List.of("c", "b"), tagsOf(get(TAGS + "?n=2")));
    assertEquals(List.of("a"), tagsOf(get(TAGS + "?n=2&last=b")));
  }

  @Test
  void version2ListsTagsInNoOrder() throws Exception {
    emulator().addTags(APP, 20);

    List<String> listed = tagsOf(get(TAGS + "?n=3"));
    assertNotEquals(emulator().tagNames(APP), listed);
    assertEquals(emulator().tagNames(APP), listed.stream().sorted().toList());
    assertEquals(listed, tagsOf(get(TAGS)));
  }

  @Test
  void tagListsAreSentAsTheTestGivesThem() throws Exception {
    emulator().faults().setTagListPages(APP, "{\"tags\":[\"a\",null]}", "no JSON");

    var first = get(TAGS);
    assertEquals("{\"tags\":[\"a\",null]}\n", first.body());
    assertEquals("</v2/team/app/tags/list?next_page=1>; rel=\"next\"", header(first, "Link"));
    var last = get(TAGS + "?next_page=1");
    assertEquals("no JSON\n", last.body());
    assertEquals("", header(last, "Link"));
  }

  @Test
  void linksAreSentAsTheTestGivesThem() throws Exception {
    emulator().personality(OciPersonality.DISTRIBUTION_3_1);
    push("v1", "a");
    emulator().faults().setTagLink("<http://elsewhere.example/>; rel=next");

    assertEquals(
        List.of("<http://elsewhere.example/>; rel=next"),
        get(TAGS + "?n=1").headers().allValues("Link"));
  }

  @Test
  void aTagListMayNeverEnd() throws Exception {
    emulator().faults().setEndlessTags(APP);

    var page = get(TAGS + "?n=2");
    assertEquals(List.of("endless-0", "endless-1"), tagsOf(page));
    var next = get(header(page, "Link").replaceFirst("<(.*)>.*", "$1"));
    assertEquals(List.of("endless-2", "endless-3"), tagsOf(next));
    assertEquals(100, tagsOf(get(TAGS)).size());
  }

  @Test
  void aMillionTagsAreReadPageByPage() throws Exception {
    emulator().personality(OciPersonality.DISTRIBUTION_3_1);
    emulator().addTags(APP, 1_000_000);
    push("t-5", "x");
    emulator().removeTag(APP, "t-500000");

    assertEquals(List.of("t-000000", "t-000001"), tagsOf(get(TAGS + "?n=2")));
    assertEquals(List.of("t-999999"), tagsOf(get(TAGS + "?n=2&last=t-999998")));
    assertEquals(List.of("t-5", "t-500001"), tagsOf(get(TAGS + "?n=2&last=t-499999")));
    assertThrows(IllegalArgumentException.class, () -> emulator().addTags(APP, 1));
  }

  @Test
  void aTagListOfAnyLengthCostsNoMemory() throws Exception {
    emulator().failNext(Fault.oversizedTagList(10_000_001));

    var response =
        HttpClient.newHttpClient().send(request("GET", TAGS).build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readAllBytes();
      assertEquals(10_000_001, bytes.length);
      var tags = new ObjectMapper().readTree(bytes).path("tags");
      assertTrue(tags.size() > 500_000);
    }
  }

  @Test
  void somethingMayHappenJustBeforeARequest() throws Exception {
    String before = push("v1", "a");
    String after = push("v2", "b");
    AtomicInteger times = new AtomicInteger();
    emulator().beforeNext("delete", "/manifests/", () -> {
      times.incrementAndGet();
      emulator().moveTag(APP, "v1", after);
    });

    assertEquals(200, head(MANIFESTS + "v1", "Accept", OCI_MANIFEST).statusCode());
    assertEquals(0, times.get());
    assertEquals(DELETED, outcome(delete(MANIFESTS + before)));
    assertEquals(List.of("v1", "v2"), emulator().tagNames(APP));
    assertEquals("404 MANIFEST_UNKNOWN", outcome(delete(MANIFESTS + before)));
    assertEquals(1, times.get());
  }

  @Test
  void whatHappensBeforeARequestMayBeARequestOrAFault() throws Exception {
    push("v1", "a");
    List<Integer> statuses = new ArrayList<>();
    emulator().beforeNext("GET", "/tags/list$", () -> {
      statuses.add(statusOf(MANIFESTS + "nosuch"));
      emulator().failNext(Fault.status(503));
    });

    assertEquals(503, get(TAGS).statusCode());
    assertEquals(List.of(404), statuses);
    emulator().beforeNext("GET", "/tags/list$", () -> {
      throw new IllegalStateException("on purpose");
    });
    assertEquals(500, get(TAGS).statusCode());
    assertEquals(200, get(TAGS).statusCode());
  }

  @Test
  void readsMayBeRedirected() throws Exception {
    String digest = push("v1", "a");
    String blob = "/v2/" + APP + "/blobs/" + digest;
    emulator().faults().setRedirect("/blobs/", 307, URI.create("http://127.0.0.2:1"));
    emulator()
        .faults()
        .setRedirect("/manifests/v1", 302, URI.create("http://127.0.0.2:1/else?x=y"));

    var moved = get(blob);
    assertEquals(307, moved.statusCode());
    assertEquals("http://127.0.0.2:1" + blob, header(moved, "Location"));
    assertEquals("http://127.0.0.2:1/else?x=y", header(head(MANIFESTS + "v1"), "Location"));
    assertEquals("400 DIGEST_INVALID", outcome(delete(MANIFESTS + "v1")));
  }

  @Test
  void anyHeaderMayBeAdded() throws Exception {
    emulator().faults().addHeader("Warning", "299 - \"one\"");
    emulator().faults().addHeader("Warning", "299 - \"two\"");

    assertEquals(
        List.of("299 - \"one\"", "299 - \"two\""), get("/v2/").headers().allValues("Warning"));
  }

  @Test
  void uploadsMayBeSentElsewhere() throws Exception {
    emulator().faults().setUploadOrigin(URI.create("http://127.0.0.2:1"));

    String location = header(send("POST", "/v2/" + APP + "/blobs/uploads/"), "Location");
    assertTrue(location.startsWith("http://127.0.0.2:1/v2/team/app/blobs/uploads/"), location);
  }

  @Test
  void abilitiesMayBeTakenAwayAndGiven() throws Exception {
    String digest = push("v1", "a");
    String referrers = "/v2/" + APP + "/referrers/" + digest;

    emulator().faults().setReferrersEnabled(true);
    assertEquals(200, get(referrers).statusCode());
    emulator().faults().setReferrersEnabled(false);
    assertEquals(404, get(referrers).statusCode());
    emulator().faults().setCatalogEnabled(false);
    assertEquals(404, get("/v2/_catalog").statusCode());
  }

  @Test
  void aRegistryMayKeepQuietAboutItsReferrers() throws Exception {
    emulator().personality(OciPersonality.ZOT);
    String digest = push("v1", "a");
    emulator().faults().setSubjectHeaderOmitted(true);
    String index =
        "{\"schemaVersion\":2,\"manifests\":[],\"subject\":{\"digest\":\"" + digest + "\"}}";

    assertEquals("", header(put(MANIFESTS + "sig", OCI_INDEX, index), "OCI-Subject"));
    assertEquals(
        1, json(get("/v2/" + APP + "/referrers/" + digest)).path("manifests").size());
  }

  @Test
  void namesAreCheckedBeforeAnythingIsPutIn() {
    assertThrows(
        IllegalArgumentException.class,
        () -> emulator().addTag("A", "v1", TagContent.of("x").withDates(null, null)));
    assertThrows(
        IllegalArgumentException.class,
        () -> emulator().addTag(APP, "-", TagContent.of("x").withDates(null, null)));
    assertThrows(
        IllegalArgumentException.class, () -> emulator().moveTag(APP, "v1", NO_SUCH_DIGEST));
    assertThrows(
        IllegalArgumentException.class, () -> emulator().pushIndex(APP, "v1", NO_SUCH_DIGEST));
    assertThrows(IllegalArgumentException.class, () -> emulator().manifestBytes(APP, "v1"));
    assertThrows(IllegalArgumentException.class, () -> emulator().faults().setTokenFields("other"));
    assertEquals(List.of(), emulator().tagNames(APP));
  }

  private static String push(String tag, String content) {
    return emulator()
        .addTag(APP, tag, TagContent.of(content).withDates(null, null))
        .digest();
  }

  private static int statusOf(String path) {
    try {
      return get(path, "Accept", OCI_MANIFEST).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
