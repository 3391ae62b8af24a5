package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.RegistryException;
import dev.registrykit.TagDetail;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects to other hosts while credentials wait: {@code localhost} is not {@code 127.0.0.1}. */
class RedirectsTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private static final String ELSEWHERE = "/elsewhere";

  /** The logins that a registry can be given, and how they are waiting to be sent. */
  private enum Waiting {
    BASIC,
    TOKEN,
    STATIC_TOKEN
  }

  /** What a hostile registry may redirect, by a part of its path, and whether that is noticed. */
  private enum Reading {
    TAGS("/tags/list", (registry, tag) -> registry.listTags(APP).toList()),
    IMAGES("/_catalog", (registry, tag) -> registry.listImages().toList()),
    HEAD("/manifests/", (registry, tag) -> registry.resolveTag(APP, tag)),
    MANIFEST("/manifests/", (registry, tag) -> registry.getManifest(APP, tag)),
    CONFIGURATION("/blobs/", (registry, tag) -> registry.getTag(APP, tag));

    private final String path;
    private final BiConsumer<OciRegistry, String> reading;

    Reading(String path, BiConsumer<OciRegistry, String> reading) {
      this.path = path;
      this.reading = reading;
    }
  }

  @BeforeEach
  void fill() {
    push("1.0");
    push("1.1");
  }

  private OciRegistry loggedIn(Waiting waiting) {
    OciRegistryBuilder builder = builder();
    switch (waiting) {
      case BASIC -> {
        emulator.requireBasic("me", "hush");
        builder.basic("me", "hush");
      }
      case TOKEN -> {
        emulator.requireBearer("me", "hush");
        builder.basic("me", "hush");
      }
      case STATIC_TOKEN -> builder.bearerToken("hush");
    }
    return builder.build();
  }

  @ParameterizedTest
  @EnumSource(Waiting.class)
  void noCredentialReachesAnotherHost(Waiting waiting) {
    for (Reading reading : Reading.values()) {
      emulator.reset();
      fill();
      try (OciRegistry loggedIn = loggedIn(waiting)) {
        reading.reading.accept(loggedIn, "1.0"); // by now the credentials are known to be wanted
        assertTrue(lastRequest().header("Authorization").isPresent(), reading.name());
        emulator
            .faults()
            .setRedirect(reading.path, 307, URI.create("http://localhost:" + port() + ELSEWHERE));

        assertThrows(RegistryException.class, () -> reading.reading.accept(loggedIn, "1.1"));
      }

      RecordedRequest elsewhere = emulator.requests().stream()
          .filter(request -> request.rawPath().equals(ELSEWHERE))
          .findFirst()
          .orElseThrow(() -> new AssertionError(reading.name()));
      assertEquals(Optional.empty(), elsewhere.header("Authorization"), reading.name());
      assertEquals(Optional.empty(), elsewhere.header("Cookie"), reading.name());
    }
  }

  private RecordedRequest lastRequest() {
    List<RecordedRequest> requests = emulator.requests();
    return requests.get(requests.size() - 1);
  }

  private int port() {
    return emulator.baseUrl().getPort();
  }

  /** Storage services hold most blobs; what they send is verified. */
  @Test
  void aConfigurationMayComeFromAnotherHost() {
    String config = configOf("1.0");
    byte[] bytes = ("{\"created\":\"" + DAY + "\",\"architecture\":\"amd64\",\"os\":\"linux\"}")
        .getBytes(StandardCharsets.UTF_8);
    String stored = emulator.putBlob("storage/app", bytes);
    String manifest = new String(emulator.manifestBytes("shop/app", "1.0"), StandardCharsets.UTF_8)
        .replace(config, stored);
    emulator.putManifest(
        "shop/app", "2.0", OciManifest.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    emulator
        .faults()
        .setRedirect(
            "/v2/shop/app/blobs/",
            307,
            URI.create("http://localhost:" + port() + "/v2/storage/app/blobs/" + stored));

    assertEquals(Optional.of(DAY), registry.getTag(APP, "2.0").createdAt());
    assertEquals("localhost:" + port(), lastRequest().header("Host").orElseThrow());
    assertThrows(InvalidResponseException.class, () -> registry.getTag(APP, "1.0"));
  }

  @Test
  void aListIsRedirectedOnItsOwnOriginWithItsCredentials() {
    try (OciRegistry loggedIn = loggedIn(Waiting.BASIC)) {
      emulator.faults().setRedirect("/v2/app/", 301, URI.create("/v2/shop/app/tags/list"));

      assertEquals(List.of("1.0", "1.1"), names(loggedIn.listTags(ImageRef.of("app"))));
      assertTrue(lastRequest().header("Authorization").isPresent());
    }
  }

  /** What stands in another repository is not this one's, even if the registry itself leads there. */
  @Test
  void aListOfAnotherRepositoryIsRefused() {
    emulator.faults().setRedirect("/v2/old/web/", 301, URI.create("/v2/shop/app/tags/list"));

    assertThrows(
        InvalidResponseException.class,
        () -> registry.listTags(ImageRef.of("old/web")).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://example.org/", "", "http://user:hush@example.org/", "http://example.org:0/"
      })
  void aRedirectToNowhereIsRefused(String location) {
    emulator.failNext(Fault.redirect(302, location));

    assertThrows(
        InvalidResponseException.class,
        () -> registry
            .listTags(APP, ListTagsOptions.defaults().withDetail(TagDetail.DIGEST))
            .toList());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aCircleOfRedirectsIsEnded() {
    emulator.faults().setRedirect("/manifests/", 302, URI.create("/v2/shop/app/manifests/1.0"));

    assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, "1.0"));
    assertEquals(11, emulator.requestCount());
  }
}
