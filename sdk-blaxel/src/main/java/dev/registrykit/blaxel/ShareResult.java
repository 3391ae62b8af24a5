package dev.registrykit.blaxel;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of sharing an image: it is shared, or waits for the other account. Immutable.
 *
 * @since 0.1.0
 */
public final class ShareResult {

  private final Parts parts;

  private ShareResult(@Nullable BlaxelImage image, @Nullable PendingShare pendingShare) {
    this.parts = new Parts(image, pendingShare);
  }

  /** Makes the result of a share that took effect at once (HTTP 200). */
  public static ShareResult shared(BlaxelImage image) {
    return new ShareResult(Objects.requireNonNull(image, "image"), null);
  }

  /** Makes the result of a share that has to be accepted (HTTP 202). */
  public static ShareResult pending(PendingShare pendingShare) {
    return new ShareResult(null, Objects.requireNonNull(pendingShare, "pendingShare"));
  }

  /** Returns whether the other account has to accept before it takes effect. */
  public boolean isPending() {
    return parts.pendingShare != null;
  }

  /** Returns the image, if it is shared. */
  public Optional<BlaxelImage> image() {
    return Optional.ofNullable(parts.image);
  }

  /** Returns what waits to be accepted, if it does. */
  public Optional<PendingShare> pendingShare() {
    return Optional.ofNullable(parts.pendingShare);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShareResult that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns what became of it, for logs. */
  @Override
  public String toString() {
    return isPending() ? "pending " + parts.pendingShare : "shared " + parts.image;
  }

  /** All parts, by which results are equal. */
  private record Parts(
      @Nullable BlaxelImage image, @Nullable PendingShare pendingShare) {}
}
