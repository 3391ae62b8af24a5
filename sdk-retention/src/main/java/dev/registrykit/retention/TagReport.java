package dev.registrykit.retention;

import dev.registrykit.RegistryException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RetentionRun} did with one tag that was to be deleted. Immutable.
 *
 * @since 0.1.0
 */
public final class TagReport {

  /**
   * How a tag ended. The set may grow.
   *
   * @since 0.1.0
   */
  public enum Outcome {
    /** It is gone. */
    DELETED,
    /** The registry took the order and carries it out soon. */
    ACCEPTED,
    /** It was not there any more. */
    ALREADY_GONE,
    /** It stays, because something has changed since the plan was made, or the registry says that it must. */
    KEPT,
    /** It could not be deleted, and nothing of it has changed. */
    FAILED,
    /** Its deletion failed, and it may be gone all the same. */
    UNKNOWN,
    /** The run ended before, or what it is about could not be deleted. */
    NOT_ATTEMPTED;

    /** Returns whether the tag is gone, or will be soon. */
    public boolean isGone() {
      return this == DELETED || this == ACCEPTED || this == ALREADY_GONE;
    }

    /** Returns whether nothing more is to be done: it is gone, or stays with a reason. */
    public boolean isFinal() {
      return isGone() || this == KEPT;
    }

    /** Returns whether its deletion failed, whatever became of the tag. */
    boolean isFailure() {
      return this == FAILED || this == UNKNOWN;
    }
  }

  private final PlannedTag tag;
  private final Outcome outcome;
  private final String detail;
  private final @Nullable RegistryException failure;

  TagReport(PlannedTag tag, Outcome outcome, String detail, @Nullable RegistryException failure) {
    this.tag = Objects.requireNonNull(tag, "tag");
    this.outcome = Objects.requireNonNull(outcome, "outcome");
    this.detail = Objects.requireNonNull(detail, "detail");
    this.failure = failure;
  }

  /** Returns the tag as it was planned. */
  public PlannedTag tag() {
    return tag;
  }

  /** Returns how it ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns why, in words. */
  public String detail() {
    return detail;
  }

  /** Returns the exception that it ended with; empty if there was none, or it was in a run before this one. */
  public Optional<RegistryException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TagReport that
        && tag.equals(that.tag)
        && outcome == that.outcome
        && detail.equals(that.detail)
        && Objects.equals(failure, that.failure);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tag, outcome, detail, failure);
  }

  /** Returns outcome, name and why, for logs. */
  @Override
  public String toString() {
    return outcome + " " + tag.name() + ": " + detail;
  }
}
