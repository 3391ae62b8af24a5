package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryInterruptedException;
import java.time.Duration;
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
}
