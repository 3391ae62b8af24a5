package dev.registrykit.retention;

import dev.registrykit.DeleteOptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RetentionPlan} says of one tag. Immutable; two are equal if all their parts are.
 *
 * @since 0.1.0
 */
public final class PlannedTag {

  /**
   * What becomes of a tag. The set may grow.
   *
   * @since 0.1.0
   */
  public enum Action {
    /** It stays. */
    KEEP,
    /** It is to be deleted. */
    DELETE,
    /** It is being deleted already, and nothing is to be done. */
    BEING_DELETED
  }

  /** All parts, by which they are equal. */
  record Parts(
      String name,
      Action action,
      List<String> reasons,
      boolean governed,
      @Nullable String digest,
      @Nullable Instant date,
      @Nullable Long sizeBytes,
      List<String> keptSiblings,
      List<String> deletedSiblings,
      List<String> subjects) {

    Parts {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(action, "action");
      reasons = List.copyOf(reasons);
      keptSiblings = List.copyOf(keptSiblings);
      deletedSiblings = List.copyOf(deletedSiblings);
      subjects = List.copyOf(subjects);
    }
  }

  private final Parts parts;

  PlannedTag(Parts parts) {
    this.parts = parts;
  }

  Parts parts() {
    return parts;
  }

  /** Returns the tag's name. */
  public String name() {
    return parts.name;
  }

  /** Returns what becomes of it. */
  public Action action() {
    return parts.action;
  }

  /** Returns whether it is to be deleted. */
  public boolean isDeleted() {
    return parts.action == Action.DELETE;
  }

  /** Returns what decided, in words; of a tag that stays, everything that keeps it. Never empty. */
  public List<String> reasons() {
    return parts.reasons;
  }

  /** Returns whether the policy is about it. */
  public boolean isGoverned() {
    return parts.governed;
  }

  /** Returns the digest that it was planned with, where tags have digests. */
  public Optional<String> digest() {
    return Optional.ofNullable(parts.digest);
  }

  /** Returns the date that counted, trusted or not. */
  public Optional<Instant> date() {
    return Optional.ofNullable(parts.date);
  }

  /** Returns the size in bytes, by the provider's way of counting, where known. */
  public OptionalLong sizeBytes() {
    Long sizeBytes = parts.sizeBytes;
    return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
  }

  /** Returns the other tags of this digest that stay, by name. */
  public List<String> keptSiblings() {
    return parts.keptSiblings;
  }

  /** Returns the other tags of this digest that are to be deleted too, by name. */
  public List<String> deletedSiblings() {
    return parts.deletedSiblings;
  }

  /**
   * Returns the tags that a signature, an attestation or an SBOM is about, by name; empty for other tags. It
   * may go only after all of these went.
   */
  public List<String> subjects() {
    return parts.subjects;
  }

  /**
   * Returns the options to delete it with: only if it has the digest it was planned with, without force, and
   * along with the {@linkplain #deletedSiblings() siblings} that go too where it cannot go alone. A tag that
   * is gone already is no error, since it may have gone with such a sibling.
   *
   * @throws IllegalStateException if it is not to be deleted
   */
  public DeleteOptions deleteOptions() {
    if (!isDeleted()) {
      throw new IllegalStateException("not planned for deletion: " + parts.name);
    }
    DeleteOptions options =
        DeleteOptions.defaults().ignoringMissing().allowingSiblings(parts.deletedSiblings);
    return digest().map(options::onlyIfDigest).orElse(options);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlannedTag that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns action, name and reasons, for logs. */
  @Override
  public String toString() {
    return parts.action + " " + parts.name + ": " + String.join("; ", parts.reasons);
  }
}
