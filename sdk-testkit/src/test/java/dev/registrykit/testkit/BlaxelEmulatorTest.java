package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the emulator answers to a plain HTTP client, in both generations. */
class BlaxelEmulatorTest {
  private static final String NEWER = "2026-09-22";
  private static final String OLDER = "2026-04-28";
  private static final String APP = "/images/sandbox/app";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @RegisterExtension
  static final BlaxelEmulatorExtension BLAXEL = new BlaxelEmulatorExtension();

  private BlaxelEmulator emulator;

  @BeforeEach
  void takeEmulator() {
    emulator = BLAXEL.emulator();
  }

  private HttpRequest.Builder request(String method, String pathAndQuery, String body) {
    return HttpRequest.newBuilder(URI.create(emulator.apiUrl() + pathAndQuery))
        .header("Authorization", "Bearer " + emulator.apiKey())
        .header("X-Blaxel-Workspace", emulator.workspace())
        .header("Blaxel-Version", NEWER)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String pathAndQuery) throws Exception {
    return send(request(method, pathAndQuery, ""));
  }

  private JsonNode read(String pathAndQuery) throws Exception {
    return ok(send("GET", pathAndQuery));
  }

  private JsonNode readOlder(String pathAndQuery) throws Exception {
    return ok(send(request("GET", pathAndQuery, "").setHeader("Blaxel-Version", OLDER)));
  }

  private static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    return MAPPER.readTree(response.body());
  }

  private static List<String> names(JsonNode items) {
    List<String> names = new ArrayList<>();
    items.forEach(item ->
        names.add(item.path("name").asText(item.path("metadata").path("name").asText())));
    return names;
  }

  // Who is let in

  @Test
  void aWrongKeyIsRefused() throws Exception {
    assertEquals(
        401,
        send(request("GET", "/images", "").setHeader("Authorization", "Bearer x"))
            .statusCode());
    assertEquals(
        200,
        send(request("GET", "/images", "")
                .setHeader("Authorization", "Basic x")
                .header("X-Blaxel-Authorization", "Bearer " + emulator.apiKey()))
            .statusCode());
  }

  @Test
  void anotherWorkspaceIsRefusedAndNoneIsAmbiguous() throws Exception {
    var other = send(request("GET", "/images", "").setHeader("X-Blaxel-Workspace", "other"));
    var none = send(HttpRequest.newBuilder(URI.create(emulator.apiUrl() + "/images"))
        .header("Authorization", "Bearer " + emulator.apiKey()));

    assertEquals(403, other.statusCode());
    assertEquals(400, none.statusCode());
    assertEquals(
        "WORKSPACE_REQUIRED", MAPPER.readTree(none.body()).at("/error/code").asText());
    assertEquals("platform", none.headers().firstValue("X-Blaxel-Source").orElse(""));
  }

  @Test
  void anUnknownVersionIsRefusedAsDocumented() throws Exception {
    var response = send(request("GET", "/images", "").setHeader("Blaxel-Version", "2026-99-99"));

    assertEquals(400, response.statusCode());
    JsonNode body = MAPPER.readTree(response.body());
    assertEquals("invalid_api_version", body.path("error").asText());
    assertTrue(body.path("message").asText().startsWith("Unknown API version \"2026-99-99\". "));
    assertFalse(body.has("code"));
  }

  @Test
  void aTokenIsGivenToTheClientAlone() throws Exception {
    String body = "{\"grant_type\":\"client_credentials\"}";
    var good = send(request("POST", "/oauth/token", body)
        .setHeader("Authorization", "Basic " + emulator.clientCredentials()));
    var bad = send(request("POST", "/oauth/token", body));
    var otherGrant = send(request("POST", "/oauth/token", "{\"grant_type\":\"x\"}")
        .setHeader("Authorization", "Basic " + emulator.clientCredentials()));

    JsonNode token = ok(good);
    assertEquals(7200, token.path("expires_in").asInt());
    assertEquals(400, bad.statusCode());
    assertEquals(400, otherGrant.statusCode());
    HttpRequest.Builder withToken = request("GET", "/images", "")
        .setHeader("Authorization", "Bearer " + token.path("access_token").asText());
    assertEquals(200, send(withToken).statusCode());
    emulator.revokeTokens();
    var revoked = send(withToken);
    assertEquals(401, revoked.statusCode());
    assertTrue(revoked.body().contains("TOKEN_REVOKED"));
  }

  // Two generations

  @Test
  void theNewerGenerationPagesAndHasNoTagsWithAnImage() throws Exception {
    emulator.addTags("sandbox/app", 3);
    emulator.addImage("sandbox/web");

    JsonNode page = read("/images?limit=1&sort=name:asc");
    assertEquals(List.of("app"), names(page.path("data")));
    assertTrue(page.at("/meta/hasMore").asBoolean());
    String cursor = page.at("/meta/nextCursor").asText();
    assertTrue(cursor.matches("opaque\\+/.*="), cursor);
    JsonNode next = read("/images?limit=1&sort=name:asc&cursor="
        + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    assertEquals(List.of("web"), names(next.path("data")));
    assertFalse(next.path("meta").has("nextCursor"));

    JsonNode image = read(APP);
    assertEquals(3, image.at("/spec/tagCount").asInt());
    assertFalse(image.path("spec").has("tags"));
    assertEquals(
        List.of("t-000002", "t-000001"),
        names(read(APP + "/tags?limit=2&sort=name:desc").path("data")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-04-28", "2026-04-16", ""})
  void theOlderGenerationSendsAllAtOnce(String version) throws Exception {
    emulator.addTags("sandbox/app", 3);
    emulator.addImage("sandbox/unbuilt");
    HttpRequest.Builder list = HttpRequest.newBuilder(
            URI.create(emulator.apiUrl() + "/images?limit=1"))
        .header("Authorization", "Bearer " + emulator.apiKey())
        .header("X-Blaxel-Workspace", "acme");

    JsonNode images = ok(send(version.isEmpty() ? list : list.header("Blaxel-Version", version)));

    assertTrue(images.isArray());
    assertEquals(3, images.get(0).at("/spec/tags").size());
    assertTrue(images.get(1).at("/spec/tags").isNull());
    assertEquals(3, readOlder(APP).at("/spec/tags").size());
    assertEquals(
        404,
        send(request("GET", APP + "/tags", "").setHeader("Blaxel-Version", OLDER))
            .statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "/images?limit=0",
    "/images?limit=101",
    "/images?limit=x",
    "/images?sort=size:asc",
    "/images?cursor=forged",
    "/images/sandbox/app/tags?sort=createdAt:asc",
    "/images/sandbox/app/tags?q=a&name=b"
  })
  void whatIsNotOfferedIsRefused(String pathAndQuery) throws Exception {
    emulator.addImage("sandbox/app");

    assertEquals(400, send("GET", pathAndQuery).statusCode());
  }

  @Test
  void aCursorIsBoundToItsListing() throws Exception {
    emulator.addTags("sandbox/app", 3);
    emulator.addTags("sandbox/web", 3);
    String cursor = URLEncoder.encode(
        read(APP + "/tags?limit=1").at("/meta/nextCursor").asText(), StandardCharsets.UTF_8);

    assertEquals(200, send("GET", APP + "/tags?limit=2&cursor=" + cursor).statusCode());
    assertEquals(400, send("GET", APP + "/tags?q=t&cursor=" + cursor).statusCode());
    assertEquals(400, send("GET", "/images/sandbox/web/tags?cursor=" + cursor).statusCode());
  }

  @Test
  void tagsAreFilteredByNameAndPrefix() throws Exception {
    for (String tag : List.of("1.0", "1.1", "2.0")) {
      emulator.addTag("sandbox/app", tag);
    }

    assertEquals(List.of("1.0", "1.1"), names(read(APP + "/tags?q=1").path("data")));
    assertEquals(List.of("2.0"), names(read(APP + "/tags?name=2.0").path("data")));
  }

  @Test
  void anEmptyPageMayStandBeforeEachPage() throws Exception {
    emulator.addTags("sandbox/app", 1);
    emulator.faults().setEmptyPagesBetween(true);

    JsonNode first = read(APP + "/tags");

    assertEquals(0, first.path("data").size());
    assertTrue(first.at("/meta/hasMore").asBoolean());
  }

  // Deleting

  @Test
  void aTagIsDeletedAndTheImageEchoed() throws Exception {
    emulator.addTags("sandbox/app", 2);

    JsonNode image = ok(send("DELETE", APP + "/tags/t-000000"));

    assertEquals(List.of("t-000001"), names(image.at("/spec/tags")));
    emulator.faults().setAnswersDeletionsWithoutContent(true);
    assertEquals(204, send("DELETE", APP + "/tags/t-000001").statusCode());
    assertEquals(404, send("DELETE", APP + "/tags/t-000001").statusCode());
    assertEquals(204, send("DELETE", APP).statusCode());
    assertEquals(404, send("DELETE", APP).statusCode());
  }

  @Test
  void whatIsInUseOrSharedStays() throws Exception {
    emulator.addTags("sandbox/app", 2);
    emulator.setInUse("sandbox/app", "t-000000", true);

    assertEquals(400, send("DELETE", APP + "/tags/t-000000").statusCode());
    assertEquals(400, send("DELETE", APP).statusCode());
    assertEquals(200, send("DELETE", APP + "/tags/t-000001").statusCode());
    emulator.setInUse("sandbox/app", "t-000000", false);
    emulator.faults().setInUseBody("{\"error\":\"100% busy\"}");
    assertEquals(
        200,
        send(request("POST", APP + "/share", "{\"targetWorkspace\":\"b\"}")).statusCode());
    assertTrue(send("DELETE", APP).body().contains("shared"));
    assertEquals(List.of("t-000000"), emulator.tagNames("sandbox/app"));
    assertThrows(
        IllegalArgumentException.class, () -> emulator.setInUse("sandbox/app", "missing", true));
  }

  @Test
  void theWordsOfARefusalAreTheTests() throws Exception {
    emulator.addTag("sandbox/app", "1.0");
    emulator.setInUse("sandbox/app", "1.0", true);
    emulator.faults().setInUseBody("{\"error\":\"100% busy\"}");

    assertEquals("{\"error\":\"100% busy\"}", send("DELETE", APP + "/tags/1.0").body());
  }

  @Test
  void aColonInAnImagesNameDeletesATag() throws Exception {
    emulator.addTags("sandbox/app", 2);

    assertEquals(200, send("DELETE", APP + "%3At-000000").statusCode());
    assertEquals(List.of("t-000001"), emulator.tagNames("sandbox/app"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/images", "/images/", "/images//", "/images/./.", "/images/x/..", "/images/%20/"})
  void whatALooseServerTakesForThePurgeIsOne(String path) throws Exception {
    emulator.addImage("sandbox/app");

    assertEquals(501, send("DELETE", path).statusCode());

    assertThrows(AssertionError.class, emulator::assertNotPurged);
    assertEquals(List.of("sandbox/app"), emulator.imagePaths());
    emulator.reset();
  }

  @Test
  void thePurgeSparesWhatIsInUseOrShared() throws Exception {
    emulator.addTag("sandbox/used", "1.0");
    emulator.setInUse("sandbox/used", "1.0", true);
    emulator.addImage("sandbox/shared");
    send(request("POST", "/images/sandbox/shared/share", "{\"targetWorkspace\":\"b\"}"));
    emulator.addImage("sandbox/unused");
    emulator.allowPurge();

    assertEquals(1, ok(send("DELETE", "/images")).path("deleted").asInt());
    assertEquals(List.of("sandbox/shared", "sandbox/used"), emulator.imagePaths());
  }

  // Sharing and creating

  @Test
  void aShareOfAnotherAccountWaits() throws Exception {
    emulator.addImage("sandbox/app");

    var response = send(request(
        "POST", APP + "/share", "{\"targetWorkspace\":\"b\",\"targetAccountId\":\"other\"}"));

    assertEquals(202, response.statusCode());
    String id = MAPPER.readTree(response.body()).path("id").asText();
    assertEquals(
        id, read("/pending-image-shares?direction=outgoing").get(0).path("id").asText());
    assertEquals("pending", read(APP + "/share").get(0).path("status").asText());
    assertEquals(403, send("POST", "/pending-image-shares/" + id + "/accept").statusCode());
    assertEquals(200, send("DELETE", APP + "/share/b").statusCode());
    assertEquals(0, read("/pending-image-shares?direction=outgoing").size());
  }

  @Test
  void aPendingShareIsAcceptedOnce() throws Exception {
    String id = emulator.addPendingShare("owner", "sandbox/app", "v1");

    assertEquals(200, send("POST", "/pending-image-shares/" + id + "/accept").statusCode());
    assertEquals(404, send("POST", "/pending-image-shares/" + id + "/accept").statusCode());
    assertEquals(List.of("v1"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void aSharedImageIsReadWithItsOwner() throws Exception {
    emulator.addSharedImage("owner", "sandbox/app", "v1");

    assertEquals(404, send("GET", APP).statusCode());
    assertEquals(
        "owner",
        read(APP + "?sourceWorkspace=owner").at("/metadata/sourceWorkspace").asText());
    assertEquals(1, read("/images").path("data").size());
    assertEquals(404, send("DELETE", APP).statusCode());
  }

  @Test
  void aBuildEndsAfterAsManyReads() throws Exception {
    emulator.setBuildReads(1);
    var created = send(
        request("POST", "/images?upload=true", "{\"resourceType\":\"sandbox\",\"name\":\"app\"}"));

    assertTrue(created.headers().firstValue("X-Blaxel-Upload-Url").isPresent());
    assertEquals("BUILDING", read(APP).at("/metadata/status").asText());
    assertEquals("BUILT", read(APP).at("/metadata/status").asText());
  }

  // Everything else

  @Test
  void everyRefusalHasAnIdOfItsRequest() throws Exception {
    var first = send("GET", APP);
    var second = send("GET", APP);

    assertFalse(first
        .headers()
        .firstValue("X-Cf-Request-Id")
        .equals(second.headers().firstValue("X-Cf-Request-Id")));
  }

  @Test
  void faultsSpoilItsAnswersToo() throws Exception {
    emulator.failNext(Fault.json(503, "{}"));

    assertEquals(503, send("GET", "/images").statusCode());
    assertEquals(200, send("GET", "/images").statusCode());
  }

  @Test
  void anotherPathIsNoRoute() throws Exception {
    for (String path : List.of("/", "/other", "/images/sandbox", APP + "/other", "/../v1/images")) {
      var response = send("GET", path);
      assertEquals(404, response.statusCode(), path);
      assertTrue(response.body().contains("ROUTE_NOT_FOUND"), path);
    }
  }
}
