package dev.registrykit.blaxel;

import dev.registrykit.DeleteResult;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the deletion of a tag did, and the image the service answered with. Immutable. */
public final class DeletedTag {

  private final DeleteResult result;
  private final @Nullable BlaxelImage image;

  private DeletedTag(DeleteResult result, @Nullable BlaxelImage image) {
    this.result = Objects.requireNonNull(result, "result");
    this.image = image;
  }

  /** Makes one, for tests; {@code null} for an answer without an image. */
  public static DeletedTag of(DeleteResult result, @Nullable BlaxelImage image) {
    return new DeletedTag(result, image);
  }

  /** Returns what the deletion did. */
  public DeleteResult result() {
    return result;
  }

  /**
   * Returns the image as the service describes it in its answer, with what is left of it; empty where
   * the answer was empty, or nothing had to be deleted.
   */
  public Optional<BlaxelImage> image() {
    return Optional.ofNullable(image);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeletedTag that
        && result.equals(that.result)
        && Objects.equals(image, that.image);
  }

  @Override
  public int hashCode() {
    return Objects.hash(result, image);
  }

  /** Returns both parts, for logs. */
  @Override
  public String toString() {
    return "DeletedTag[result=%s, image=%s]".formatted(result, image);
  }
}
