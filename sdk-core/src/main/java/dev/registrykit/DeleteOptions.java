package dev.registrykit;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How careful a deletion is. Immutable: each method returns a copy with that change.
 *
 * <pre>{@code
 * registry.deleteTag(image, "1.2", DeleteOptions.defaults().ignoringMissing().onlyIfDigest(digest));
 * }</pre>
 *
 * <p>Start at {@link #defaults()}: {@code DeleteOptions.defaults().ignoringMissing()}.
 *
 * @since 0.1.0
 */
public final class DeleteOptions {

  private static final DeleteOptions DEFAULTS =
      new DeleteOptions(new Settings(false, false, null, Map.of(), Set.of()));

  private final Settings settings;

  private DeleteOptions(Settings settings) {
    this.settings = settings;
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
    return new DeleteOptions(new Settings(
        true,
        settings.ignoresMissing,
        settings.digest,
        settings.digests,
        settings.allowedSiblings));
  }

  /** Returns a copy for which a missing tag or image is {@link DeleteOutcome#ALREADY_ABSENT}. */
  public DeleteOptions ignoringMissing() {
    return new DeleteOptions(new Settings(
        settings.force, true, settings.digest, settings.digests, settings.allowedSiblings));
  }

  /**
   * Returns a copy that deletes a tag only if it points to this digest just before the deletion,
   * and throws {@link PreconditionFailedException} otherwise. The check and the deletion are two
   * requests: a push between them goes unnoticed, for no registry offers both in one. For one tag
   * only; refused for images, and for many tags, which have {@link #onlyIfDigests}. Of the two, the one
   * that was set last counts.
   *
   * @throws IllegalArgumentException if this is no digest
   */
  public DeleteOptions onlyIfDigest(String digest) {
    ImageRef.requireDigest(digest);
    return new DeleteOptions(new Settings(
        settings.force, settings.ignoresMissing, digest, Map.of(), settings.allowedSiblings));
  }

  /**
   * Returns a copy for {@link Registry#deleteTags} that deletes each tag only if it points to its digest here
   * just before, as {@link #onlyIfDigest} does for one. Without force, tags of the run take each other
   * along only if they have the same digest here, so that one which was moved to the digest of another stays. Refused for a run with a tag that has no digest here, and for one tag, an
   * image or a manifest. Digests of tags that are not in the run change nothing.
   *
   * @param digests the digest of each tag, by the tag's name; not empty
   * @throws IllegalArgumentException if it is empty, or holds what is no tag or no digest
   */
  public DeleteOptions onlyIfDigests(Map<String, String> digests) {
    Map<String, String> required = Map.copyOf(digests);
    if (required.isEmpty()) {
      throw new IllegalArgumentException("digests are required of no tag");
    }
    required.forEach((tag, digest) -> {
      ImageRef.requireTag(tag);
      ImageRef.requireDigest(digest);
    });
    return new DeleteOptions(new Settings(
        settings.force, settings.ignoresMissing, null, required, settings.allowedSiblings));
  }

  /**
   * Returns a copy that names tags which may go too if they share this tag's digest, in place of those
   * named before. The siblings are looked up right before the deletion: one that is not named here
   * is a {@link SharedDigestException} as ever, and nothing changes. {@link
   * DeleteResult#deletedWith()} names those that went. Where a tag can be deleted alone it is, and
   * they stay. For tags only; images go whole. In {@link Registry#deleteTags} it is for tags that are
   * not in the run.
   *
   * @throws IllegalArgumentException if one of them is no tag
   */
  public DeleteOptions allowingSiblings(Collection<String> tags) {
    Set<String> named = Set.copyOf(tags);
    named.forEach(ImageRef::requireTag);
    return new DeleteOptions(new Settings(
        settings.force, settings.ignoresMissing, settings.digest, settings.digests, named));
  }

  /** Returns whether tags of the same digest may go too. */
  public boolean isForced() {
    return settings.force;
  }

  /** Returns whether a missing tag or image is no error. */
  public boolean ignoresMissing() {
    return settings.ignoresMissing;
  }

  /** Returns the digest the one tag must point to, if set. */
  public Optional<String> requiredDigest() {
    return Optional.ofNullable(settings.digest);
  }

  /** Returns the digest that each tag of many must point to, by the tag's name; empty by default. */
  public Map<String, String> requiredDigests() {
    return settings.digests;
  }

  /** Returns the names of the tags that may go too if they share the digest; empty by default. */
  public Set<String> allowedSiblings() {
    return settings.allowedSiblings;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeleteOptions that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "DeleteOptions[force=%s, ignoresMissing=%s, digest=%s, digests=%s, allowedSiblings=%s]"
        .formatted(
            settings.force,
            settings.ignoresMissing,
            settings.digest,
            new TreeMap<>(settings.digests),
            new TreeSet<>(settings.allowedSiblings));
  }

  private record Settings(
      boolean force,
      boolean ignoresMissing,
      @Nullable String digest,
      Map<String, String> digests,
      Set<String> allowedSiblings) {}
}
