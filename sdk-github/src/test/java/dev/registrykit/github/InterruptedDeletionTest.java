package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thread that is interrupted while it deletes a tag. */
class InterruptedDeletionTest extends GithubTest {

  @Test
  void anInterruptWhileThePlaceholderIsWaitedForPutsTheTagBack() {
    String digest = emulator.addTag(PATH, "v00").digest();
    emulator.moveTag(PATH, "v01", digest);
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.duringSleep(() -> Thread.currentThread().interrupt());

    assertThrows(RegistryInterruptedException.class, () -> registry.deleteTag(APP, "v00"));

    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertEquals(digest, emulator.tags(PATH).get("v00"));
  }

  /** The registry shows the placeholder once more, and then no more. */
  @Test
  void anInterruptAfterTheDeletionIsNoSuccessThoughTheTagIsGone() {
    emulator.addTag(PATH, "v00");
    emulator.addTag(PATH, "v01");
    use(builder().strictDeletion(StrictDeletion.BY_PLACEHOLDER));
    emulator.faults().setDeletionReads(1);
    time.duringSleep(() -> Thread.currentThread().interrupt());

    RegistryInterruptedException e =
        assertThrows(RegistryInterruptedException.class, () -> registry.deleteTag(APP, "v00"));

    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertTrue(e.mayHaveTakenEffect());
    assertEquals(List.of("v01"), emulator.tagNames(PATH));
  }

  /** Nobody can look, so that it waits, and each wait is interrupted. */
  @Test
  void aThreadThatIsInterruptedAgainAndAgainGivesUp() {
    String digest = emulator.addTag(PATH, "v00").digest();
    emulator.moveTag(PATH, "v01", digest);
    emulator.beforeNext("DELETE", "", () -> emulator.failAll(Fault.json(403, "{}")));
    time.duringSleep(() -> Thread.currentThread().interrupt());

    PlaceholderLeftException e =
        assertThrows(PlaceholderLeftException.class, () -> registry.deleteTag(APP, "v00"));

    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertInstanceOf(RegistryInterruptedException.class, e.getCause().getSuppressed()[0]);
    assertEquals(Collections.nCopies(6, Duration.ofMillis(200)), time.sleeps());
  }

  @Test
  void anInterruptIsNotForgottenWhereTheRegistryIsClosedBesides() {
    String digest = emulator.addTag(PATH, "v00").digest();
    emulator.moveTag(PATH, "v01", digest);
    emulator.beforeNext("DELETE", "", () -> emulator.failAll(Fault.json(403, "{}")));
    time.duringSleep(() -> {
      Thread.currentThread().interrupt();
      registry.close();
    });

    PlaceholderLeftException e =
        assertThrows(PlaceholderLeftException.class, () -> registry.deleteTag(APP, "v00"));

    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertInstanceOf(IllegalStateException.class, e.getCause().getSuppressed()[0]);
  }
}
