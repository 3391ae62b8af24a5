package dev.registrykit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a deletion did. Immutable. */
public final class DeleteResult {

  private final DeleteOutcome outcome;
  private final @Nullable String digest;
  private final List<String> deletedWith;

  private DeleteResult(DeleteOutcome outcome, @Nullable String digest, List<String> deletedWith) {
    this.outcome = Objects.requireNonNull(outcome, "outcome");
    this.digest = digest;
    this.deletedWith = List.copyOf(deletedWith);
  }

  /** Makes a result that took no other tag with it, for tests and provider modules. */
  public static DeleteResult of(DeleteOutcome outcome, @Nullable String digest) {
    return new DeleteResult(outcome, digest, List.of());
  }

  /** Returns a copy that says these tags went too. */
  public DeleteResult withDeleted(List<String> otherTags) {
    return new DeleteResult(outcome, digest, otherTags);
  }

  /** Returns how it ended. */
  public DeleteOutcome outcome() {
    return outcome;
  }

  /** Returns the digest the deleted tag pointed to, where known. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /**
   * Returns the names of the other tags that went with the one named, as seen right after the
   * deletion; empty after a strict one, unless {@link DeleteOptions#allowingSiblings} named some, or
   * the tag was moved by another in the very moment.
   */
  public List<String> deletedWith() {
    return deletedWith;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeleteResult that
        && outcome == that.outcome
        && Objects.equals(digest, that.digest)
        && deletedWith.equals(that.deletedWith);
  }

  @Override
  public int hashCode() {
    return Objects.hash(outcome, digest, deletedWith);
  }

  /** Returns all parts, for logs. */
  @Override
  public String toString() {
    return outcome
        + (digest == null ? "" : " " + digest)
        + (deletedWith.isEmpty() ? "" : " with " + deletedWith);
  }
}
