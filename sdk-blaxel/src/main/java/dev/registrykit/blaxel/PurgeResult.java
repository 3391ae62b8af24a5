package dev.registrykit.blaxel;

import dev.registrykit.spi.support.PrintableText;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the purge of a workspace did. Immutable.
 *
 * @since 0.1.0
 */
public final class PurgeResult {

  private final Parts parts;

  private PurgeResult(@Nullable Long deletedImages, @Nullable String message) {
    this.parts = new Parts(deletedImages, message);
  }

  /** Makes one, for tests; {@code null} for what is unknown. */
  public static PurgeResult of(@Nullable Long deletedImages, @Nullable String message) {
    return new PurgeResult(deletedImages, message);
  }

  /** Returns how many images went. */
  public OptionalLong deletedImages() {
    Long deletedImages = parts.deletedImages;
    return deletedImages == null ? OptionalLong.empty() : OptionalLong.of(deletedImages);
  }

  /** Returns what the service adds. */
  public Optional<String> message() {
    return Optional.ofNullable(parts.message);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PurgeResult that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns all parts, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(
        "PurgeResult[deletedImages=%s, message=%s]".formatted(parts.deletedImages, parts.message));
  }

  /** All parts, by which results are equal. */
  private record Parts(
      @Nullable Long deletedImages, @Nullable String message) {}
}
