package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageRef;
import dev.registrykit.PageCursor;
import dev.registrykit.Registry;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.ScalewayEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  @Test
  void pruningKeepsTheNewestTheSparedAndThoseThatShareADigest() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      for (String tag : List.of("stable", "1.0", "1.1", "1.2", "1.3", "1.4")) {
        registry.addTag(IMAGE, tag, ScalewayEmulator.digestOf(tag));
      }
      registry.addTag(IMAGE, "latest", ScalewayEmulator.digestOf("1.0"));

      List<String> deleted = PruneOldTags.prune(registry, IMAGE, 3, Set.of("stable"));

      assertEquals(List.of("1.2", "1.1"), deleted);
    }
  }

  @Test
  void pagesAreReadOneByOneAndResumed() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      for (int i = 0; i < 120; i++) {
        registry.addTag(IMAGE, "t" + i, ScalewayEmulator.digestOf("t" + i));
      }
      List<String> names = new ArrayList<>();
      Optional<PageCursor> where = ReadingPages.onePage(registry, IMAGE, Optional.empty(), names);
      while (where.isPresent()) {
        where = ReadingPages.onePage(registry, IMAGE, where, names);
      }

      assertEquals(120, names.size());
      assertEquals(ReadingPages.everyName(registry, IMAGE), names);
    }
  }

  @Test
  void aTagIsDeletedByTheDigestItWasReadWith() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addTag(IMAGE, "1.0", ScalewayEmulator.digestOf("1.0"));

      assertEquals(
          DeleteOutcome.DELETED,
          SafeDeletion.deleteUnlessMoved(registry, IMAGE, "1.0").outcome());
    }
  }

  @Test
  void errorsBecomeWordsACallerCanActOn() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = Tuning.byConfiguration(Map.of(
            "SCW_SECRET_KEY", "00000000-0000-0000-0000-00000000dead",
            "SCW_API_URL", emulator.baseUrl().toString(),
            "XDG_CONFIG_HOME", "/nonexistent"))) {
      assertTrue(
          Errors.digestOf(registry, IMAGE, "1.0").startsWith("check the credentials: get tag"));
    }
  }
}
