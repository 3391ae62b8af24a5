package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.GithubWithoutWaits;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciWithoutWaits;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An emulated registry with one image, whose tags are all the kinds that a careful person tells apart.
 * With {@link #KEEP} and {@link #SPARED}, those of {@link #OLD} go and all others stay.
 */
enum Place {
  SCALEWAY {
    @Override
    Emulator start() {
      return ScalewayEmulator.start();
    }

    @Override
    Registry open(Emulator emulator, HttpOptions options) {
      ScalewayEmulator scaleway = (ScalewayEmulator) emulator;
      return ScalewayRegistry.builder()
          .region(scaleway.region())
          .secretKey(scaleway.secretKey())
          .baseUrl(scaleway.baseUrl().toString())
          .httpOptions(options)
          .build();
    }

    @Override
    ImageRef image() {
      return ImageRef.of("shop/web");
    }

    @Override
    void add(Emulator emulator, String tag, String content, Instant created, Instant pushed) {
      emulator.addTag("shop/web", tag, TagContent.of(content).withDates(created, pushed));
    }
  },

  BLAXEL {
    @Override
    Emulator start() {
      return BlaxelEmulator.start();
    }

    @Override
    Registry open(Emulator emulator, HttpOptions options) {
      BlaxelEmulator blaxel = (BlaxelEmulator) emulator;
      return BlaxelRegistry.builder()
          .workspace(blaxel.workspace())
          .apiKey(blaxel.apiKey())
          .baseUrl(blaxel.apiUrl().toString())
          .httpOptions(options)
          .build();
    }

    @Override
    ImageRef image() {
      return ImageRef.of("sandbox/web");
    }

    @Override
    void add(Emulator emulator, String tag, String content, Instant created, Instant pushed) {
      boolean isDated = !content.equals(UNDATED);
      emulator.addTag(
          "sandbox/web",
          tag,
          TagContent.of(content).withDates(isDated ? created : null, isDated ? pushed : null));
    }

    @Override
    Set<String> old() {
      return Set.of("1.0", "1.1", "1.1-alias", "1.2"); // there are no digests to share
    }
  },

  /** Deletes versions, so that a tag that shares one goes by way of a placeholder; none is without a date. */
  GITHUB {
    @Override
    Emulator start() {
      return GithubEmulator.start();
    }

    @Override
    Registry open(Emulator emulator, HttpOptions options) {
      GithubEmulator github = (GithubEmulator) emulator;
      return GithubWithoutWaits.build(GithubRegistry.builder()
          .owner(github.owner())
          .token(github.token(TokenKind.CLASSIC))
          .baseUrl(github.baseUrl().toString())
          .registryUrl(github.baseUrl().toString())
          .httpOptions(options));
    }

    @Override
    ImageRef image() {
      return ImageRef.of("octo-org/web");
    }

    @Override
    void add(Emulator emulator, String tag, String content, Instant created, Instant pushed) {
      emulator.addTag("octo-org/web", tag, TagContent.of(content).withDates(pushed, pushed));
    }
  },

  /** Deletes manifests only, so that a tag goes by way of a placeholder. */
  DOCKER_REGISTRY_2 {
    @Override
    Emulator start() {
      return OciEmulator.start(OciPersonality.DISTRIBUTION_2);
    }
  },

  /** Deletes tags. */
  DISTRIBUTION_3 {
    @Override
    Emulator start() {
      return OciEmulator.start(OciPersonality.DISTRIBUTION_3_0);
    }
  };

  static final int KEEP = 2;

  static final Set<String> SPARED = Set.of("stable");

  private static final String UNDATED = "undated";

  private static final Instant MARCH = Instant.parse("2026-03-01T09:30:00Z");

  abstract Emulator start();

  /** The names of the tags that a careful person deletes. */
  Set<String> old() {
    return Set.of("1.0", "1.1", "1.1-alias");
  }

  Registry open(Emulator emulator, HttpOptions options) {
    return OciWithoutWaits.build(
        OciRegistry.builder().registry(emulator.baseUrl().toString()).httpOptions(options));
  }

  ImageRef image() {
    return ImageRef.of("shop/web");
  }

  /** How many tags {@link #fill} adds. */
  int count() {
    return 9;
  }

  /** Forgets everything and pushes the image anew. */
  final void fill(Emulator emulator) {
    emulator.reset();
    add(emulator, "1.0", "1.0", day(1), day(1));
    add(emulator, "1.1", "1.1", day(2), day(2));
    add(emulator, "1.1-alias", "1.1", day(2), day(2));
    add(emulator, "1.2", "stable", day(3), day(3));
    add(emulator, "stable", "stable", day(3), day(3));
    add(emulator, "2.0", "2.0", day(10), day(10));
    add(emulator, "latest", "latest", MARCH.minusSeconds(10_000_000), day(20));
    add(emulator, "ko", "ko", Instant.EPOCH, Instant.EPOCH);
    add(emulator, "bazel", UNDATED, Instant.EPOCH, Instant.EPOCH);
  }

  private static Instant day(int day) {
    return MARCH.plusSeconds(86_400L * day);
  }

  /** Adds tags of other names. */
  final void addMany(Emulator emulator, int count) {
    emulator.addTags(image().path(), count);
  }

  /** Pushes a tag; where it has no date of its own, that of the build is the push's. */
  void add(Emulator emulator, String tag, String content, Instant created, Instant pushed) {
    OciEmulator oci = (OciEmulator) emulator;
    if (tag.equals("2.0")) {
      oci.pushIndex("shop/web", tag, oci.pushUntaggedImage("shop/web", content, pushed));
    } else {
      oci.addTag(
          "shop/web",
          tag,
          TagContent.of(content).withDates(content.equals(UNDATED) ? null : pushed, null));
    }
  }

  /** The tags that are there, with their digests where an emulator shows them. */
  final Map<String, String> tags(Emulator emulator) {
    if (emulator instanceof GithubEmulator github) {
      return github.tags(image().path());
    }
    return emulator instanceof OciEmulator oci
        ? oci.tags(image().path())
        : emulator.tagNames(image().path()).stream()
            .collect(Collectors.toMap(Function.identity(), name -> "", (a, b) -> a, TreeMap::new));
  }
}
