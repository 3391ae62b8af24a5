package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry is made of, but for its logins: place, preset, placeholder and client. */
class OciRegistryBuilderTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_2);

  @Test
  void aPlaceIsEnough() {
    push("1.0");

    try (OciRegistry made = OciRegistry.builder()
        .registry(emulator.baseUrl().getAuthority())
        .httpOptions(httpOptions())
        .build()) {
      assertEquals(List.of("1.0"), names(made.listTags(APP)));
      assertEquals(OciPreset.GENERIC, made.preset());
      assertEquals("oci", made.provider());
    }
  }

  @Test
  void nothingIsSentByBuilding() {
    builder().basic("me", "hush").build().close();

    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "GENERIC, AS_PRESET, true",
    "GENERIC, ALLOWED, true",
    "GENERIC, FORBIDDEN, false",
    "HARBOR, AS_PRESET, true",
    "ECR, AS_PRESET, true",
    "ACR, AS_PRESET, true",
    "QUAY, AS_PRESET, true",
    "GITLAB, AS_PRESET, true",
    "ARTIFACT_REGISTRY, AS_PRESET, true",
    "BITBUCKET, AS_PRESET, false",
    "BITBUCKET, ALLOWED, true",
    "BITBUCKET, FORBIDDEN, false"
  })
  void aPlaceholderIsUsedAsThePresetSaysUnlessSetOtherwise(
      OciPreset preset, PlaceholderUse use, boolean used) {
    push("1.0");

    try (OciRegistry made = builder().preset(preset).placeholder(use).build()) {
      if (used) {
        made.deleteTag(APP, "1.0");
        assertEquals(List.of(), emulator.tagNames("shop/app"));
      } else {
        assertThrows(UnsupportedFeatureException.class, () -> made.deleteTag(APP, "1.0"));
        assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
      }
      boolean written =
          emulator.requests().stream().anyMatch(request -> request.method().equals("PUT"));
      assertEquals(used, written);
    }
  }

  @Test
  void theOptionsAreUsed() {
    push("1.0");
    HttpOptions options = httpOptions().withApplicationName("pruner/2.1");

    try (OciRegistry named = builder().httpOptions(options).build()) {
      named.listTags(APP).toList();
      named.resolveTag(APP, "1.0");
    }

    emulator
        .requests()
        .forEach(request -> assertEquals(
            List.of("registrykit-oci pruner/2.1"), request.headers().get("User-Agent")));
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void aClientThatFollowsRedirectsIsRefused() {
    HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThrows(IllegalArgumentException.class, () -> builder().httpClient(follower));
  }

  @Test
  void theCallersClientIsUsedWhateverIsSetAfterItAndSurvives() {
    push("1.0");
    AtomicInteger asked = new AtomicInteger();
    HttpClient own =
        HttpClient.newBuilder().executor(Runnable::run).proxy(counting(asked)).build();

    for (int i = 1; i <= 2; i++) {
      try (OciRegistry made =
          builder().httpClient(own).httpOptions(HttpOptions.defaults()).build()) {
        made.resolveTag(APP, "1.0");
      }
      assertTrue(asked.get() >= i, "the caller's client was not used");
    }
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
    OciRegistryBuilder two = builder().httpClient(HttpClient.newHttpClient());

    assertThrows(IllegalArgumentException.class, two::build);
  }

  @Test
  void theBuilderMakesManyRegistries() {
    OciRegistryBuilder builder = builder();
    try (OciRegistry one = builder.build();
        OciRegistry two = builder.preset(OciPreset.HARBOR).build()) {
      assertEquals(OciPreset.GENERIC, one.preset());
      assertEquals(OciPreset.HARBOR, two.preset());
    }
  }

  @Test
  void neitherBuilderNorRegistryTellsASecret() {
    for (OciRegistryBuilder builder : List.of(
        builder().basic("me", "hush-hush"),
        builder().bearerToken("hush-hush"),
        builder().identityToken("hush-hush"),
        builder().preset(OciPreset.ECR).password("hush-hush"))) {
      try (OciRegistry made = builder.build()) {
        assertFalse((builder + " " + made).contains("hush"), builder + " " + made);
      }
    }
  }

  @Test
  void aRegistrySaysWhereItIs() {
    try (OciRegistry hub =
        OciRegistry.builder().registry("docker.io").httpOptions(httpOptions()).build()) {
      assertEquals(
          "OciRegistry[baseUrl=https://registry-1.docker.io, preset=DOCKER_HUB]", hub.toString());
    }
  }

  @Test
  void nullIsRefused() {
    OciRegistryBuilder builder = OciRegistry.builder();

    assertThrows(NullPointerException.class, () -> builder.registry(null));
    assertThrows(NullPointerException.class, () -> builder.preset(null));
    assertThrows(NullPointerException.class, () -> builder.placeholder(null));
    assertThrows(NullPointerException.class, () -> builder.httpOptions(null));
    assertThrows(NullPointerException.class, () -> builder.httpClient(null));
    assertThrows(NullPointerException.class, () -> builder.environment(null));
    assertThrows(NullPointerException.class, () -> builder.basic(null, "x"));
    assertThrows(NullPointerException.class, () -> builder.basic("x", null));
    assertThrows(NullPointerException.class, () -> builder.password(null));
    assertThrows(NullPointerException.class, () -> builder.bearerToken(null));
    assertThrows(NullPointerException.class, () -> builder.identityToken(null));
    assertThrows(NullPointerException.class, () -> builder.trustedRealmHost(null));
    assertThrows(NullPointerException.class, () -> OciRegistry.fromEnvironment(null));
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example, true, http://registry.example",
    "registry.example, false, https://registry.example",
    "localhost:5000, true, http://localhost:5000",
    "localhost:5000, false, https://localhost:5000",
    "http://registry.example, true, http://registry.example",
    "https://registry.example, false, https://registry.example",
    "docker.io, false, https://registry-1.docker.io"
  })
  void aHostIsAskedOverPlainHttpIfThatIsSet(String registry, boolean plainHttp, URI expected) {
    try (OciRegistry made =
        OciRegistry.builder().registry(registry).plainHttp(plainHttp).build()) {
      assertEquals(expected, made.baseUrl());
    }
  }

  @ParameterizedTest
  @CsvSource({"https://registry.example, true", "http://registry.example, false", "docker.io, true"
  })
  void plainHttpDoesNotContradictTheUrl(String registry, boolean plainHttp) {
    OciRegistryBuilder builder = OciRegistry.builder().registry(registry).plainHttp(plainHttp);

    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void aLoginThatIsSetWinsOverVariables() {
    emulator.requireBasic("lisa", "hush");
    push("1.0");

    try (OciRegistry made = builder()
        .basic("lisa", "hush")
        .environment(Map.of("OCI_TOKEN", "another's"))
        .build()) {
      assertEquals(List.of("1.0"), names(made.listTags(APP)));
    }
  }

  @Test
  void halfALoginInVariablesIsRefusedWhenTheRegistryIsMade() {
    OciRegistryBuilder builder = builder().environment(Map.of("OCI_USERNAME", "lisa"));

    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void variablesWithoutALoginAreTakenForNone() {
    push("1.0");

    try (OciRegistry made = builder().environment(Map.of("HOME", "/nowhere")).build()) {
      assertEquals(List.of("1.0"), names(made.listTags(APP)));
      assertEquals(Optional.empty(), emulator.requests().get(0).header("Authorization"));
    }
  }
}
