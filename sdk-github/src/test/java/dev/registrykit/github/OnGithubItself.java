package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.github.RealServiceTrial.Place;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tries the open points on GitHub itself; run by {@code sdk-github/try-real-service} alone. */
class OnGithubItself {

  @Test
  void theOpenPointsAreTried() throws Exception {
    Place place = new Place(
        System.getProperty("registrykit.github.owner"),
        Boolean.getBoolean("registrykit.github.organization"),
        System.getenv("GITHUB_TOKEN"),
        URI.create("https://api.github.com"),
        URI.create("https://ghcr.io"));

    Map<String, String> found = new RealServiceTrial(place, OnGithubItself::pause).run();

    found.forEach((point, finding) -> System.out.println(point + ": " + finding));
    assertEquals(RealServiceTrialTest.POINTS, found.keySet());
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
