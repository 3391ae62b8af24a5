package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciPreset;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What README and the pages of docs show runs, and does what they say. */
class ExamplesTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final String A_SECRET_KEY = "00000000-0000-0000-0000-00000000dead";

  private final InMemoryRegistry inMemory = InMemoryRegistry.create();

  private static String digest(String text) {
    return Emulator.digestOf(text);
  }

  private static Registry open(Emulator emulator) {
    return Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults());
  }

  /** What the emulator asks for, with what the URI says as a variable. */
  private static Map<String, String> variables(Emulator emulator, String... more) {
    Map<String, String> variables = new HashMap<>(emulator.environment());
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  @Test
  void readmesProgramPrintsTheTagsOfItsOwnRegistry() {
    assertEquals(
        "1.0 2024-01-15T08:00:00Z\n1.1 2024-01-15T08:00:00Z\n",
        Printed.by(() -> Newest.main(new String[0])));
  }

  @Test
  void onARealRegistryItPrintsTheNewestFirst() {
    try (OciEmulator emulator = OciEmulator.start()) {
      Instant march = Instant.parse("2026-03-01T09:30:00Z");
      emulator.addTag("owner/app", "1.0", TagContent.of("1.0").withDates(march, null));
      emulator.addTag(
          "owner/app", "1.1", TagContent.of("1.1").withDates(march.plusSeconds(1), null));

      String printed = Printed.by(
          () -> NewestOnARegistry.main(new String[] {emulator.uri().toString(), "owner/app"}));

      assertEquals("1.1 2026-03-01T09:30:01Z\n1.0 2026-03-01T09:30:00Z\n", printed);
    }
  }

  @Test
  void theTenNewestAreTen() {
    Instant march = Instant.parse("2026-03-01T09:30:00Z");
    for (int i = 0; i < 12; i++) {
      Instant pushed = march.plusSeconds(i);
      inMemory.addTag(IMAGE, "t" + i, digest("t" + i), pushed, pushed);
    }

    List<String> newest =
        EverydayTasks.newest(inMemory, IMAGE).stream().map(Tag::name).toList();

    assertEquals(10, newest.size());
    assertEquals(List.of("t11", "t10"), newest.subList(0, 2));
  }

  @Test
  void whatProdPointsToIsADigestOrNothing() {
    inMemory.addTag(IMAGE, "1.2", digest("1.2"));
    assertEquals("nothing", EverydayTasks.digestOfProd(inMemory, IMAGE));

    inMemory.addTag(IMAGE, "prod", digest("1.2"));

    assertEquals(digest("1.2"), EverydayTasks.digestOfProd(inMemory, IMAGE));
    assertEquals("1.2", EverydayTasks.one(inMemory).name());
  }

  @Test
  void scalewayPrintsTagsAndNamespaces() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start()) {
      emulator.addTag("my-namespace/app", "1.0");
      Map<String, String> variables =
          variables(emulator, "SCW_API_URL", emulator.baseUrl().toString());

      String printed = Printed.by(() -> Providers.scaleway(variables));

      assertTrue(printed.matches("1\\.0 [^\\n]*Z\\nmy-namespace ready\\n"), printed);
    }
  }

  @Test
  void blaxelPrintsTagsAndWhatHappened() {
    try (BlaxelEmulator emulator = BlaxelEmulator.start()) {
      emulator.addTag("sandbox/my-app", "1.0");
      Map<String, String> variables = variables(
          emulator,
          "BL_WORKSPACE",
          emulator.workspace(),
          "BL_API_URL",
          emulator.apiUrl().toString());

      String printed = Printed.by(() -> Providers.blaxel(variables));

      assertTrue(printed.startsWith("1.0 "), printed);
      assertEquals(2, printed.lines().count(), printed);
    }
  }

  @Test
  void githubPrintsTagsAndDeletesOne() {
    try (GithubEmulator emulator = GithubEmulator.start()) {
      String digest = emulator.addTag("my-org/app", "1.2").digest();
      emulator.moveTag("my-org/app", "latest", digest);
      String address = emulator.baseUrl().toString();

      String printed = Printed.by(() -> Providers.github(emulator.environment(), address, address));

      assertEquals(2, printed.lines().count(), printed);
      assertEquals(Map.of("latest", digest), emulator.tags("my-org/app"));
    }
  }

  @Test
  void anOciRegistryTakesALoginAndATagMoves() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_3_0)) {
      emulator.requireBasic("ci", "secret");
      String pushed = emulator.addTag("shop/web", "1.2").digest();
      try (OciRegistry registry = Providers.oci(emulator.baseUrl().toString(), "secret")) {
        assertEquals(pushed, Providers.promote(registry, IMAGE));
        assertEquals(pushed, emulator.tags("shop/web").get("prod"));
        assertEquals(
            1,
            emulator.requests().stream()
                .filter(request -> request.method().equals("HEAD"))
                .count());
      }
    }
  }

  @Test
  void aPresetIsGivenToAHostThatTheTableDoesNotName() {
    try (OciRegistry registry = Providers.preset("harbor.example.org", "secret")) {
      assertEquals(OciPreset.HARBOR, registry.preset());
    }
  }

  @Test
  void aHostIsEnoughWhereDockerHasTheLogin() {
    try (Registry registry = Providers.stored(Map.of("OCI_TOKEN", "any"))) {
      assertEquals("oci", registry.provider());
    }
  }

  @Test
  void siblingsGoOnlyIfAllAreBuilds() {
    inMemory.addTag(IMAGE, "1.0", digest("one"));
    inMemory.addTag(IMAGE, "build-7", digest("two"));
    inMemory.addTag(IMAGE, "build-8", digest("two"));
    inMemory.addTag(IMAGE, "build-9", digest("three"));
    inMemory.addTag(IMAGE, "prod", digest("three"));

    assertEquals("deleted alone", SafeDeletion.deleteBuild(inMemory, IMAGE, "1.0"));
    assertEquals("deleted with [build-8]", SafeDeletion.deleteBuild(inMemory, IMAGE, "build-7"));
    assertEquals(
        "kept, for it is also [prod]", SafeDeletion.deleteBuild(inMemory, IMAGE, "build-9"));
    assertEquals(List.of("build-9", "prod"), inMemory.tagNames(IMAGE));
  }

  @Test
  void ofManyTagsEachHasItsOutcome() {
    inMemory.addTag(IMAGE, "1.0", digest("one"));
    inMemory.addTag(IMAGE, "1.1", digest("two"));
    inMemory.addTag(IMAGE, "prod", digest("two"));

    BulkDeleteResult result =
        SafeDeletion.deleteMany(inMemory, IMAGE, List.of("1.0", "1.1", "9.9"));

    assertEquals(Set.of("1.0", "9.9"), result.deleted().keySet());
    assertEquals(Set.of("1.1"), result.failures().keySet());
    assertEquals(List.of("1.1", "prod"), inMemory.tagNames(IMAGE));
  }

  @Test
  void aDeletionThatStopsHalfWayIsPutBack() {
    inMemory.failNext(new IncompleteDeletionException(
        ErrorDetails.builder("delete tag 1.0 of shop/web").build(),
        IMAGE,
        "1.0",
        IncompleteDeletionException.Remedy.RESTORE_TAG,
        null));
    List<String> calls = new ArrayList<>();
    Registry registry = (Registry) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Registry.class},
        (proxy, method, arguments) -> {
          calls.add(method.getName() + List.of(arguments));
          try {
            return method.invoke(inMemory, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });

    assertThrows(
        IncompleteDeletionException.class,
        () -> SafeDeletion.deleteOrPutBack(registry, IMAGE, "1.0"));

    assertEquals(List.of("deleteTag[shop/web, 1.0]", "restoreTag[shop/web, 1.0]"), calls);
  }

  @Test
  void afterALostAnswerWhatIsKnownIsLookedAt() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start()) {
      try (Registry registry = open(emulator)) {
        emulator.addTag("shop/web", "1.0");
        emulator.addTag("shop/web", "1.1");
        assertEquals("ACCEPTED", SafeDeletion.deleteAndSayWhatIsKnown(registry, IMAGE, "1.0"));

        emulator.failNext("GET", "/tags", 1, Fault.status(403));
        assertTrue(SafeDeletion.deleteAndSayWhatIsKnown(registry, IMAGE, "1.1")
            .startsWith("nothing has changed: delete tag 1.1 of shop/web failed: HTTP 403"));

        emulator.failNext("DELETE", "", 1, Fault.html().afterwards());
        assertEquals(
            "still there", // being deleted, which Scaleway shows for a while
            SafeDeletion.deleteAndSayWhatIsKnown(registry, IMAGE, "1.1"));
      }
    }
  }

  @Test
  void anImpatientRegistryTriesFiveTimes() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start()) {
      emulator.failNext(4, Fault.connectionReset());
      try (Registry registry = Tuning.impatient(emulator.uri(), emulator.environment())) {
        assertTrue(registry.listImages().toList().isEmpty());
      }
      List<RecordedRequest> requests = emulator.requests();
      assertEquals(5, requests.size(), requests::toString);
    }
  }

  @Test
  void aListenerHearsOfEveryRequest() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start()) {
      emulator.addTag("shop/web", "1.0");
      emulator.failNext("GET", "/tags", 1, Fault.retryAfter(503, "0"));
      String printed = Printed.by(() -> {
        try (Registry registry = Tuning.heard(emulator.uri(), emulator.environment())) {
          assertThrows(TagNotFoundException.class, () -> registry.getTag(IMAGE, "9.9"));
        }
      });
      assertTrue(printed.contains("ListTags 503\nListTags 200, attempt 2\n"), printed);
      assertEquals(emulator.requestCount(), printed.lines().count());
    }
  }

  @Test
  void anyRegistryIsOpenedByItsUri() {
    Map<String, String> nobody = Map.of(
        "SCW_SECRET_KEY", A_SECRET_KEY,
        "OCI_TOKEN", "any",
        "BL_API_KEY", "any",
        "GITHUB_TOKEN", "any");
    for (String uri : List.of(
        "scaleway://fr-par",
        "blaxel://my-workspace",
        "github://my-org",
        "oci://registry.example.org")) {
      try (Registry registry = Tuning.byConfiguration(URI.create(uri), nobody)) {
        assertEquals(uri.replaceFirst(":.*", ""), registry.provider());
      }
    }
  }
}
