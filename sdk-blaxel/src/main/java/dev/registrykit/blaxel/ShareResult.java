package dev.registrykit.blaxel;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of sharing an image: it is shared, or waits for the other account. Immutable.
 */
public final class ShareResult {

  private final @Nullable BlaxelImage image;
  private final @Nullable PendingShare pendingShare;

  private ShareResult(@Nullable BlaxelImage image, @Nullable PendingShare pendingShare) {
    this.image = image;
    this.pendingShare = pendingShare;
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
    return pendingShare != null;
  }

  /** Returns the image, if it is shared. */
  public Optional<BlaxelImage> image() {
    return Optional.ofNullable(image);
  }

  /** Returns what waits to be accepted, if it does. */
  public Optional<PendingShare> pendingShare() {
    return Optional.ofNullable(pendingShare);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShareResult that
        && Objects.equals(image, that.image)
        && Objects.equals(pendingShare, that.pendingShare);
  }

  @Override
  public int hashCode() {
    return Objects.hash(image, pendingShare);
  }

  /** Returns what became of it, for logs. */
  @Override
  public String toString() {
    return isPending() ? "pending " + pendingShare : "shared " + image;
  }
}
