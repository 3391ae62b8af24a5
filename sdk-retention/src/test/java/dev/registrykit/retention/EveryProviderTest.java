package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EveryProviderTest {

  private static final ImageRef IMAGE = ImageRef.of("sandbox/web");

  static Stream<Arguments> emulators() {
    return Stream.of(
        emulator("Scaleway", ScalewayEmulator::start),
        emulator("Blaxel", BlaxelEmulator::start),
        emulator("docker-registry", OciEmulator::start),
        emulator("distribution", () -> OciEmulator.start(OciPersonality.DISTRIBUTION_3_1)));
  }

  private static Arguments emulator(String name, Supplier<Emulator> start) {
    return Arguments.of(name, start);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("emulators")
  void aPlanIsTheSameOnEveryProviderAndLeavesNothingToPlan(String name, Supplier<Emulator> start) {
    try (Emulator emulator = start.get();
        Registry registry =
            Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
      for (int day = 1; day <= 5; day++) {
        Instant date = Instant.parse("2026-03-0" + day + "T00:00:00Z");
        emulator.addTag(
            IMAGE.path(), "build-" + day, TagContent.of("build " + day).withDates(date, date));
      }
      RetentionPolicy policy =
          RetentionPolicy.of(TagMatcher.glob("build-*")).keepNewestImages(2).build();

      RetentionPlan plan = RetentionPlan.of(registry, IMAGE, policy, Fixtures.CLOCK);
      assertEquals(List.of("build-1", "build-2", "build-3"), Fixtures.deletions(plan));
      RetentionPlan read =
          RetentionPlan.fromJson(plan.toJson(), registry).requireMadeFor(IMAGE, policy);
      RetentionReport report = RetentionRun.of(registry, read).execute();
      assertTrue(report.isComplete(), report.toText());

      assertEquals(Set.of("build-4", "build-5"), Set.copyOf(emulator.tagNames(IMAGE.path())));
      assertEquals(
          List.of(), Fixtures.deletions(RetentionPlan.of(registry, IMAGE, policy, Fixtures.CLOCK)));
    }
  }
}
