package dev.registrykit.samples.cli;

import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An emulated registry of each provider, whose image has a tag a day: 1.0, the oldest, to 1.5, and {@code latest},
 * which is 1.5's.
 */
enum Shop {
  SCALEWAY("shop/web") {
    @Override
    Emulator start() {
      return ScalewayEmulator.start();
    }
  },
  BLAXEL("sandbox/web") {
    @Override
    Emulator start() {
      return BlaxelEmulator.start();
    }
  },
  GITHUB("octo-org/web") {
    @Override
    Emulator start() {
      return GithubEmulator.start();
    }
  },
  OCI("shop/web") {
    @Override
    Emulator start() {
      return OciEmulator.start();
    }
  };

  final String image;

  Shop(String image) {
    this.image = image;
  }

  abstract Emulator start();

  /** Starts it with its tags. */
  Emulator open() {
    Emulator emulator = start();
    fill(emulator, image);
    return emulator;
  }

  static void fill(Emulator emulator, String image) {
    for (int i = 0; i < 6; i++) {
      emulator.addTag(image, "1." + i, build(i));
    }
    emulator.addTag(image, "latest", build(5));
  }

  static TagContent build(int number) {
    Instant built = Runner.CLOCK.instant().minus(Duration.ofDays(10L - number));
    return TagContent.of("build " + number).withDates(built, built);
  }

  static List<String> tags(Emulator emulator, String image) {
    return emulator.tagNames(image).stream().sorted().toList();
  }
}
