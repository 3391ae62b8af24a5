package dev.registrykit;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How to list images. Immutable: each {@code with…} returns a copy with that change.
 *
 * <p>An exact path together with a prefix is refused with an {@link IllegalArgumentException}.
 */
public final class ListImagesOptions {

  private static final ListImagesOptions DEFAULTS = new ListImagesOptions(null, null, null, null);

  private final @Nullable Integer pageSize;
  private final @Nullable ImageRef image;
  private final @Nullable String pathPrefix;
  private final @Nullable PageCursor cursor;

  private ListImagesOptions(
      @Nullable Integer pageSize,
      @Nullable ImageRef image,
      @Nullable String pathPrefix,
      @Nullable PageCursor cursor) {
    if (image != null && pathPrefix != null) {
      throw new IllegalArgumentException("an exact image and a path prefix contradict each other");
    }
    this.pageSize = pageSize;
    this.image = image;
    this.pathPrefix = pathPrefix;
    this.cursor = cursor;
  }

  /** Returns the defaults: every image, in the provider's order. */
  public static ListImagesOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy with this many images a page; the provider's own maximum is checked when the
   * listing is asked for. Default: the most the provider allows.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public ListImagesOptions withPageSize(int pageSize) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page holds at least 1 image, not " + pageSize);
    }
    return new ListImagesOptions(pageSize, image, pathPrefix, cursor);
  }

  /**
   * Returns a copy that lists the image of exactly this path alone.
   *
   * @throws IllegalArgumentException if there is a prefix already
   */
  public ListImagesOptions withImage(ImageRef image) {
    Objects.requireNonNull(image, "image");
    return new ListImagesOptions(pageSize, image, pathPrefix, cursor);
  }

  /**
   * Returns a copy that lists the images whose paths begin so, such as {@code my-namespace/}.
   *
   * @throws IllegalArgumentException if no path can begin so, or there is an exact image already
   */
  public ListImagesOptions withPathPrefix(String pathPrefix) {
    Objects.requireNonNull(pathPrefix, "pathPrefix");
    ImageRef.of(pathPrefix.endsWith("/") ? pathPrefix + "x" : pathPrefix);
    return new ListImagesOptions(pageSize, image, pathPrefix, cursor);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ListImagesOptions withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return new ListImagesOptions(pageSize, image, pathPrefix, cursor);
  }

  /** Returns the images a page, if set. */
  public OptionalInt pageSize() {
    return pageSize == null ? OptionalInt.empty() : OptionalInt.of(pageSize);
  }

  /** Returns the one image to list, if set. */
  public Optional<ImageRef> image() {
    return Optional.ofNullable(image);
  }

  /** Returns the beginning of the path, if set. */
  public Optional<String> pathPrefix() {
    return Optional.ofNullable(pathPrefix);
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(cursor);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListImagesOptions that
        && Objects.equals(pageSize, that.pageSize)
        && Objects.equals(image, that.image)
        && Objects.equals(pathPrefix, that.pathPrefix)
        && Objects.equals(cursor, that.cursor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pageSize, image, pathPrefix, cursor);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ListImagesOptions[pageSize=%s, image=%s, pathPrefix=%s, cursor=%s]"
        .formatted(pageSize, image, pathPrefix, cursor);
  }
}
