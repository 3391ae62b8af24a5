package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry is made of: the owner, the token and where it comes from, addresses. */
class GithubRegistryBuilderTest extends GithubTest {

  private static final String FINE_GRAINED = "github_pat_11AAAAAAA0aaaaaaaaaaaa";

  @TempDir
  Path home;

  private GithubRegistryBuilder fromVariables(Map<String, String> variables) {
    return GithubRegistry.builder()
        .owner("octo-org")
        .ownerKind(OwnerKind.ORGANIZATION)
        .environment(variables)
        .baseUrl(emulator.baseUrl().toString())
        .registryUrl(emulator.baseUrl().toString())
        .httpOptions(httpOptions());
  }

  private String tokenSentBy(GithubRegistryBuilder builder) {
    emulator.addTag(PATH, "1.0");
    emulator.clearRequests();
    try (GithubRegistry opened = builder.build()) {
      opened.getTag(APP, "1.0");
    }
    List<String> basic = emulator.requests().stream()
        .filter(request -> request.rawPath().equals("/token"))
        .flatMap(request -> request.header("Authorization").stream())
        .distinct()
        .toList();
    assertEquals(1, basic.size(), basic::toString);
    String login = new String(
        Base64.getDecoder().decode(basic.get(0).substring("Basic ".length())),
        StandardCharsets.UTF_8);
    String bearer = emulator.requests().get(0).header("Authorization").orElseThrow();
    assertEquals("Bearer " + login.substring(login.indexOf(':') + 1), bearer);
    return bearer.substring("Bearer ".length());
  }

  @Test
  void theTokenOfBothHalvesComesFromTheVariables() {
    String classic = emulator.token(TokenKind.CLASSIC);
    String workflow = emulator.token(TokenKind.WORKFLOW);

    assertEquals(classic, tokenSentBy(fromVariables(Map.of("GITHUB_TOKEN", classic))));
    assertEquals(classic, tokenSentBy(fromVariables(Map.of("GH_TOKEN", classic))));
    assertEquals(
        classic, tokenSentBy(fromVariables(Map.of("GITHUB_TOKEN", classic, "GH_TOKEN", workflow))));
    assertEquals(
        workflow, tokenSentBy(fromVariables(Map.of("GITHUB_TOKEN", "", "GH_TOKEN", workflow))));
    assertEquals(
        workflow, tokenSentBy(fromVariables(Map.of("GITHUB_TOKEN", classic)).token(workflow)));
  }

  private Map<String, String> storing(String password) throws IOException {
    String auth = Base64.getEncoder()
        .encodeToString(("somebody:" + password).getBytes(StandardCharsets.UTF_8));
    Path file = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
    Files.writeString(
        file,
        "{\"auths\":{\"" + emulator.baseUrl().getAuthority() + "\":{\"auth\":\"" + auth + "\"}}}");
    return Map.of("HOME", home.toString(), "OCI_USERNAME", "another", "OCI_PASSWORD", "registrys");
  }

  @Test
  void theTokenOfBothHalvesIsTheOneThatDockerStored() throws IOException {
    String token = emulator.token(TokenKind.CLASSIC);

    assertEquals(token, tokenSentBy(fromVariables(storing(token))));
  }

  @Test
  void aVariableWinsOverWhatDockerStored() throws IOException {
    Map<String, String> variables = new java.util.HashMap<>(storing("stored"));
    variables.put("GH_TOKEN", emulator.token(TokenKind.WORKFLOW));

    assertEquals(emulator.token(TokenKind.WORKFLOW), tokenSentBy(fromVariables(variables)));
  }

  @Test
  void withoutATokenNothingIsSent() {
    try (GithubRegistry opened = fromVariables(Map.of("HOME", home.toString())).build()) {
      AuthenticationException e =
          assertThrows(AuthenticationException.class, () -> opened.getImage(APP));

      assertTrue(
          e.getMessage().startsWith("get image octo-org/app failed: there is no token"),
          e::getMessage);
    }
    assertEquals(0, emulator.requestCount());
  }

  @Test
  void aFineGrainedTokenIsRefusedBeforeAnythingIsSent() throws IOException {
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> GithubRegistry.builder().token(FINE_GRAINED));
    assertTrue(e.getMessage().contains("classic"), e::getMessage);
    assertFalse(e.getMessage().contains(FINE_GRAINED), e::getMessage);
    assertThrows(
        IllegalArgumentException.class,
        () -> fromVariables(Map.of("GITHUB_TOKEN", FINE_GRAINED)).build());
    try (GithubRegistry opened = fromVariables(storing(FINE_GRAINED)).build()) {
      assertThrows(AuthenticationException.class, () -> opened.getImage(APP));
    }
    assertEquals(0, emulator.requestCount());
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThrows(
        IllegalArgumentException.class,
        () -> GithubRegistry.builder().token("t").build());
    assertThrows(
        IllegalArgumentException.class,
        () -> GithubRegistry.builder().owner("o").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "-a", "a b", "a..b", "https://github.com/a"})
  void whatIsNoLoginIsRefused(String owner) {
    assertThrows(IllegalArgumentException.class, () -> GithubRegistry.builder().owner(owner));
  }

  @Test
  void contradictionsAndNonsenseAreRefused() {
    GithubRegistryBuilder builder = builder().httpClient(HttpClient.newHttpClient());

    assertThrows(IllegalArgumentException.class, builder::build);
    assertThrows(IllegalArgumentException.class, () -> builder().patience(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> builder().baseUrl("ftp://example.org"));
    assertThrows(IllegalArgumentException.class, () -> builder().token("a\nb"));
  }

  @Test
  void textsHoldNoToken() {
    String token = emulator.token(TokenKind.CLASSIC);

    assertEquals("octo-org", registry.owner());
    assertFalse(builder().toString().contains(token));
    assertFalse(registry.toString().contains(token));
    assertTrue(registry.toString().contains("octo-org"));
  }

  // By URI

  @Test
  void aUriOpensTheImagesOfAnOwner() {
    emulator.addTag(PATH, "1.0");
    emulator.addTag(PATH, "2.0");
    try (Registry opened =
        Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
      assertInstanceOf(GithubRegistry.class, opened);
      assertEquals("github", opened.provider());
      assertEquals(2, opened.listTags(APP).toList().size());
      opened.deleteTag(APP, "1.0");
    }
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void theParametersOfAUriAreThoseOfTheBuilder() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.addTag(PATH, "2.0");
    URI uri = URI.create(emulator.uri()
        + "&owner-kind=organization&strict-deletion=without-placeholder&keep-last-tag=false");
    try (Registry opened = Registries.open(uri, emulator.environment(), HttpOptions.defaults())) {
      assertThrows(dev.registrykit.SharedDigestException.class, () -> opened.deleteTag(APP, "1.0"));
    }
    assertTrue(
        emulator.requests().stream().noneMatch(request -> request.rawPath().startsWith("/users")));
  }

  @Test
  void aReferenceNamesTheRegistryOfTheBuilder() {
    try (GithubRegistry opened =
        GithubRegistry.builder().owner("Octo-Org").token("ghp_x").build()) {
      assertEquals("octo-org", opened.owner());
      assertThrows(
          IllegalArgumentException.class,
          () -> opened.listTags(ImageRef.parse("docker.io/octo-org/app")));
      opened.listTags(ImageRef.parse("ghcr.io/octo-org/app")); // sends nothing
    }
    assertEquals(Optional.of("ghcr.io"), ImageRef.parse("ghcr.io/octo-org/app").host());
  }
}
