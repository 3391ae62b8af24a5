package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Waiting until something is gone. Where it stays, the time is up at once, so that no test waits. */
abstract class WaitingContract extends DeletionTheme {

  private static final WaitOptions ONE_LOOK = WaitOptions.defaults().withTimeout(Duration.ZERO);

  private static final WaitOptions SOON = WaitOptions.defaults()
      .withTimeout(Duration.ofSeconds(30))
      .withIntervals(Duration.ofMillis(1), Duration.ofMillis(1));

  WaitingContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  // Tags

  @Test
  void aTagThatWasDeletedIsGoneAfterTheWait() {
    addTags("1.0", "1.1");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    delete("1.0", STRICT);

    registry().waitUntilTagGone(app(), "1.0", SOON);

    assertEquals(Optional.empty(), registry().findTag(app(), "1.0"));
    assertTagsLeft(app(), "1.1");
  }

  @Test
  void aTagThatStaysIsATimeout() {
    addTags("1.0");

    assertThrows(
        RegistryTimeoutException.class, () -> registry().waitUntilTagGone(app(), "1.0", ONE_LOOK));

    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aTagThatWasNeverThereIsGone() {
    addTags("1.0");

    registry().waitUntilTagGone(app(), "2.0", ONE_LOOK);
    registry().waitUntilTagGone(fixture().image("missing"), "1.0", ONE_LOOK);

    assertTagsLeft(app(), "1.0");
  }

  // Images

  @Test
  void anImageThatWasDeletedIsGoneAfterTheWait() {
    addTags("1.0");
    ImageRef other = fixture().image("other");
    addTag(other, "1.0", "1.0");
    if (cannotDeleteImage()) {
      return;
    }
    registry().deleteImage(app(), STRICT);

    registry().waitUntilImageGone(app(), SOON);

    assertTagsLeft(app());
    assertTagsLeft(other, "1.0");
  }

  @Test
  void anImageThatStaysIsATimeout() {
    addTags("1.0");

    assertThrows(
        RegistryTimeoutException.class, () -> registry().waitUntilImageGone(app(), ONE_LOOK));

    assertTagsLeft(app(), "1.0");
  }

  @Test
  void anImageThatWasNeverThereIsGone() {
    addTags("1.0");

    registry().waitUntilImageGone(fixture().image("missing"), ONE_LOOK);

    assertTagsLeft(app(), "1.0");
  }
}
