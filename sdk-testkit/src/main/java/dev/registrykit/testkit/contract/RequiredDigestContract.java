package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deleting a tag only if it points to the digest expected. */
abstract class RequiredDigestContract extends DeletionTheme {

  RequiredDigestContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @Test
  void aTagOfTheRequiredDigestIsDeleted() {
    Optional<String> digest = addSharing("content", "1.0");
    addTags("1.1");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(digest.orElse(OTHER_DIGEST));
    if (cannotDelete("1.0", onlyIf)) {
      return;
    }

    assertDeletedAlone(delete("1.0", onlyIf));

    assertTagsLeft(app(), "1.1");
  }

  @Test
  void aTagOfAnotherDigestThanRequiredStays() {
    addTags("1.0");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(OTHER_DIGEST);
    if (cannotDelete("1.0", onlyIf)) {
      return;
    }

    assertThrows(PreconditionFailedException.class, () -> delete("1.0", onlyIf));
    assertThrows(PreconditionFailedException.class, () -> delete("1.0", onlyIf.withForce()));
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aTagMovedSinceItWasReadStays() {
    Optional<String> old = addTag(app(), "prod", "old");
    DeleteOptions onlyIfOld = STRICT.onlyIfDigest(old.orElse(OTHER_DIGEST));
    if (cannotDelete("prod", onlyIfOld)) {
      return;
    }
    Tag read = registry().getTag(app(), "prod");
    addTag(app(), "prod", "new");

    assertThrows(PreconditionFailedException.class, () -> registry().deleteTag(read, onlyIfOld));
    assertTagsLeft(app(), "prod");
  }

  @Test
  void aMissingTagIsMissingWhateverDigestIsRequired() {
    addTags("1.0");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(OTHER_DIGEST);
    if (cannotDelete("2.0", onlyIf)) {
      return;
    }

    assertThrows(TagNotFoundException.class, () -> delete("2.0", onlyIf));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT, delete("2.0", onlyIf.ignoringMissing()).outcome());
  }
}
