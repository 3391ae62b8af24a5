package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the three emulators have in common. */
class EmulatorTest {

  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  @Test
  void aTagIsAddedInTheSameWayEverywhere() {
    try (Emulator scaleway = ScalewayEmulator.start();
        Emulator blaxel = BlaxelEmulator.start();
        Emulator oci = OciEmulator.start()) {
      for (Emulator emulator : List.of(scaleway, blaxel, oci)) {
        emulator.addTag("shop/app", "1.0");
        emulator.addTag("shop/app", "1.1", TagContent.of("text").withDates(NOON, NOON));
        emulator.addTags("shop/web", 3);

        assertEquals(List.of("1.0", "1.1"), emulator.tagNames("shop/app"));
        assertEquals(List.of("t-000000", "t-000001", "t-000002"), emulator.tagNames("shop/web"));
        assertEquals(List.of(), emulator.tagNames("shop/missing"));
        assertEquals(0, emulator.requestCount());
      }
    }
  }

  @Test
  void theUriSaysWhereTheEmulatorIs() {
    try (ScalewayEmulator scaleway = ScalewayEmulator.start();
        BlaxelEmulator blaxel = BlaxelEmulator.start();
        OciEmulator oci = OciEmulator.start()) {
      assertEquals(URI.create("scaleway://fr-par?base-url=" + scaleway.baseUrl()), scaleway.uri());
      assertEquals(URI.create("blaxel://acme?base-url=" + blaxel.apiUrl()), blaxel.uri());
      assertEquals(
          URI.create("oci://127.0.0.1:" + oci.baseUrl().getPort() + "?plain-http=true"), oci.uri());
    }
  }

  @Test
  void theEnvironmentHasTheKeysAndNothingElse() {
    try (ScalewayEmulator scaleway = ScalewayEmulator.start();
        BlaxelEmulator blaxel = BlaxelEmulator.start();
        OciEmulator oci = OciEmulator.start()) {
      assertEquals(Map.of("SCW_SECRET_KEY", scaleway.secretKey()), scaleway.environment());
      assertEquals(Map.of("BL_API_KEY", blaxel.apiKey()), blaxel.environment());
      assertEquals(Map.of(), oci.environment());

      oci.requireBearer("kim", "hush");
      assertEquals(Map.of("OCI_USERNAME", "kim", "OCI_PASSWORD", "hush"), oci.environment());
      oci.allowAnybody();
      assertEquals(Map.of(), oci.environment());
      oci.requireBasic("kim", "hush");
      oci.reset();
      assertEquals(Map.of(), oci.environment());
    }
  }

  @Test
  void tagsOfOneContentShareADigestWhereThereAreDigests() {
    try (ScalewayEmulator scaleway = ScalewayEmulator.start();
        OciEmulator oci = OciEmulator.start()) {
      for (Emulator emulator : List.of(scaleway, oci)) {
        String digest =
            emulator.addTag("shop/app", "1.0", TagContent.of("text")).digest();

        assertEquals(
            digest, emulator.addTag("shop/app", "1", TagContent.of("text")).digest());
        assertNotEquals(digest, emulator.addTag("shop/app", "2.0").digest());
        TagContent same = TagContent.ofDigest(digest);
        assertEquals(digest, emulator.addTag("shop/app", "latest", same).digest());
      }
      assertEquals(
          Emulator.digestOf("text"),
          scaleway.addTag("shop/app", "1", TagContent.of("text")).digest());
      assertEquals(oci.tags("shop/app").get("1.0"), oci.tags("shop/app").get("latest"));
    }
  }

  @Test
  void whatAServiceDoesNotHaveIsNotMadeUp() {
    TagContent unknown = TagContent.ofDigest("sha256:" + "0".repeat(64));
    try (ScalewayEmulator scaleway = ScalewayEmulator.start();
        BlaxelEmulator blaxel = BlaxelEmulator.start();
        OciEmulator oci = OciEmulator.start()) {
      AddedTag blaxels = blaxel.addTag("sandbox/app", "1.0", unknown);
      AddedTag ocis = oci.addTag("shop/app", "1.0");

      assertThrows(IllegalStateException.class, blaxels::digest);
      assertThrows(IllegalStateException.class, blaxels::id);
      assertThrows(IllegalStateException.class, ocis::id);
      assertThrows(IllegalArgumentException.class, () -> oci.addTag("shop/app", "1.0", unknown));
      TagContent undated = TagContent.of("text").withDates(null, null);
      assertThrows(
          IllegalArgumentException.class, () -> scaleway.addTag("shop/app", "1.0", undated));
    }
  }

  @Test
  void anImageHasTheProvidersShape() {
    try (ScalewayEmulator scaleway = ScalewayEmulator.start();
        BlaxelEmulator blaxel = BlaxelEmulator.start();
        OciEmulator oci = OciEmulator.start()) {
      for (String image : List.of("app", "/app", "shop/")) {
        assertThrows(IllegalArgumentException.class, () -> scaleway.addTag(image, "1.0"));
        assertThrows(IllegalArgumentException.class, () -> blaxel.addTag(image, "1.0"));
      }
      assertThrows(IllegalArgumentException.class, () -> blaxel.addTag("sandbox/a/b", "1.0"));
      assertThrows(IllegalArgumentException.class, () -> oci.addTag("Shop/app", "1.0"));
      assertEquals(List.of(), scaleway.tagNames("shop/a/b"));
    }
  }

  @Test
  void contentIsDatedAsItSays() {
    assertEquals(TagContent.of("a"), TagContent.of("a"));
    assertNotEquals(TagContent.of("a"), TagContent.of("a").withDates(null, null));
    assertEquals(
        TagContent.of("a").withDates(NOON, null), TagContent.of("a").withDates(NOON, null));
    assertThrows(IllegalArgumentException.class, () -> TagContent.ofDigest("sha256:abc"));
  }

  @Test
  void faultsThatDoTheSameAreEqual() {
    assertEquals(Fault.status(503), Fault.status(503));
    assertEquals(Fault.status(503).hashCode(), Fault.status(503).hashCode());
    assertNotEquals(Fault.status(503), Fault.status(503).afterwards());
    assertEquals(Fault.lostAnswer(), Fault.connectionReset().afterwards());
  }

  @Test
  void requestsThatWereSentAlikeAreEqual() {
    Map<String, List<String>> headers = Map.of("Accept", List.of("*/*"));
    RecordedRequest request = new RecordedRequest("GET", "/v2/", null, headers, "");

    assertEquals(request, new RecordedRequest("GET", "/v2/", null, headers, ""));
    assertNotEquals(request, new RecordedRequest("GET", "/v2/", "n=1", headers, ""));
    assertNotEquals(request, new RecordedRequest("GET", "/v2/", null, Map.of(), ""));
  }
}
