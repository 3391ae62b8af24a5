package dev.registrykit.testkit;

import dev.registrykit.ImageRef;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tag that is added to an emulator points to, and when it says that it was created and changed.
 * Immutable: {@link #withDates} returns a copy.
 *
 * @since 0.1.0
 */
public final class TagContent {

  /** The two instants; null for a tag that says none. */
  record Dates(@Nullable Instant createdAt, @Nullable Instant updatedAt) {}

  private record Parts(
      String text, @Nullable String digest, @Nullable Dates dates) {}

  private final Parts parts;

  private TagContent(Parts parts) {
    this.parts = parts;
  }

  /**
   * Content that is made from a text: tags of the same text and dates share a digest, where there are
   * digests.
   *
   * @param text anything
   * @return content that is dated by the emulator's own clock
   */
  public static TagContent of(String text) {
    return new TagContent(new Parts(Objects.requireNonNull(text, "text"), null, null));
  }

  /**
   * Content of this digest. An OCI registry must have the manifest already, in the same image; where
   * tags have no digests, it is any other content.
   *
   * @param digest {@code sha256:} and 64 lower-case hex digits
   * @return content that is dated by the emulator's own clock
   * @throws IllegalArgumentException if it is no digest
   */
  public static TagContent ofDigest(String digest) {
    return new TagContent(new Parts(digest, ImageRef.requireDigest(digest), null));
  }

  /**
   * The same content with dates of its own.
   *
   * @param createdAt the creation; null for none, but on Scaleway, where every tag has one
   * @param updatedAt the last change; null for none, but on Scaleway; not looked at on OCI registries,
   *     which have none
   * @return a copy
   */
  public TagContent withDates(@Nullable Instant createdAt, @Nullable Instant updatedAt) {
    return new TagContent(new Parts(parts.text, parts.digest, new Dates(createdAt, updatedAt)));
  }

  String text() {
    return parts.text;
  }

  Optional<String> digest() {
    return Optional.ofNullable(parts.digest);
  }

  /** Empty for the emulator's own. */
  Optional<Dates> dates() {
    return Optional.ofNullable(parts.dates);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TagContent that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** All parts, for messages of tests. */
  @Override
  public String toString() {
    return "TagContent" + parts.toString().substring("Parts".length());
  }
}
