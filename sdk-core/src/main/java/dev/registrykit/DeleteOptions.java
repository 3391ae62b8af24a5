package dev.registrykit;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How careful a deletion is. Immutable: each method returns a copy with that change.
 *
 * <p>Start at {@link #defaults()}: {@code DeleteOptions.defaults().ignoringMissing()}.
 */
public final class DeleteOptions {

  private static final DeleteOptions DEFAULTS = new DeleteOptions(false, false, null, Set.of());

  private final boolean force;
  private final boolean ignoresMissing;
  private final @Nullable String digest;
  private final Set<String> allowedSiblings;

  private DeleteOptions(
      boolean force, boolean ignoresMissing, @Nullable String digest, Set<String> allowedSiblings) {
    this.force = force;
    this.ignoresMissing = ignoresMissing;
    this.digest = digest;
    this.allowedSiblings = allowedSiblings;
  }

  /**
   * Returns the careful way: the named tag goes and every other tag stays, or nothing changes and
   * an exception says why.
   */
  public static DeleteOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy that deletes <em>even though other tags share this tag's digest and may go with
   * it</em>; {@link DeleteResult#deletedWith()} names those that did. It means nothing else: it
   * never overrides "in use", a lock, immutability or a missing permission, and where tags have no
   * digests it changes nothing.
   */
  public DeleteOptions withForce() {
    return new DeleteOptions(true, ignoresMissing, digest, allowedSiblings);
  }

  /** Returns a copy for which a missing tag or image is {@link DeleteOutcome#ALREADY_ABSENT}. */
  public DeleteOptions ignoringMissing() {
    return new DeleteOptions(force, true, digest, allowedSiblings);
  }

  /**
   * Returns a copy that deletes a tag only if it points to this digest just before the deletion,
   * and throws {@link PreconditionFailedException} otherwise. The check and the deletion are two
   * requests: a push between them goes unnoticed, for no registry offers both in one. For tags
   * only; refused for images.
   *
   * @throws IllegalArgumentException if this is no digest
   */
  public DeleteOptions onlyIfDigest(String digest) {
    return new DeleteOptions(
        force, ignoresMissing, ImageRef.requireDigest(digest), allowedSiblings);
  }

  /**
   * Returns a copy that names tags which may go too if they share this tag's digest, in place of those
   * named before. The siblings are looked up right before the deletion: one that is not named here
   * is a {@link SharedDigestException} as ever, and nothing changes. {@link
   * DeleteResult#deletedWith()} names those that went. Where a tag can be deleted alone it is, and
   * they stay. For tags only; images go whole.
   *
   * @throws IllegalArgumentException if one of them is no tag
   */
  public DeleteOptions allowingSiblings(Collection<String> tags) {
    Set<String> named = Set.copyOf(tags);
    named.forEach(ImageRef::requireTag);
    return new DeleteOptions(force, ignoresMissing, digest, named);
  }

  /** Returns whether tags of the same digest may go too. */
  public boolean isForced() {
    return force;
  }

  /** Returns whether a missing tag or image is no error. */
  public boolean ignoresMissing() {
    return ignoresMissing;
  }

  /** Returns the digest the tag must point to, if set. */
  public Optional<String> requiredDigest() {
    return Optional.ofNullable(digest);
  }

  /** Returns the names of the tags that may go too if they share the digest; empty by default. */
  public Set<String> allowedSiblings() {
    return allowedSiblings;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeleteOptions that
        && force == that.force
        && ignoresMissing == that.ignoresMissing
        && Objects.equals(digest, that.digest)
        && allowedSiblings.equals(that.allowedSiblings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(force, ignoresMissing, digest, allowedSiblings);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "DeleteOptions[force=%s, ignoresMissing=%s, digest=%s, allowedSiblings=%s]"
        .formatted(force, ignoresMissing, digest, new TreeSet<>(allowedSiblings));
  }
}
