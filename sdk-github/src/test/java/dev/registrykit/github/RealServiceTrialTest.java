package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.github.RealServiceTrial.Place;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code sdk-github/try-real-service} tries, on the emulator. */
class RealServiceTrialTest extends GithubTest {

  static final Set<String> POINTS = new TreeSet<>(List.of(
      "seconds until the list of versions has a push",
      "the last tagged version",
      "a version that is not there",
      "a tag more changes updated_at",
      "the newest version is listed first",
      "one tag of an image goes alone",
      "one tag of an index goes alone",
      "a tag that is alone goes with its version",
      "a tag that is put on a known digest again",
      "a version that is restored",
      "an image that is deleted and restored",
      "the image is deleted again"));

  @Test
  void everyPointIsTriedAndNothingIsLeft() throws Exception {
    Place place = new Place(
        "octo-org",
        true,
        emulator.token(TokenKind.CLASSIC),
        emulator.baseUrl(),
        emulator.baseUrl());
    Map<String, String> found = new RealServiceTrial(place, () -> {}).run();

    assertEquals(POINTS, new TreeSet<>(found.keySet()));
    found.values().forEach(finding -> assertTrue(!finding.startsWith("FAILED"), found::toString));
    assertTrue(
        found.get("the last tagged version").startsWith("HTTP 400 You cannot"), found::toString);
    assertTrue(found.get("one tag of an image goes alone").startsWith("DELETED"), found::toString);
    assertTrue(found.get("one tag of an index goes alone").startsWith("DELETED"), found::toString);
    assertTrue(
        found.get("a tag that is alone goes with its version").startsWith("DELETED"),
        found::toString);
    assertEquals(List.of(), registry.listImages().toList());
  }
}
