package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and who gets them; the challenges themselves are compared with recorded ones elsewhere. */
class OciEmulatorAccessTest extends OciEmulatorTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TAGS = "/v2/" + APP + "/tags/list";
  private static final String PULL = "repository:team/app:pull";
  private static final String ASK = "/token?service=registrykit-emulator&scope=";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void askForTokens() {
    emulator().addTag(APP, "v1", TagContent.of("a").withDates(null, null));
    emulator().requireBearer("user", "p:w");
  }

  @Test
  void aTokenLetsInForWhatItWasAskedFor() throws Exception {
    String token = token(get(ASK + PULL, "Authorization", basic("user", "p:w")));

    assertEquals(List.of("v1"), tagsOf(get(TAGS, "Authorization", "Bearer " + token)));
    var deletion =
        send("DELETE", "/v2/" + APP + "/manifests/v1", "Authorization", "Bearer " + token);
    assertEquals(401, deletion.statusCode());
    assertTrue(header(deletion, "WWW-Authenticate")
        .endsWith("scope=\"repository:team/app:delete\",error=\"insufficient_scope\""));
    assertEquals(1, emulator().tokenRequestCount());
  }

  @Test
  void theChallengeNamesTheTokenServer() throws Exception {
    String challenge = header(get(TAGS), "WWW-Authenticate");

    assertEquals(
        "Bearer realm=\"" + emulator().tokenUrl() + "\",service=\"registrykit-emulator\",scope=\""
            + PULL + "\"",
        challenge);
  }

  @Test
  void severalScopesMayBeAskedForAtOnce() throws Exception {
    String both = ASK + PULL + "&scope=repository:team/app:delete%20registry:catalog:*";
    String token = token(get(both, "Authorization", basic("user", "p:w")));

    assertEquals(200, get(TAGS, "Authorization", "Bearer " + token).statusCode());
    assertEquals(200, get("/v2/_catalog", "Authorization", "Bearer " + token).statusCode());
    assertEquals(
        400,
        send("DELETE", "/v2/" + APP + "/manifests/v1", "Authorization", "Bearer " + token)
            .statusCode());
  }

  @Test
  void wrongAndMissingCredentialsGetNoToken() throws Exception {
    assertEquals(401, get(ASK + PULL, "Authorization", basic("user", "wrong")).statusCode());
    assertEquals(401, get(ASK + PULL).statusCode());
    emulator().setAnonymousActions("pull");
    assertEquals(401, get(ASK + PULL, "Authorization", basic("user", "wrong")).statusCode());
    String token = token(get(ASK + PULL + ",push"));
    assertEquals(200, get(TAGS, "Authorization", "Bearer " + token).statusCode());
  }

  @Test
  void lessMayBeGrantedThanAskedFor() throws Exception {
    emulator().setGrantedActions("pull");
    String token = token(get(ASK + PULL + ",push,delete", "Authorization", basic("user", "p:w")));

    assertEquals(200, get(TAGS, "Authorization", "Bearer " + token).statusCode());
    assertEquals(
        401,
        send("POST", "/v2/" + APP + "/blobs/uploads/", "Authorization", "Bearer " + token)
            .statusCode());
  }

  @Test
  void tokensExpire() throws Exception {
    emulator().setClock(Clock.fixed(NOW, ZoneOffset.UTC));
    emulator().setTokenLifetime(Duration.ofSeconds(60));
    var answer = get(ASK + PULL, "Authorization", basic("user", "p:w"));
    JsonNode fields = json(answer);
    assertEquals(60, fields.path("expires_in").asInt());
    assertEquals(NOW.toString(), fields.path("issued_at").asText());
    String bearer = "Bearer " + token(answer);

    emulator().setClock(Clock.fixed(NOW.plusSeconds(59), ZoneOffset.UTC));
    assertEquals(200, get(TAGS, "Authorization", bearer).statusCode());
    emulator().setClock(Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
    var expired = get(TAGS, "Authorization", bearer);
    assertEquals(401, expired.statusCode());
    assertTrue(header(expired, "WWW-Authenticate").endsWith("error=\"invalid_token\""));
  }

  @Test
  void tokensOfAnotherEmulatorAreAsGood() throws Exception {
    try (OciEmulator tokens = OciEmulator.start()) {
      tokens.requireBearer("user", "p:w");
      emulator().faults().setRealm(tokens.tokenUrl().toString());
      assertTrue(header(get(TAGS), "WWW-Authenticate").contains("\"" + tokens.tokenUrl() + "\""));

      var issued = send(HttpRequest.newBuilder(URI.create(tokens.baseUrl() + ASK + PULL))
          .header("Authorization", basic("user", "p:w")));
      assertEquals(200, get(TAGS, "Authorization", "Bearer " + token(issued)).statusCode());
      assertEquals(0, emulator().tokenRequestCount());
      assertEquals(1, tokens.tokenRequestCount());
    }
  }

  @Test
  void tokensForAnotherServiceAreNot() throws Exception {
    String other = "/token?service=other&scope=" + PULL;
    String token = token(get(other, "Authorization", basic("user", "p:w")));

    assertEquals(401, get(TAGS, "Authorization", "Bearer " + token).statusCode());
  }

  @Test
  void aStaticTokenIsGoodForEverything() throws Exception {
    emulator().acceptToken("ghp_static");

    assertEquals(200, get(TAGS, "Authorization", "Bearer ghp_static").statusCode());
    assertEquals(401, get(TAGS, "Authorization", "Bearer other").statusCode());
    assertEquals(401, get(TAGS, "Authorization", "Bearer emulated.!.x").statusCode());
  }

  @Test
  void oauth2TakesAPasswordAndARefreshToken() throws Exception {
    String scope = "&service=registrykit-emulator&scope=repository%3Ateam%2Fapp%3Apull";
    var byPassword = post(
        "/token",
        FORM,
        "grant_type=password&username=user&password=p%3Aw&access_type=offline" + scope);
    String refresh = json(byPassword).path("refresh_token").asText();
    assertEquals(emulator().refreshToken(), refresh);

    var byRefresh =
        post("/token", FORM, "grant_type=refresh_token&refresh_token=" + refresh + scope);
    assertEquals(200, get(TAGS, "Authorization", "Bearer " + token(byRefresh)).statusCode());
    assertNotEquals(token(byPassword), token(byRefresh));
    assertEquals(
        401,
        post("/token", FORM, "grant_type=refresh_token&refresh_token=other" + scope)
            .statusCode());
    emulator().faults().setTokenPostRefused(404);
    assertEquals(404, post("/token", FORM, "grant_type=password" + scope).statusCode());
  }

  @Test
  void theFieldsOfAnAnswerCanBeChosen() throws Exception {
    emulator().faults().setTokenFields("access_token");

    JsonNode answer = json(get(ASK + PULL, "Authorization", basic("user", "p:w")));
    assertEquals(1, answer.size());
    assertFalse(answer.path("access_token").asText().isEmpty());
  }

  @Test
  void challengesCanBeGiven() throws Exception {
    emulator().faults().setChallenges("Negotiate", "Bearer service=x, realm=\"y, z\"");

    assertEquals(
        List.of("Negotiate", "Bearer service=x, realm=\"y, z\""),
        get(TAGS).headers().allValues("WWW-Authenticate"));
    emulator().faults().setChallenges();
    assertEquals(List.of(), get(TAGS).headers().allValues("WWW-Authenticate"));
  }

  @Test
  void quayKnowsNoRightToDelete() throws Exception {
    emulator().personality(OciPersonality.QUAY);
    String manifest = "/v2/" + APP + "/manifests/v1";
    assertTrue(header(delete(manifest), "WWW-Authenticate").contains(":pull,push\""));

    assertEquals(
        400, get(ASK + PULL + ",delete", "Authorization", basic("user", "p:w")).statusCode());
    String token = token(get(ASK + PULL + ",push", "Authorization", basic("user", "p:w")));
    assertEquals(
        202, send("DELETE", manifest, "Authorization", "Bearer " + token).statusCode());
  }

  @Test
  void everybodyIsLetInAgain() throws Exception {
    assertEquals(401, get(TAGS).statusCode());
    emulator().allowAnybody();
    assertEquals(200, get(TAGS).statusCode());
  }

  private static String token(HttpResponse<String> response) throws Exception {
    assertEquals(200, response.statusCode(), response.body());
    return json(response).path("access_token").asText();
  }

  private static String basic(String user, String password) {
    byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
