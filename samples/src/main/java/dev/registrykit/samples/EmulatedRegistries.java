package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.List;

/** An emulated registry of each provider, with an image of six tags of which some are siblings. */
final class EmulatedRegistries {

  private static final String[] TAGS = {"1.0", "1.1", "1.2", "1.3", "latest", "prod"};
  private static final String[] BUILDS = {"1.0", "1.1", "1.2", "1.3", "1.3", "1.2"};

  private EmulatedRegistries() {}

  /** What is done on each. */
  @FunctionalInterface
  interface Visit {
    void on(String title, Registry registry, ImageRef image);
  }

  static void forEach(Visit visit) {
    scaleway(visit);
    oci(visit);
    github(visit);
    blaxel(visit);
  }

  private static void scaleway(Visit visit) {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = ScalewayRegistry.builder()
            .region(emulator.region())
            .secretKey(emulator.secretKey())
            .baseUrl(emulator.baseUrl().toString())
            .build()) {
      for (int i = 0; i < TAGS.length; i++) {
        String digest = ScalewayEmulator.digestOf("build " + BUILDS[i]);
        emulator.addTag("shop/web", TAGS[i], TagContent.ofDigest(digest).withDates(day(i), day(i)));
      }
      visit.on("Scaleway", registry, ImageRef.of("shop/web"));
    }
  }

  private static void oci(Visit visit) {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry =
            OciRegistry.builder().registry(emulator.baseUrl().toString()).build()) {
      for (int i = 0; i < TAGS.length; i++) {
        emulator.addTag(
            "shop/web",
            TAGS[i],
            TagContent.of("build " + BUILDS[i]).withDates(day(built(i)), null));
      }
      visit.on("OCI (docker-registry 2.8)", registry, ImageRef.of("shop/web"));
    }
  }

  private static void github(Visit visit) {
    try (GithubEmulator emulator = GithubEmulator.start();
        Registry registry = GithubRegistry.builder()
            .owner(emulator.owner())
            .token(emulator.token(TokenKind.CLASSIC))
            .baseUrl(emulator.baseUrl().toString())
            .registryUrl(emulator.baseUrl().toString())
            .build()) {
      for (int i = 0; i < TAGS.length; i++) {
        emulator.addTag(
            "octo-org/web",
            TAGS[i],
            TagContent.of("build " + BUILDS[i]).withDates(day(built(i)), day(built(i))));
      }
      visit.on("GitHub", registry, ImageRef.of("octo-org/web"));
    }
  }

  private static void blaxel(Visit visit) {
    try (BlaxelEmulator emulator = BlaxelEmulator.start();
        Registry registry = BlaxelRegistry.builder()
            .workspace(emulator.workspace())
            .apiKey(emulator.apiKey())
            .baseUrl(emulator.apiUrl().toString())
            .build()) {
      for (int i = 0; i < TAGS.length; i++) {
        TagContent content = TagContent.of("no digests there").withDates(day(i), day(i));
        emulator.addTag("sandbox/web", TAGS[i], content);
      }
      emulator.setInUse("sandbox/web", "latest", true);
      visit.on("Blaxel", registry, ImageRef.of("sandbox/web"));
    }
  }

  /** Tags of one digest have one date on some registries: that of its build. */
  private static int built(int tag) {
    return List.of(TAGS).indexOf(BUILDS[tag]);
  }

  private static Instant day(int number) {
    return Instant.parse("2026-03-0" + (number + 1) + "T09:30:00Z");
  }
}
