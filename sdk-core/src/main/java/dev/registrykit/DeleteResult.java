package dev.registrykit;

import dev.registrykit.internal.Printable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a deletion did. Immutable.
 *
 * @since 0.1.0
 */
public final class DeleteResult {

  private final Parts parts;

  private DeleteResult(Parts parts) {
    this.parts = parts;
  }

  /** Makes a result that took no other tag with it, for tests and provider modules. */
  public static DeleteResult of(DeleteOutcome outcome, @Nullable String digest) {
    Objects.requireNonNull(outcome, "outcome");
    return new DeleteResult(new Parts(outcome, digest, List.of()));
  }

  /** Returns a copy that says these tags went too. */
  public DeleteResult withDeleted(List<String> otherTags) {
    return new DeleteResult(new Parts(parts.outcome, parts.digest, List.copyOf(otherTags)));
  }

  /** Returns how it ended. */
  public DeleteOutcome outcome() {
    return parts.outcome;
  }

  /** Returns the digest the deleted tag pointed to, where known. */
  public Optional<String> digest() {
    return Optional.ofNullable(parts.digest);
  }

  /**
   * Returns the names of the other tags that went with the one named, as seen right after the
   * deletion; empty after one that was not forced, unless {@link DeleteOptions#allowingSiblings} named some, or
   * the tag was moved by another in the very moment.
   */
  public List<String> deletedWith() {
    return parts.deletedWith;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeleteResult that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns all parts, for logs. */
  @Override
  public String toString() {
    return Printable.of(parts.outcome
        + (parts.digest == null ? "" : " " + parts.digest)
        + (parts.deletedWith.isEmpty() ? "" : " with " + parts.deletedWith));
  }

  /** All parts, by which results are equal. */
  private record Parts(DeleteOutcome outcome, @Nullable String digest, List<String> deletedWith) {}
}
