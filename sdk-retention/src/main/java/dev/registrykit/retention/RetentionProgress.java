package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link RetentionRun} has come. Tags that an interrupted run ended with before are counted as
 * done. Immutable.
 *
 * @since 0.1.0
 */
public final class RetentionProgress {

  /** How many tags ended how. */
  record Counts(int deleted, int kept, int failed) {

    int done() {
      return deleted + kept + failed;
    }
  }

  private final ImageRef image;
  private final int total;
  private final Counts counts;
  private final int doneBefore;
  private final Duration elapsed;
  private final @Nullable TagReport last;

  /**
   * Makes one.
   *
   * @param doneBefore how many of those done took no time of this run
   */
  RetentionProgress(
      ImageRef image,
      int total,
      Counts counts,
      int doneBefore,
      Duration elapsed,
      @Nullable TagReport last) {
    this.image = image;
    this.total = total;
    this.counts = counts;
    this.doneBefore = doneBefore;
    this.elapsed = elapsed.isNegative() ? Duration.ZERO : elapsed; // clocks are set back
    this.last = last;
  }

  /** Returns the image. */
  public ImageRef image() {
    return image;
  }

  /** Returns how many tags are done with: deleted, kept or failed. */
  public int done() {
    return counts.done();
  }

  /** Returns how many tags are to be deleted in all. */
  public int total() {
    return total;
  }

  /** Returns how many are gone, or soon will be. */
  public int deleted() {
    return counts.deleted();
  }

  /** Returns how many stay for a reason. */
  public int kept() {
    return counts.kept();
  }

  /** Returns how many could not be deleted, or may not have been. */
  public int failed() {
    return counts.failed();
  }

  /** Returns how long this run has taken so far, by its clock. */
  public Duration elapsed() {
    return elapsed;
  }

  /**
   * Returns how long the rest will take if it goes on as it went so far; empty while nothing is known.
   */
  public Optional<Duration> remaining() {
    int doneNow = done() - doneBefore;
    return doneNow <= 0
        ? Optional.empty()
        : Optional.of(elapsed.multipliedBy(total - done()).dividedBy(doneNow));
  }

  /** Returns the tag that was done last; empty at the start. */
  public Optional<TagReport> last() {
    return Optional.ofNullable(last);
  }

  /** Returns image and counts, for logs. */
  @Override
  public String toString() {
    return "RetentionProgress[%s: %d of %d, %d deleted, %d kept, %d failed]"
        .formatted(image, done(), total, deleted(), kept(), failed());
  }
}
