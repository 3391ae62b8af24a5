package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PruneOnOciTest {

  private static final ImageRef IMAGE = ImageRef.of("team/app");

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private static OciRegistry filled() {
    OciEmulator emulator = OCI.emulator();
    for (int i = 1; i <= 4; i++) {
      emulator.addTag(
          IMAGE.path(),
          "1." + i,
          TagContent.of("build " + i)
              .withDates(Instant.parse("2026-03-0" + i + "T09:30:00Z"), null));
    }
    emulator.addTag(
        IMAGE.path(),
        "prod",
        TagContent.of("build 4").withDates(Instant.parse("2026-03-04T09:30:00Z"), null));
    return OciRegistry.builder().registry(emulator.baseUrl().toString()).build();
  }

  @Test
  void theNewestStay() {
    try (OciRegistry registry = filled()) {
      assertEquals(
          Set.of("1.2", "1.1"),
          Set.copyOf(PruneOldTags.pruneAndRepair(registry, IMAGE, 3, Set.of())));
    }
    assertEquals(List.of("1.3", "1.4", "prod"), sorted());
  }

  @Test
  void nothingGoesWhereDeletionIsDisabled() {
    OCI.emulator().personality(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED);
    try (OciRegistry registry = filled()) {
      assertThrows(
          UnsupportedFeatureException.class,
          () -> PruneOldTags.pruneAndRepair(registry, IMAGE, 3, Set.of()));
    }
    assertEquals(List.of("1.1", "1.2", "1.3", "1.4", "prod"), sorted());
  }

  @Test
  void whatIsPushedAgainMeanwhileStays() {
    OciEmulator emulator = OCI.emulator();
    try (OciRegistry registry = filled()) {
      emulator.beforeNext("DELETE", "", () -> {
        for (String tag : List.of("1.1", "1.2")) {
          emulator.addTag(
              IMAGE.path(),
              tag,
              TagContent.of("build 5").withDates(Instant.parse("2026-03-05T09:30:00Z"), null));
        }
      });
      assertEquals(List.of(), PruneOldTags.pruneAndRepair(registry, IMAGE, 3, Set.of()));
    }
    assertEquals(List.of("1.1", "1.2", "1.3", "1.4", "prod"), sorted());
  }

  @Test
  void aTagThatIsLeftOnAPlaceholderIsPutBack() {
    OciEmulator emulator = OCI.emulator();
    try (OciRegistry registry = filled()) {
      Map<String, String> before = emulator.tags(IMAGE.path());
      String realDigest = "/manifests/sha256:(?!0{64})"; // not that of the probe
      emulator.beforeNext("DELETE", realDigest, () -> {
        emulator.failNext("DELETE", realDigest, 1, Fault.json(403, "{}"));
        emulator.failNext("PUT", "/manifests/", 1, Fault.json(403, "{}"));
      });
      assertThrows(
          RegistryException.class, () -> PruneOldTags.pruneAndRepair(registry, IMAGE, 3, Set.of()));
      assertEquals(before, emulator.tags(IMAGE.path()));
      assertEquals(0, emulator.pendingFaults());
    }
  }

  private static List<String> sorted() {
    return OCI.emulator().tagNames(IMAGE.path()).stream().sorted().toList();
  }
}
