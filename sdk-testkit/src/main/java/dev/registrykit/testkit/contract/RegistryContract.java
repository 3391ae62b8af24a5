package dev.registrykit.testkit.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link dev.registrykit.Registry} does on every provider, as tests against the facade alone.
 *
 * <p>A provider passes it by a subclass of one line:
 *
 * <pre>{@code
 * class ScalewayRegistryContractTest extends RegistryContract {
 *   @Override
 *   protected RegistryFixture newFixture() {
 *     return new ScalewayFixture();
 *   }
 * }
 * }</pre>
 *
 * <p>No test is skipped. Where a {@link dev.registrykit.Feature} is missing, the test asserts that
 * its use is refused before anything is sent, or that the value is empty; where the fixture declares
 * a {@link Difference}, the test asserts that difference.
 *
 * @since 0.1.0
 */
@Timeout(120)
public abstract class RegistryContract {

  private @Nullable RegistryFixture fixture;

  /** For subclasses. */
  protected RegistryContract() {}

  /** Makes the fixture of one test, with a registry that talks to an empty server. */
  protected abstract RegistryFixture newFixture() throws Exception;

  @BeforeEach
  final void openFixture() throws Exception {
    fixture = newFixture();
  }

  @AfterEach
  final void closeFixture() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private RegistryFixture fixture() {
    if (fixture == null) {
      throw new IllegalStateException("there is a fixture only while a test runs");
    }
    return fixture;
  }

  @Nested
  class ListingTags extends TagListingContract {
    ListingTags() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Paging extends PagingContract {
    Paging() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class ReadingAhead extends ReadingAheadContract {
    ReadingAhead() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class TellingProgress extends ProgressContract {
    TellingProgress() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Filtering extends FilterContract {
    Filtering() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Ordering extends OrderContract {
    Ordering() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Reading extends ReadingContract {
    Reading() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class ListingImages extends ImageListingContract {
    ListingImages() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class DeletingTags extends TagDeletionContract {
    DeletingTags() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class DeletingSharedDigests extends SharedDigestContract {
    DeletingSharedDigests() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class DeletingOnlyIfDigest extends RequiredDigestContract {
    DeletingOnlyIfDigest() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class DeletingManyTags extends BulkDeletionContract {
    DeletingManyTags() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class HearingOfManyTags extends BulkListenerContract {
    HearingOfManyTags() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class DeletingImages extends ImageDeletionContract {
    DeletingImages() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Arguments extends ArgumentContract {
    Arguments() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Failing extends FailureContract {
    Failing() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class ProvingAbsence extends AbsenceContract {
    ProvingAbsence() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Living extends LifecycleContract {
    Living() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class NamingTagsByReference extends ReferenceContract {
    NamingTagsByReference() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Waiting extends WaitingContract {
    Waiting() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class Restoring extends RestoringContract {
    Restoring() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class SayingWhatIsSupported extends SupportContract {
    SayingWhatIsSupported() {
      super(RegistryContract.this::fixture);
    }
  }

  @Nested
  class LeavingOutHousekeeping extends HousekeepingContract {
    LeavingOutHousekeeping() {
      super(RegistryContract.this::fixture);
    }
  }
}
