package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.Support;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
class ScalewayRegistryBuilderTest extends ScalewayTest {

  private static final String KEY = "11111111-2222-4333-8444-555555555555";
  private static final String OTHER_KEY = "99999999-2222-4333-8444-555555555555";
  private static final String PROJECT = "0a0b0c0d-0000-4000-8000-00000000000a";

  @TempDir
  private Path directory;

  private Map<String, String> environment(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SCW_CONFIG_PATH", directory.resolve("config.yaml").toString());
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  private void file(String... lines) throws IOException {
    Files.write(directory.resolve("config.yaml"), List.of(lines));
  }

  /** Returns a builder without anything set but the clock and the client. */
  private ScalewayRegistryBuilder bare() {
    return ScalewayRegistry.builder().httpOptions(httpOptions()).time(time);
  }

  /** Sends a request and returns region, key and project as the server sees them. */
  private String effect(ScalewayRegistryBuilder builder) {
    try (ScalewayRegistry made = builder.build()) {
      try {
        made.createNamespace(CreateNamespaceOptions.named("shop"));
      } catch (RuntimeException e) {
        // the key is not the emulator's
      }
    }
    var request = emulator.requests().get(emulator.requests().size() - 1);
    return request.rawPath().replaceAll(".*/regions/|/namespaces", "")
        + " "
        + request.header("X-Auth-Token").orElseThrow()
        + " "
        + request.body().replaceFirst(".*\"(?:project|organization)_id\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void theBuilderAloneIsEnough() {
    String effect = effect(bare()
        .region("nl-ams")
        .secretKey(KEY)
        .projectId(PROJECT)
        .baseUrl(emulator.baseUrl().toString()));

    assertEquals("nl-ams " + KEY + " " + PROJECT, effect);
  }

  @Test
  void variablesAloneAreEnough() throws IOException {
    file("");
    String effect = effect(bare()
        .environment(environment(
            "SCW_DEFAULT_REGION",
            "pl-waw",
            "SCW_SECRET_KEY",
            KEY,
            "SCW_DEFAULT_PROJECT_ID",
            PROJECT,
            "SCW_API_URL",
            emulator.baseUrl().toString())));

    assertEquals("pl-waw " + KEY + " " + PROJECT, effect);
  }

  @Test
  void theVendorsFileAloneIsEnough() throws IOException {
    file(
        "secret_key: " + KEY,
        "default_region: pl-waw",
        "default_organization_id: " + PROJECT,
        "api_url: " + emulator.baseUrl());

    assertEquals("pl-waw " + KEY + " " + PROJECT, effect(bare().environment(environment())));
  }

  @Test
  void theBuilderWinsOverVariablesAndThoseOverTheFile() throws IOException {
    file(
        "secret_key: " + OTHER_KEY,
        "default_region: fr-par",
        "default_project_id: " + PROJECT,
        "api_url: http://localhost:1");

    String effect = effect(bare()
        .region("nl-ams")
        .baseUrl(emulator.baseUrl().toString())
        .environment(environment("SCW_SECRET_KEY", KEY, "SCW_DEFAULT_REGION", "pl-waw")));

    assertEquals("nl-ams " + KEY + " " + PROJECT, effect);
  }

  @Test
  void theOrderInWhichTheBuilderIsToldDoesNotMatter() throws IOException {
    file("");
    Map<String, String> environment =
        environment("SCW_SECRET_KEY", KEY, "SCW_DEFAULT_REGION", "pl-waw");

    try (ScalewayRegistry first =
            bare().region("nl-ams").environment(environment).build();
        ScalewayRegistry last = bare().environment(environment).region("nl-ams").build()) {
      assertEquals("nl-ams", first.region());
      assertEquals("nl-ams", last.region());
    }
  }

  @Test
  void aProfileOfTheBuilderWinsOverThatOfTheVariable() throws IOException {
    file(
        "secret_key: " + KEY,
        "profiles:",
        "  a: {default_region: nl-ams}",
        "  b: {default_region: pl-waw}");
    Map<String, String> environment = environment("SCW_PROFILE", "a");

    try (ScalewayRegistry byVariable = bare().environment(environment).build();
        ScalewayRegistry byBuilder =
            bare().environment(environment).profile("b").build()) {
      assertEquals("nl-ams", byVariable.region());
      assertEquals("pl-waw", byBuilder.region());
    }
  }

  @Test
  void aProfileWithoutVariablesIsRefusedBecauseNothingWouldReadIt() {
    assertThrows(IllegalArgumentException.class, () -> builder().profile("work").build());
  }

  @Test
  void whatIsMissingIsNamedWithTheWaysToSetIt() throws IOException {
    file("");
    var region =
        assertThrows(IllegalArgumentException.class, () -> bare().secretKey(KEY).build());
    var secret = assertThrows(
        IllegalArgumentException.class,
        () -> bare().region("fr-par").environment(environment()).build());

    assertEquals(
        "no region: set it with region(…), or with SCW_DEFAULT_REGION and environment(…)",
        region.getMessage());
    assertEquals(
        "no secretKey: set it with secretKey(…), or with SCW_SECRET_KEY and environment(…)",
        secret.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr-par", "nl-ams", "pl-waw", "it-mil", "xx-abcdefg"})
  void aRegionThatLooksLikeOneIsTaken(String region) {
    try (ScalewayRegistry made = builder().region(region).build()) {
      assertEquals(region, made.region());
    }
  }

  @Test
  void theKnownRegionsAreTheVendorsThree() {
    assertEquals(List.of("fr-par", "nl-ams", "pl-waw"), ScalewayRegistry.KNOWN_REGIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "fr",
        "FR-PAR",
        "fr_par",
        "fr-par-1",
        "fr-par/",
        "../fr-par",
        "fr-par\n",
        " fr-par",
        "fra-par",
        "fr-pa",
        "fr-abcdefgh",
        "par1"
      })
  void aRegionOfAnotherShapeIsRefused(String region) throws IOException {
    file("");
    assertThrows(IllegalArgumentException.class, () -> bare().region(region));
    if (!List.of("", "par1").contains(region)) { // unset, and an older name of the vendor's
      assertThrows(
          IllegalArgumentException.class,
          () -> bare()
              .secretKey(KEY)
              .environment(environment("SCW_DEFAULT_REGION", region))
              .build());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "localhost:5000",
        "//localhost",
        "ftp://localhost",
        "http://my_registry:5000",
        "http://",
        "http:///path",
        "https://user:hush@example.org",
        "https://hush@example.org",
        "https://example.org?x=1",
        "https://example.org#x",
        "https://example.org:0",
        "https://example.org:70000",
        "https://example.org/a/../x",
        "https://example.org//x",
        "https://exa mple.org",
        "https://[::1"
      })
  void anAddressThatIsNoneIsRefusedWithoutRepeatingAPassword(String url) throws IOException {
    file("");
    var failure = assertThrows(IllegalArgumentException.class, () -> bare().baseUrl(url));
    assertFalse(failure.getMessage().contains("hush"), failure.getMessage());

    if (!url.isEmpty()) { // an empty variable counts as unset
      var byVariable = assertThrows(
          IllegalArgumentException.class,
          () -> bare()
              .region("fr-par")
              .secretKey(KEY)
              .environment(environment("SCW_API_URL", url))
              .build());
      assertFalse(byVariable.getMessage().contains("hush"), byVariable.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/", "https://[::1]:8443", "HTTPS://example.org/a/b"})
  void anAddressIsTaken(String url) {
    assertDoesNotThrow(() -> builder().baseUrl(url).build().close());
  }

  @Test
  void theDefaultAddressIsTheVendors() {
    try (ScalewayRegistry made =
        ScalewayRegistry.builder().region("nl-ams").secretKey(KEY).build()) {
      assertEquals(
          "ScalewayRegistry[region=nl-ams, baseUrl=https://api.scaleway.com]", made.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "hush\n", "hush\r\nX: y", " hush", "hush ", "hu\u0000sh", "h\u00fcsh"})
  void aSecretThatIsNoHeaderValueIsRefusedWithoutBeingRepeated(String secret) throws IOException {
    file("");
    var failure = assertThrows(IllegalArgumentException.class, () -> bare().secretKey(secret));
    assertFalse(failure.toString().contains("sh"), failure.toString());

    if (!secret.isEmpty()) {
      var byVariable = assertThrows(
          IllegalArgumentException.class,
          () -> bare()
              .region("fr-par")
              .environment(environment("SCW_SECRET_KEY", secret))
              .build());
      assertFalse(byVariable.toString().contains("sh"), byVariable.toString());
    }
  }

  @Test
  void anAccessKeyInTheSecretsPlaceIsRefused() throws IOException {
    file("secret_key: SCWABCDEFGHIJ0123456");
    String access = "SCWABCDEFGHIJ0123456";

    assertThrows(IllegalArgumentException.class, () -> bare().secretKey(access));
    assertThrows(
        IllegalArgumentException.class,
        () -> bare().region("fr-par").environment(environment()).build());
  }

  @Test
  void theAccessKeyIsNeverSent() throws IOException {
    file("access_key: SCWABCDEFGHIJ0123456", "secret_key: " + KEY, "default_region: fr-par");

    effect(bare()
        .projectId(PROJECT)
        .environment(environment("SCW_API_URL", emulator.baseUrl().toString())));

    assertFalse(emulator.requests().get(0).headers().toString().contains("SCWABC"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "yes"})
  void insecureIsRefused(String word) throws IOException {
    file("");
    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> builder().environment(environment("SCW_INSECURE", word)).build());

    assertTrue(failure.getMessage().startsWith("SCW_INSECURE is not supported"));
  }

  @Test
  void insecureInTheFileIsRefused() throws IOException {
    file("insecure: true");

    assertThrows(
        IllegalArgumentException.class,
        () -> builder().environment(environment()).build());
  }

  @Test
  void aBadOwnerInTheVariablesIsRefused() throws IOException {
    file("");

    assertThrows(
        IllegalArgumentException.class,
        () ->
            builder().environment(environment("SCW_DEFAULT_PROJECT_ID", "../x")).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> builder()
            .environment(environment("SCW_DEFAULT_ORGANIZATION_ID", "x"))
            .build());
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> builder().environment(environment()).build());

    assertTrue(failure.getMessage().contains("config.yaml"), failure.getMessage());
  }

  @Test
  void aClientThatFollowsRedirectsIsRefused() {
    HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThrows(IllegalArgumentException.class, () -> builder().httpClient(follower));
  }

  @Test
  void theCallersClientIsUsedAndSurvivesTheRegistry() {
    HttpClient own = HttpClient.newHttpClient();
    emulator.addNamespace("shop");
    for (int i = 0; i < 2; i++) {
      try (ScalewayRegistry made =
          builder().httpOptions(HttpOptions.defaults()).httpClient(own).build()) {
        assertEquals("shop", made.getNamespace("shop").name());
      }
    }
  }

  @Test
  void theCallersClientIsKeptWhateverIsSetAfterIt() {
    AtomicInteger asked = new AtomicInteger();
    HttpClient own = HttpClient.newBuilder().proxy(counting(asked)).build();
    emulator.addNamespace("shop");

    try (ScalewayRegistry made =
        builder().httpClient(own).httpOptions(HttpOptions.defaults()).build()) {
      made.getNamespace("shop");
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
    ScalewayRegistryBuilder two = builder()
        .httpClient(HttpClient.newHttpClient())
        .httpOptions(HttpOptions.defaults().withHttpClient(HttpClient.newHttpClient()));

    assertThrows(IllegalArgumentException.class, two::build);
  }

  @Test
  void nothingIsSentByBuilding() {
    builder().build().close();

    assertNothingSent();
  }

  @Test
  void theBuilderDoesNotTellItsSecret() {
    String shown = builder().secretKey(KEY).toString();

    assertFalse(shown.contains(KEY), shown);
    assertTrue(shown.contains("redacted"), shown);
    assertTrue(ScalewayRegistry.builder().toString().contains("none"));
  }

  @Test
  void nullIsRefused() {
    assertThrows(NullPointerException.class, () -> bare().region(null));
    assertThrows(NullPointerException.class, () -> bare().secretKey(null));
    assertThrows(NullPointerException.class, () -> bare().projectId(null));
    assertThrows(NullPointerException.class, () -> bare().organizationId(null));
    assertThrows(NullPointerException.class, () -> bare().baseUrl(null));
    assertThrows(NullPointerException.class, () -> bare().environment(null));
    assertThrows(NullPointerException.class, () -> bare().profile(null));
    assertThrows(NullPointerException.class, () -> bare().httpOptions(null));
    assertThrows(NullPointerException.class, () -> bare().httpClient(null));
  }

  @Test
  void theAbilitiesAreThoseOfTheService() {
    List<Feature> missing = Arrays.stream(Feature.values())
        .filter(feature -> !registry.supports(feature))
        .toList();

    assertEquals(
        List.of(Feature.TAG_SIZE, Feature.SERVER_ORDER_BY_UPDATED, Feature.SERVER_ORDER_BY_CHANGED),
        missing);
    assertEquals("scaleway", registry.provider());
    assertNothingSent();
  }

  /** Deleting tags is a part of the API: whoever may not gets a refusal, not a missing ability. */
  @Test
  void deletingTagsNeedsNoTryingOut() {
    assertEquals(Support.YES, registry.support(Feature.DELETE_TAG));
    assertTrue(registry.checkSupport(APP, Feature.DELETE_TAG));
    assertNothingSent();
  }

  @Test
  void everyRequestSaysWhoAsks() {
    var options = httpOptions().withApplicationName("pruner/2.1");
    try (ScalewayRegistry named = builder().httpOptions(options).build()) {
      named.listNamespaces().toList();
    }

    var headers = emulator.requests().get(0).headers();
    assertEquals(List.of(emulator.secretKey()), headers.get("X-Auth-Token"));
    assertEquals(List.of("registrykit-scaleway pruner/2.1"), headers.get("User-Agent"));
    assertEquals(Optional.of("application/json"), emulator.requests().get(0).header("Accept"));
  }
}
