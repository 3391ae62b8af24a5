package dev.registrykit.blaxel;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the purge of a workspace did. Immutable. */
public final class PurgeResult {

  private final @Nullable Long deletedImages;
  private final @Nullable String message;

  private PurgeResult(@Nullable Long deletedImages, @Nullable String message) {
    this.deletedImages = deletedImages;
    this.message = message;
  }

  /** Makes one, for tests; {@code null} for what is unknown. */
  public static PurgeResult of(@Nullable Long deletedImages, @Nullable String message) {
    return new PurgeResult(deletedImages, message);
  }

  /** Returns how many images went. */
  public OptionalLong deletedImages() {
    return deletedImages == null ? OptionalLong.empty() : OptionalLong.of(deletedImages);
  }

  /** Returns what the service adds. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PurgeResult that
        && Objects.equals(deletedImages, that.deletedImages)
        && Objects.equals(message, that.message);
  }

  @Override
  public int hashCode() {
    return Objects.hash(deletedImages, message);
  }

  /** Returns all parts, for logs. */
  @Override
  public String toString() {
    return "PurgeResult[deletedImages=%s, message=%s]".formatted(deletedImages, message);
  }
}
