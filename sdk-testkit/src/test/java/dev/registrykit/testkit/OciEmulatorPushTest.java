package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploading blobs and pushing manifests over HTTP, and what a test puts in. */
class OciEmulatorPushTest extends OciEmulatorTest {
  private static final String UPLOADS = "/v2/" + APP + "/blobs/uploads/";
  private static final String MANIFESTS = "/v2/" + APP + "/manifests/";
  private static final String BYTES = "application/octet-stream";
  private static final String EMPTY_INDEX =
      "{\"schemaVersion\":2,\"mediaType\":\"" + OCI_INDEX + "\",\"manifests\":[]}";

  @Test
  void aBlobIsUploadedByPostAndPut() throws Exception {
    String digest = OciEmulator.digestOf("{}");

    var begun = send("POST", UPLOADS);
    assertEquals(202, begun.statusCode());
    assertEquals("0-0", header(begun, "Range"));
    String location = header(begun, "Location");
    assertTrue(location.startsWith(OCI.baseUrl() + UPLOADS), location);
    String path = location.substring(OCI.baseUrl().toString().length());
    var stored = put(path + "&digest=" + digest, BYTES, "{}");
    assertEquals(201, stored.statusCode());
    assertEquals(digest, header(stored, "Docker-Content-Digest"));

    var read = get("/v2/" + APP + "/blobs/" + digest);
    assertEquals("{}", read.body());
    assertEquals(digest, header(read, "Docker-Content-Digest"));
    var head = head("/v2/" + APP + "/blobs/" + digest);
    assertEquals("2", header(head, "Content-Length"));
    assertEquals("404 BLOB_UPLOAD_UNKNOWN", outcome(put(path + "&digest=" + digest, BYTES, "{}")));
  }

  @Test
  void aBlobIsUploadedInPieces() throws Exception {
    emulator().personality(OciPersonality.ZOT);
    String digest = OciEmulator.digestOf("abc");
    String path = header(send("POST", UPLOADS), "Location");

    var piece = send(request("PATCH", path).method("PATCH", BodyPublishers.ofString("ab")));
    assertEquals("0-1", header(piece, "Range"));
    assertEquals(
        201, put(header(piece, "Location") + "&digest=" + digest, BYTES, "c").statusCode());
    assertEquals(List.of(digest), emulator().blobs(APP));
  }

  @Test
  void aBlobWithAnotherDigestIsRefused() throws Exception {
    emulator().personality(OciPersonality.ZOT);
    String path = header(send("POST", UPLOADS), "Location");

    assertEquals(
        "400 DIGEST_INVALID", outcome(put(path + "&digest=" + NO_SUCH_DIGEST, BYTES, "x")));
    assertEquals(List.of(), emulator().blobs(APP));
  }

  @Test
  void aSinglePostIsEnoughWhereTheRegistryHasIt() throws Exception {
    String query = "?digest=" + OciEmulator.digestOf("x");

    assertEquals(202, post(UPLOADS + query, BYTES, "x").statusCode());
    emulator().personality(OciPersonality.ZOT);
    assertEquals(201, post(UPLOADS + query, BYTES, "x").statusCode());
  }

  @Test
  void aBlobIsMountedFromAnotherRepository() throws Exception {
    String digest = emulator().putBlob("other", "x".getBytes(StandardCharsets.UTF_8));

    assertEquals(201, send("POST", UPLOADS + "?mount=" + digest + "&from=other").statusCode());
    assertEquals(
        202, send("POST", UPLOADS + "?mount=" + NO_SUCH_DIGEST + "&from=other").statusCode());
    assertEquals(List.of(digest), emulator().blobs(APP));
  }

  @Test
  void blobsAreDeleted() throws Exception {
    String digest = emulator().putBlob(APP, "x".getBytes(StandardCharsets.UTF_8));
    String blob = "/v2/" + APP + "/blobs/" + digest;

    assertEquals(DELETED, outcome(delete(blob)));
    assertEquals("404 BLOB_UNKNOWN", outcome(delete(blob)));
    emulator().personality(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED);
    assertEquals("405 UNSUPPORTED", outcome(delete(blob)));
  }

  @Test
  void anEmptyIndexIsAPlaceholderWithoutABlob() throws Exception {
    emulator().addTag(APP, "v1", TagContent.of("a").withDates(null, null));
    String kept =
        emulator().addTag(APP, "v2", TagContent.of("a").withDates(null, null)).digest();
    String placeholder = OciEmulator.digestOf(EMPTY_INDEX);

    var pushed = put(MANIFESTS + "v1", OCI_INDEX, EMPTY_INDEX);
    assertEquals(201, pushed.statusCode());
    assertEquals(placeholder, header(pushed, "Docker-Content-Digest"));
    assertEquals(DELETED, outcome(delete(MANIFESTS + placeholder)));
    assertEquals(Map.of("v2", kept), emulator().tags(APP));
    emulator().faults().setEmptyIndexRefused(true);
    assertEquals("400 MANIFEST_INVALID", outcome(put(MANIFESTS + "v2", OCI_INDEX, EMPTY_INDEX)));
  }

  @Test
  void conditionsOnAPushAreIgnored() throws Exception {
    var pushed = send(request(
            "PUT",
            MANIFESTS + "v1",
            "Content-Type",
            OCI_INDEX,
            "If-None-Match",
            "*",
            "If-Match",
            "\"sha256:dead\"")
        .method("PUT", BodyPublishers.ofString(EMPTY_INDEX)));

    assertEquals(201, pushed.statusCode());
    assertEquals(201, put(MANIFESTS + "v1", OCI_INDEX, EMPTY_INDEX).statusCode());
  }

  @Test
  void aPushByAnotherDigestIsRefused() throws Exception {
    assertEquals(
        "400 DIGEST_INVALID", outcome(put(MANIFESTS + NO_SUCH_DIGEST, OCI_INDEX, EMPTY_INDEX)));
    String own = OciEmulator.digestOf(EMPTY_INDEX);
    assertEquals(201, put(MANIFESTS + own, OCI_INDEX, EMPTY_INDEX).statusCode());
    assertEquals(List.of(own), emulator().manifests(APP));
    assertEquals(List.of(), emulator().tagNames(APP));
  }

  @Test
  void whatCouldBeTwoTypesIsRefused() throws Exception {
    String both = "{\"schemaVersion\":2,\"manifests\":[],\"config\":{},\"layers\":[]}";

    assertEquals("400 MANIFEST_INVALID", outcome(put(MANIFESTS + "v1", OCI_INDEX, both)));
    assertEquals("400 MANIFEST_INVALID", outcome(put(MANIFESTS + "v1", OCI_MANIFEST, both)));
    assertEquals("400 MANIFEST_INVALID", outcome(put(MANIFESTS + "v1", DOCKER_LIST, EMPTY_INDEX)));
  }

  @Test
  void theSameContentAndCreationHaveTheSameDigest() {
    Instant created = Instant.parse("2024-01-01T00:00:00Z");
    String digest = emulator()
        .addTag(APP, "v1", TagContent.of("a").withDates(created, null))
        .digest();

    assertEquals(
        digest,
        emulator()
            .addTag(APP, "v2", TagContent.of("a").withDates(created, null))
            .digest());
    assertEquals(
        digest,
        emulator()
            .addTag("other", "v1", TagContent.of("a").withDates(created, null))
            .digest());
    assertNotEquals(
        digest,
        emulator()
            .addTag(APP, "v3", TagContent.of("b").withDates(created, null))
            .digest());
    assertNotEquals(
        digest,
        emulator()
            .addTag(APP, "v4", TagContent.of("a").withDates(created.plusSeconds(1), null))
            .digest());
    assertNotEquals(
        digest,
        emulator().addTag(APP, "v5", TagContent.of("a").withDates(null, null)).digest());
    assertNotEquals(digest, emulator().pushImage(APP, "v6", "a", created, Map.of("k", "v")));
    assertEquals(digest, OciEmulator.digestOf(emulator().manifestBytes(APP, "v1")));
  }

  @Test
  void theConfigTellsTheCreation() throws Exception {
    emulator()
        .addTag(
            APP, "v1", TagContent.of("a").withDates(Instant.parse("2024-01-01T00:00:00Z"), null));
    emulator().addTag(APP, "v2", TagContent.of("a").withDates(null, null));

    assertEquals("2024-01-01T00:00:00Z", created("v1"));
    assertEquals("", created("v2"));
  }

  private static String created(String tag) throws Exception {
    var manifest = get(MANIFESTS + tag, "Accept", OCI_MANIFEST);
    String config = json(manifest).path("config").path("digest").asText();
    return json(get("/v2/" + APP + "/blobs/" + config)).path("created").asText();
  }
}
