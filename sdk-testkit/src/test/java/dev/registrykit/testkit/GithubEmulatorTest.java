package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the emulator answers to a plain HTTP client, in both its halves. */
class GithubEmulatorTest {
  private static final String APP = "octo-org/app";
  private static final String PACKAGE = "/orgs/octo-org/packages/container/app";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @RegisterExtension
  static final GithubEmulatorExtension GITHUB = new GithubEmulatorExtension();

  private GithubEmulator emulator;
  private TokenKind token;

  @BeforeEach
  void takeEmulator() {
    emulator = GITHUB.emulator();
    token = TokenKind.CLASSIC;
  }

  private HttpResponse<String> send(String method, String pathAndQuery) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(emulator.baseUrl() + pathAndQuery))
            .header("Authorization", "Bearer " + emulator.token(token))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode read(String pathAndQuery) throws Exception {
    HttpResponse<String> answer = send("GET", pathAndQuery);
    assertEquals(200, answer.statusCode(), answer.body());
    return MAPPER.readTree(answer.body());
  }

  private void assertRefused(int status, String message, HttpResponse<String> answer)
      throws Exception {
    JsonNode body = MAPPER.readTree(answer.body());
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(body.path("message").asText().startsWith(message), answer.body());
    assertTrue(body.path("documentation_url").asText().startsWith("https://docs.github.com/rest"));
    assertEquals(String.valueOf(status), body.path("status").asText());
  }

  private String version(String digest) {
    return PACKAGE + "/versions/" + emulator.versionId(APP, digest);
  }

  /** A token for the registry's half, as a client of it gets one. */
  private HttpResponse<String> login(String name, String password, String actions)
      throws Exception {
    String basic = Base64.getEncoder()
        .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(emulator.baseUrl()
                + "/token?service=ghcr.io&scope=repository:octo-org/app:" + actions))
            .header("Authorization", "Basic " + basic)
            .build(),
        BodyHandlers.ofString());
  }

  private int onRegistry(String method, String reference, String bearer) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(
                    URI.create(emulator.baseUrl() + "/v2/octo-org/app/manifests/" + reference))
                .header("Authorization", "Bearer " + bearer)
                .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                .method(method, BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private String bearer(TokenKind kind, String actions) throws Exception {
    return MAPPER
        .readTree(login("anybody", emulator.token(kind), actions).body())
        .path("token")
        .asText();
  }

  // One state

  @Test
  void aManifestIsAVersionWithTheTagsThatPointToIt() throws Exception {
    String digest = emulator.addTag(APP, "1.0").digest();
    emulator.moveTag(APP, "latest", digest);

    JsonNode versions = read(PACKAGE + "/versions");

    assertEquals(1, versions.size());
    assertEquals(digest, versions.get(0).path("name").asText());
    assertEquals(emulator.versionId(APP, digest), versions.get(0).path("id").asLong());
    JsonNode metadata = versions.get(0).path("metadata");
    assertEquals("container", metadata.path("package_type").asText());
    assertEquals("[\"1.0\",\"latest\"]", metadata.path("container").path("tags").toString());
    assertEquals(versions.get(0), read(version(digest)));
  }

  @Test
  void aVersionThatIsDeletedTakesItsTagsFromTheRegistry() throws Exception {
    String digest = emulator.addTag(APP, "1.0").digest();
    emulator.moveTag(APP, "latest", digest);
    emulator.addTag(APP, "2.0");
    String bearer = bearer(TokenKind.CLASSIC, "pull");
    assertEquals(200, onRegistry("HEAD", "latest", bearer));
    String version = version(digest);

    HttpResponse<String> answer = send("DELETE", version);

    assertEquals(204, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals(404, onRegistry("HEAD", "latest", bearer));
    assertEquals(List.of("2.0"), emulator.tagNames(APP));
    assertRefused(404, "Package version not found.", send("DELETE", version));
    JsonNode deleted = read(PACKAGE + "/versions?state=deleted");
    assertEquals(digest, deleted.get(0).path("name").asText());
    assertTrue(deleted.get(0).has("deleted_at"));
    assertEquals(204, send("POST", version + "/restore").statusCode());
    assertEquals(200, onRegistry("HEAD", "latest", bearer));
    assertEquals(digest, emulator.tags(APP).get("1.0"));
  }

  @Test
  void aPackageGoesAndComesBackWhole() throws Exception {
    emulator.addTag(APP, "1.0");
    emulator.addTag(APP, "2.0");
    Map<String, String> before = emulator.tags(APP);

    assertEquals(204, send("DELETE", PACKAGE).statusCode());
    assertEquals(List.of(), emulator.tagNames(APP));
    assertRefused(404, "Package not found.", send("GET", PACKAGE));
    assertEquals(204, send("POST", PACKAGE + "/restore").statusCode());

    assertEquals(before, emulator.tags(APP));
    assertRefused(404, "Package not found.", send("POST", PACKAGE + "/restore"));
  }

  @Test
  void theRegistryDeletesNothing() throws Exception {
    emulator.addTag(APP, "1.0");

    assertEquals(405, onRegistry("DELETE", "1.0", bearer(TokenKind.CLASSIC, "delete")));
    assertEquals(List.of("1.0"), emulator.tagNames(APP));
  }

  // Accounts and lists

  @Test
  void accountsAreUsersOrOrganisations() throws Exception {
    assertEquals("Organization", read("/users/octo-org").path("type").asText());
    assertEquals("User", read("/users/octo-user").path("type").asText());
    assertEquals("octo-user", read("/user").path("login").asText());
    assertRefused(404, "Not Found", send("GET", "/users/nobody"));
    assertRefused(404, "Not Found", send("GET", "/orgs/octo-user/packages?package_type=container"));
  }

  @Test
  void packagesAreListedByTheirOwner() throws Exception {
    emulator.addTag(APP, "1.0");
    emulator.addTag("octo-org/deep/er", "1.0");
    emulator.addTag("octo-user/own", "1.0");

    JsonNode packages = read("/orgs/octo-org/packages?package_type=container");

    assertEquals(2, packages.size());
    assertEquals("app", packages.get(0).path("name").asText());
    assertEquals("private", packages.get(0).path("visibility").asText());
    assertEquals(1, packages.get(0).path("version_count").asInt());
    assertEquals(
        "deep/er",
        read("/orgs/octo-org/packages/container/deep%2Fer").path("name").asText());
    assertEquals(1, read("/user/packages?package_type=container").size());
    assertRefused(400, "Invalid argument.", send("GET", "/orgs/octo-org/packages"));
    assertRefused(
        400,
        "Invalid argument.",
        send("GET", "/orgs/octo-org/packages?package_type=container&page=101&per_page=100"));
  }

  @Test
  void pagesHaveLinksUnlessATestTakesThemAway() throws Exception {
    for (int i = 0; i < 5; i++) {
      emulator.addTag(APP, "v" + i);
    }
    List<String> names = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      HttpResponse<String> answer = send("GET", PACKAGE + "/versions?page=" + page + "&per_page=2");
      String link = answer.headers().firstValue("Link").orElse("");
      assertEquals(page < 3, link.contains("rel=\"next\""), link);
      for (JsonNode version : MAPPER.readTree(answer.body())) {
        names.add(version.path("metadata").path("container").path("tags").get(0).asText());
      }
    }
    assertEquals(List.of("v4", "v3", "v2", "v1", "v0"), names);

    emulator.faults().setOldestFirst(true);
    emulator.faults().setLinks(false);
    emulator.faults().setMaxPageSize(1);
    HttpResponse<String> answer = send("GET", PACKAGE + "/versions?per_page=2");
    assertTrue(answer.headers().firstValue("Link").isEmpty());
    assertEquals(1, MAPPER.readTree(answer.body()).size());
    assertTrue(answer.body().contains("\"v0\""));
    emulator.faults().setPageNumbersIgnored(true);
    assertEquals(answer.body(), send("GET", PACKAGE + "/versions?page=4").body());
  }

  @Test
  void theListLagsBehindTheRegistryByTheTestsClock() throws Exception {
    emulator.addTag(APP, "1.0");
    Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
    emulator.faults().setClock(new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now[0];
      }
    });
    emulator.faults().setListLag(Duration.ofSeconds(10));
    String pushed = emulator.addTag(APP, "2.0").digest();

    assertEquals(1, read(PACKAGE + "/versions").size());
    assertEquals(pushed, read(version(pushed)).path("name").asText());
    now[0] = now[0].plusSeconds(9);
    assertEquals(1, read(PACKAGE + "/versions").size());
    now[0] = now[0].plusSeconds(1);
    assertEquals(2, read(PACKAGE + "/versions").size());
  }

  // Refusals

  @Test
  void theLastTaggedVersionIsKept() throws Exception {
    String digest = emulator.addTag(APP, "1.0").digest();
    String untagged = emulator.pushImage(APP, null, "untagged", null);

    assertRefused(
        400, "You cannot delete the last tagged version", send("DELETE", version(digest)));
    assertEquals(204, send("DELETE", version(untagged)).statusCode());
    emulator.faults().setLastTaggedVersionDeletable(true);
    assertEquals(204, send("DELETE", version(digest)).statusCode());
  }

  @Test
  void whatIsPublicAndWasDownloadedTooOftenIsKept() throws Exception {
    String digest = emulator.addTag(APP, "1.0").digest();
    emulator.addTag(APP, "2.0");
    emulator.faults().setDownloads(APP, digest, 5_001);
    emulator.faults().setPublic(APP, true);

    assertRefused(400, "Publicly visible package versions", send("DELETE", version(digest)));
    assertRefused(400, "Publicly visible packages", send("DELETE", PACKAGE));
    emulator.faults().setPublic(APP, false);
    assertEquals(204, send("DELETE", version(digest)).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "CLASSIC_READ_ONLY, 403, You must have",
    "CLASSIC_WITHOUT_ADMIN, 404, Package not found.",
    "WORKFLOW_WITHOUT_ADMIN, 403, Resource not accessible by integration"
  })
  void whoMayNotDeleteHearsWhatUsersReport(TokenKind kind, int status, String message)
      throws Exception {
    String digest = emulator.addTag(APP, "1.0").digest();
    emulator.addTag(APP, "2.0");
    token = kind;

    assertRefused(status, message, send("DELETE", version(digest)));
    assertRefused(status, message, send("DELETE", PACKAGE));
    assertRefused(status, message, send("POST", PACKAGE + "/restore"));
    assertEquals(2, emulator.tagNames(APP).size());
  }

  @Test
  void aWorkflowsTokenHasNoUserAndListsNoPackages() throws Exception {
    emulator.addTag(APP, "1.0");
    token = TokenKind.WORKFLOW;

    assertRefused(403, "Resource not accessible by integration", send("GET", "/user"));
    assertRefused(
        400, "Invalid argument.", send("GET", "/orgs/octo-org/packages?package_type=container"));
    assertEquals(1, read(PACKAGE + "/versions").size());
  }

  @Test
  void whoHasNoTokenHasNoAnswer() throws Exception {
    HttpRequest anonymous =
        HttpRequest.newBuilder(URI.create(emulator.baseUrl() + PACKAGE)).build();
    assertRefused(401, "Requires authentication", CLIENT.send(anonymous, BodyHandlers.ofString()));
    HttpRequest wrong = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + PACKAGE))
        .header("Authorization", "Bearer ghp_none")
        .build();
    assertRefused(401, "Bad credentials", CLIENT.send(wrong, BodyHandlers.ofString()));
    assertEquals(401, login("anybody", "ghp_none", "pull").statusCode());
  }

  @Test
  void aTokenThatMayReadPushesNothing() throws Exception {
    emulator.addTag(APP, "1.0");

    assertEquals(401, onRegistry("PUT", "1.0", bearer(TokenKind.CLASSIC_READ_ONLY, "pull,push")));
    assertEquals(200, onRegistry("GET", "1.0", bearer(TokenKind.CLASSIC_READ_ONLY, "pull,push")));
  }

  @Test
  void requestsRunOut() throws Exception {
    emulator.addTag(APP, "1.0");
    emulator.faults().setRemainingRequests(1);

    assertEquals(
        "0", send("GET", PACKAGE).headers().firstValue("X-RateLimit-Remaining").get());
    HttpResponse<String> refused = send("GET", PACKAGE);

    assertRefused(403, "API rate limit exceeded", refused);
    assertEquals("core", refused.headers().firstValue("X-RateLimit-Resource").get());
    assertFalse(refused.headers().firstValue("X-RateLimit-Reset").get().isEmpty());
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> emulator.addTag("app", "1.0"));
    assertThrows(IllegalArgumentException.class, () -> emulator.addTag(APP, "a/b"));
    assertThrows(IllegalArgumentException.class, () -> emulator.versionId(APP, "sha256:0"));
    assertThrows(IllegalArgumentException.class, () -> emulator.manifestBytes(APP, "1.0"));
  }
}
