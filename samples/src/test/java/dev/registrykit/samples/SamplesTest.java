package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.PageCursor;
import dev.registrykit.Registry;
import dev.registrykit.ServerException;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.ScalewayEmulator;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final Instant MARCH = Instant.parse("2026-03-01T09:30:00Z");

  private final InMemoryRegistry inMemory = InMemoryRegistry.create();

  private void add(String tag, String content, Instant created, Instant updated) {
    inMemory.addTag(IMAGE, tag, ScalewayEmulator.digestOf(content), created, updated);
  }

  /** Adds a tag that was pushed once, on a day of March. */
  private void add(String tag, String content, int day) {
    add(tag, content, day(day), day(day));
  }

  private static Instant day(int day) {
    return MARCH.plusSeconds(86_400L * day);
  }

  private Set<String> prune(int keep, String... spared) {
    return PruneOldTags.prune(inMemory, IMAGE, keep, Set.of(spared)).tags().stream()
        .filter(tag -> tag.outcome().isGone())
        .map(tag -> tag.tag().name())
        .collect(Collectors.toSet());
  }

  @Test
  void pruningKeepsTheNewestTheSparedAndThoseThatShareADigest() {
    add("1.0", "1.0", 1);
    add("1.1", "1.1", 2);
    add("1.2", "1.2", 3);
    add("1.3", "1.3", 4);
    add("stable", "1.1", 2);
    add("latest", "1.0", 5);

    assertEquals(Set.of("1.2"), prune(2, "stable"));
    assertEquals(List.of("1.0", "1.1", "1.3", "stable", "latest"), inMemory.tagNames(IMAGE));
  }

  @Test
  void pruningStopsAtAPlanThatWouldDeleteTooMuch() {
    for (int i = 0; i < 9; i++) {
      add("1." + i, "1." + i, i);
    }

    assertThrows(IllegalStateException.class, () -> prune(1, "1.0"));
    assertEquals(9, inMemory.tagNames(IMAGE).size());
  }

  @Test
  void aListThatCannotBeReadDeletesNothing() {
    add("1.0", "1.0", 1);
    add("1.1", "1.1", 2);
    inMemory.failNext(new ServerException(
        ErrorDetails.builder("list tags of shop/web").statusCode(500).build()));

    assertThrows(ServerException.class, () -> prune(1, "1.1"));
    assertEquals(List.of("1.0", "1.1"), inMemory.tagNames(IMAGE));
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
        Registry registry = Tuning.byConfiguration(
            URI.create("scaleway://fr-par"),
            Map.of(
                "SCW_SECRET_KEY", "00000000-0000-0000-0000-00000000dead",
                "SCW_API_URL", emulator.baseUrl().toString(),
                "XDG_CONFIG_HOME", "/nonexistent"))) {
      assertTrue(
          Errors.digestOf(registry, IMAGE, "1.0").startsWith("check the credentials: get tag"));
    }
  }
}
