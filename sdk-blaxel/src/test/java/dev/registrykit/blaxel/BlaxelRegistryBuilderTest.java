package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry is made of: builder, variables, the vendor's file, and what is refused. */
class BlaxelRegistryBuilderTest extends BlaxelTest {

  private static final String KEY = "key-0123456789";
  private static final String OTHER_KEY = "other-0123456789";

  @TempDir
  private Path home;

  /** Returns these variables, and the one that says where the file is. */
  private Map<String, String> environment(String... pairs) {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  private void file(String... lines) throws IOException {
    Files.createDirectories(home.resolve(".blaxel"));
    Files.write(home.resolve(".blaxel/config.yaml"), List.of(lines));
  }

  /** Returns a builder without anything set but the clock and the client. */
  private BlaxelRegistryBuilder bare() {
    return BlaxelRegistry.builder().httpOptions(httpOptions()).time(time);
  }

  private String url() {
    return emulator.apiUrl().toString();
  }

  /** Sends a request and returns workspace, credential and version as the server sees them. */
  private String effect(BlaxelRegistryBuilder builder) {
    try (BlaxelRegistry made = builder.build()) {
      try {
        made.listImages().toList();
      } catch (RuntimeException e) {
        // the key is not the emulator's
      }
    }
    return lastRequest().header("X-Blaxel-Workspace").orElse("none")
        + " "
        + lastRequest().header("Authorization").orElseThrow()
        + " "
        + lastRequest().header("Blaxel-Version").orElse("none");
  }

  @Test
  void theBuilderAloneIsEnough() {
    assertEquals(
        "ws Bearer " + KEY + " 2026-09-22",
        effect(bare().workspace("ws").apiKey(KEY).baseUrl(url())));
  }

  @Test
  void variablesAloneAreEnough() {
    assertEquals(
        "ws Bearer " + KEY + " 2026-04-28",
        effect(bare()
            .environment(environment(
                "BL_WORKSPACE",
                "ws",
                "BL_API_KEY",
                KEY,
                "BL_API_URL",
                url(),
                "BL_API_VERSION",
                "2026-04-28"))));
  }

  @Test
  void theVendorsFileAndAnAddressAreEnough() throws IOException {
    file(
        "context:",
        "  workspace: ws",
        "workspaces:",
        "  - name: ws",
        "    credentials:",
        "      apiKey: " + KEY);

    assertEquals(
        "ws Bearer " + KEY + " 2026-09-22",
        effect(bare().baseUrl(url()).environment(environment())));
  }

  /** The JVM knows a home of its own, which is nobody's business where variables are given. */
  @Test
  void aFileThatTheVariablesDoNotNameIsNotRead() throws IOException {
    file("context: {workspace: ws}", "workspaces:", "  - {name: ws, credentials: {apiKey: k}}");
    String realHome = System.setProperty("user.home", home.toString());
    try {
      BlaxelRegistryBuilder unset = bare().environment(Map.of());
      assertThrows(IllegalArgumentException.class, unset::build);
      assertThrows(
          IllegalArgumentException.class,
          () -> bare().workspace("ws").environment(Map.of()).build());
    } finally {
      System.setProperty("user.home", realHome);
    }
    try (BlaxelRegistry named = bare().environment(environment()).build()) {
      assertEquals("ws", named.workspace());
    }
  }

  @Test
  void theBuilderWinsOverVariablesAndThoseOverTheFile() throws IOException {
    file(
        "context: {workspace: of-file}",
        "workspaces:",
        "  - {name: of-file, env: local, credentials: {apiKey: " + OTHER_KEY + "}}");

    assertEquals(
        "of-file Bearer " + KEY + " 2026-09-22",
        effect(bare().baseUrl(url()).environment(environment("BL_API_KEY", KEY))));
    assertEquals(
        "of-variable Bearer " + KEY + " 2026-09-22",
        effect(bare()
            .baseUrl(url())
            .environment(environment("BL_API_KEY", KEY, "BL_WORKSPACE", "of-variable"))));
    assertEquals(
        "of-builder Bearer " + OTHER_KEY + " 2026-04-16",
        effect(bare()
            .workspace("of-builder")
            .apiKey(OTHER_KEY)
            .apiVersion("2026-04-16")
            .baseUrl(url())
            .environment(environment(
                "BL_API_KEY",
                KEY,
                "BL_WORKSPACE",
                "of-variable",
                "BL_API_URL",
                "http://localhost:1",
                "BL_API_VERSION",
                "2026-09-22"))));
  }

  @Test
  void aClientIsTakenFromTheVariableEncodedOrNot() {
    String raw = emulator.clientId() + ":" + emulator.clientSecret();
    for (String credentials : List.of(raw, emulator.clientCredentials())) {
      try (BlaxelRegistry made = bare()
          .environment(environment(
              "BL_WORKSPACE", "acme", "BL_CLIENT_CREDENTIALS", credentials, "BL_API_URL", url()))
          .build()) {
        assertEquals(List.of(), made.listImages().toList());
      }
    }
  }

  @Test
  void anApiKeyWinsOverAClientOfTheSameSourceAndAnySourceIsTakenWhole() throws IOException {
    file(
        "workspaces:",
        "  - {name: ws, credentials: {apiKey: " + OTHER_KEY + ", client_credentials: 'a:b'}}");

    assertEquals(
        "ws Bearer " + KEY + " 2026-09-22",
        effect(bare()
            .baseUrl(url())
            .environment(environment(
                "BL_WORKSPACE", "ws", "BL_API_KEY", KEY, "BL_CLIENT_CREDENTIALS", "a:b"))));
    assertEquals(
        "ws Bearer " + OTHER_KEY + " 2026-09-22",
        effect(bare().workspace("ws").baseUrl(url()).environment(environment())));
    try (BlaxelRegistry made = bare()
        .baseUrl(url())
        .environment(environment(
            "BL_WORKSPACE", "acme", "BL_CLIENT_CREDENTIALS", emulator.clientCredentials()))
        .build()) {
      assertEquals(List.of(), made.listImages().toList());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> builder().clientCredentials("a", "b").build());
  }

  @Test
  void theBuildersCredentialsAloneAreUsed() {
    String environmentsKey = effect(bare()
        .workspace("acme")
        .clientCredentials(emulator.clientId(), emulator.clientSecret())
        .baseUrl(url())
        .environment(environment("BL_API_KEY", KEY)));

    assertEquals("acme Bearer emulator.access-token.1 2026-09-22", environmentsKey);
  }

  @Test
  void whatIsMissingIsNamedWithTheWaysToSetIt() {
    var workspace =
        assertThrows(IllegalArgumentException.class, () -> bare().apiKey(KEY).build());
    var credentials = assertThrows(
        IllegalArgumentException.class,
        () -> bare().workspace("ws").environment(environment()).build());

    assertEquals(
        "no workspace: set it with workspace(…), or with BL_WORKSPACE and environment(…)",
        workspace.getMessage());
    assertEquals(
        "no credentials: set them with apiKey(…) or clientCredentials(…), or with BL_API_KEY or"
            + " BL_CLIENT_CREDENTIALS and environment(…)",
        credentials.getMessage());
  }

  @Test
  void theTokensOfAnInteractiveLoginAreNotUsed() throws IOException {
    file(
        "workspaces:",
        "  - name: ws",
        "    credentials: {access_token: abc, refresh_token: def, expires_in: 7200}");

    assertThrows(
        IllegalArgumentException.class,
        () -> bare().workspace("ws").environment(environment()).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a.b", "a:b", "a b", "../a", "a\n", "-a", "ä"})
  void aWorkspaceOfAnotherShapeIsRefused(String workspace) {
    assertThrows(IllegalArgumentException.class, () -> bare().workspace(workspace));
    if (!workspace.isEmpty()) { // an empty variable counts as unset
      assertThrows(
          IllegalArgumentException.class,
          () -> bare()
              .apiKey(KEY)
              .environment(environment("BL_WORKSPACE", workspace))
              .build());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "latest", "2026", "2026-9-22", "2026-09-22 ", "20260922", "x"})
  void aVersionOfAnotherShapeIsRefused(String version) {
    assertThrows(IllegalArgumentException.class, () -> bare().apiVersion(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-09-22", "2026-09-22.preview", "2026-10-01", "2027-01-01"})
  void aVersionSincePagesOrdersByNameItself(String version) {
    try (BlaxelRegistry made = builder().apiVersion(version).build()) {
      assertTrue(made.supports(Feature.SERVER_ORDER_BY_NAME));
      assertEquals(version, made.apiVersion());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-04-16", "2026-04-28", "2026-04-28.preview", "2026-09-21"})
  void aVersionBeforeDoesNot(String version) {
    try (BlaxelRegistry made = builder().apiVersion(version).build()) {
      assertFalse(made.supports(Feature.SERVER_ORDER_BY_NAME));
      assertTrue(made.supports(Feature.ORDER_BY_NAME));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "ftp://localhost",
        "http://",
        "https://user:hush@example.org",
        "https://example.org?x=1",
        "https://example.org/a/../x",
        "https://example.org//x"
      })
  void anAddressThatIsNoneIsRefusedWithoutRepeatingAPassword(String address) {
    var failure = assertThrows(IllegalArgumentException.class, () -> bare().baseUrl(address));
    assertFalse(failure.getMessage().contains("hush"), failure.getMessage());

    if (!address.isEmpty()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> bare()
              .workspace("ws")
              .apiKey(KEY)
              .environment(environment("BL_API_URL", address))
              .build());
    }
  }

  @Test
  void theAddressIsTheVendorsOrThatOfTheEnvironment() throws IOException {
    file("workspaces:", "  - {name: ws, env: dev}");
    BlaxelRegistryBuilder plain = bare().workspace("ws").apiKey(KEY);
    try (BlaxelRegistry made = plain.build()) {
      assertEquals(
          "BlaxelRegistry[workspace=ws, baseUrl=https://api.blaxel.ai/v0]", made.toString());
    }
    try (BlaxelRegistry made = plain.environment(environment()).build()) {
      assertTrue(made.toString().contains("https://api.blaxel.dev/v0"), made.toString());
    }
    try (BlaxelRegistry made = plain.environment(environment("BL_ENV", "local")).build()) {
      assertTrue(made.toString().contains("http://localhost:8080/v0"), made.toString());
    }
  }

  @Test
  void anAddressWithASlashAtItsEndIsTheSame() {
    assertDoesNotThrow(() -> builder().baseUrl(url() + "/").build().getClass());
    try (BlaxelRegistry made = builder().baseUrl(url() + "/").build()) {
      made.listImages().toList();
    }
    assertSent("GET /images" + FIRST_PAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "hush\n", "hush\r\nX: y", " hush", "hush ", "hu\u0000sh", "h\u00fcsh"})
  void aSecretThatIsNoHeaderValueIsRefusedWithoutBeingRepeated(String secret) {
    var failure = assertThrows(IllegalArgumentException.class, () -> bare().apiKey(secret));
    assertFalse(failure.toString().contains("sh"), failure.toString());
    assertThrows(IllegalArgumentException.class, () -> bare().clientCredentials("id", secret));
    assertThrows(IllegalArgumentException.class, () -> bare().clientCredentials(secret, "secret"));

    if (!secret.isEmpty()) {
      var byVariable = assertThrows(
          IllegalArgumentException.class,
          () -> bare()
              .workspace("ws")
              .environment(environment("BL_API_KEY", secret))
              .build());
      assertFalse(byVariable.toString().contains("sh"), byVariable.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush", "aHVzaA==", "***", "hush:", ":hush", "aHVzaDo=", "YTpi\u00e9"})
  void clientCredentialsThatAreNonesAreRefusedWithoutBeingRepeated(String text) {
    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> bare()
            .workspace("ws")
            .environment(environment("BL_CLIENT_CREDENTIALS", text))
            .build());

    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("hush"), cause.toString());
      assertFalse(cause.toString().contains("aHVz"), cause.toString());
    }
  }

  @Test
  void aSecretMayHaveAColonAndTheIdMayNot() {
    String encoded =
        Base64.getEncoder().encodeToString("id:se:cret".getBytes(StandardCharsets.UTF_8));
    assertDoesNotThrow(() -> bare()
        .workspace("ws")
        .environment(environment("BL_CLIENT_CREDENTIALS", encoded))
        .build()
        .close());
    assertThrows(IllegalArgumentException.class, () -> bare().clientCredentials("i:d", "secret"));
  }

  @Test
  void aClientThatFollowsRedirectsIsRefused() {
    HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThrows(IllegalArgumentException.class, () -> builder().httpClient(follower));
  }

  @Test
  void theCallersClientIsUsedAndSurvivesTheRegistry() {
    AtomicInteger asked = new AtomicInteger();
    HttpClient own = HttpClient.newBuilder().proxy(counting(asked)).build();
    for (int i = 0; i < 2; i++) {
      try (BlaxelRegistry made =
          builder().httpClient(own).httpOptions(HttpOptions.defaults()).build()) {
        made.listImages().toList();
      }
    }
    assertTrue(asked.get() > 0, "the caller's client was not used");
  }

  private static ProxySelector counting(AtomicInteger asked) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        asked.incrementAndGet();
        return List.of(Proxy.NO_PROXY);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    };
  }

  @Test
  void twoClientsContradictEachOther() {
    BlaxelRegistryBuilder two = builder()
        .httpClient(HttpClient.newHttpClient())
        .httpOptions(HttpOptions.defaults().withHttpClient(HttpClient.newHttpClient()));

    assertThrows(IllegalArgumentException.class, two::build);
  }

  @Test
  void nothingIsSentByBuilding() {
    builder().build().close();
    bare()
        .workspace("ws")
        .clientCredentials("id", "secret")
        .baseUrl(url())
        .build()
        .close();

    assertNothingSent();
  }

  @Test
  void theBuilderDoesNotTellItsSecrets() {
    String shown = builder().apiKey(KEY).clientCredentials("id", "hush").toString();

    assertFalse(shown.contains(KEY) || shown.contains("hush"), shown);
    assertTrue(shown.contains("redacted"), shown);
    assertTrue(BlaxelRegistry.builder().toString().contains("none"));
  }

  @Test
  void nullIsRefused() {
    assertThrows(NullPointerException.class, () -> bare().workspace(null));
    assertThrows(NullPointerException.class, () -> bare().apiKey(null));
    assertThrows(NullPointerException.class, () -> bare().clientCredentials(null, "a"));
    assertThrows(NullPointerException.class, () -> bare().clientCredentials("a", null));
    assertThrows(NullPointerException.class, () -> bare().baseUrl(null));
    assertThrows(NullPointerException.class, () -> bare().apiVersion(null));
    assertThrows(NullPointerException.class, () -> bare().environment(null));
    assertThrows(NullPointerException.class, () -> bare().httpOptions(null));
    assertThrows(NullPointerException.class, () -> bare().httpClient(null));
  }

  @Test
  void theAbilitiesAreThoseOfTheService() {
    List<Feature> missing = Arrays.stream(Feature.values())
        .filter(feature -> !registry.supports(feature))
        .toList();

    assertEquals(
        List.of(
            Feature.TAG_DIGEST,
            Feature.SERVER_ORDER_BY_CREATED,
            Feature.SERVER_ORDER_BY_UPDATED,
            Feature.SERVER_ORDER_BY_CHANGED,
            Feature.FORCE_DELETE,
            Feature.DELETE_ONLY_IF_DIGEST),
        missing);
    assertEquals("blaxel", registry.provider());
    assertEquals("acme", registry.workspace());
    assertNothingSent();
  }

  @Test
  void everyRequestSaysWhoAsks() {
    var options = httpOptions().withApplicationName("pruner/2.1");
    try (BlaxelRegistry named = builder().httpOptions(options).build()) {
      named.listImages().toList();
    }

    assertEquals(Optional.of("registrykit-blaxel pruner/2.1"), lastRequest().header("User-Agent"));
  }
}
