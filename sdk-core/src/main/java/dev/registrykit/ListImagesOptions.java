package dev.registrykit;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How to list images. Immutable: each {@code with…} returns a copy with that change.
 *
 * <p>An exact path together with a prefix is refused with an {@link IllegalArgumentException}.
 *
 * @since 0.1.0
 */
public final class ListImagesOptions {

  private static final ListImagesOptions DEFAULTS =
      new ListImagesOptions(new Settings(null, null, null, null, 0));

  private final Settings settings;

  private ListImagesOptions(Settings settings) {
    if (settings.image != null && settings.pathPrefix != null) {
      throw new IllegalArgumentException("an exact image and a path prefix contradict each other");
    }
    this.settings = settings;
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
    return new ListImagesOptions(new Settings(
        pageSize, settings.image, settings.pathPrefix, settings.cursor, settings.pagesAhead));
  }

  /**
   * Returns a copy that lists the image of exactly this path alone.
   *
   * @throws IllegalArgumentException if there is a prefix already
   */
  public ListImagesOptions withImage(ImageRef image) {
    Objects.requireNonNull(image, "image");
    return new ListImagesOptions(new Settings(
        settings.pageSize, image, settings.pathPrefix, settings.cursor, settings.pagesAhead));
  }

  /**
   * Returns a copy that lists the images whose paths begin so, such as {@code my-namespace/}.
   *
   * @throws IllegalArgumentException if no path can begin so, or there is an exact image already
   */
  public ListImagesOptions withPathPrefix(String pathPrefix) {
    Objects.requireNonNull(pathPrefix, "pathPrefix");
    ImageRef.of(pathPrefix.endsWith("/") ? pathPrefix + "x" : pathPrefix);
    return new ListImagesOptions(new Settings(
        settings.pageSize, settings.image, pathPrefix, settings.cursor, settings.pagesAhead));
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ListImagesOptions withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return new ListImagesOptions(new Settings(
        settings.pageSize, settings.image, settings.pathPrefix, cursor, settings.pagesAhead));
  }

  /**
   * Returns a copy by which up to so many pages are read ahead, on other threads, while the caller works on a page
   * that an iteration handed out; {@link ListTagsOptions#withPagesAhead} says how. Default: 0. An iteration that is
   * left half-way has cost at most so many pages more than it handed out.
   *
   * @throws IllegalArgumentException if not from 0 to 16
   */
  public ListImagesOptions withPagesAhead(int pages) {
    ListTagsOptions.requirePagesAhead(pages);
    return new ListImagesOptions(new Settings(
        settings.pageSize, settings.image, settings.pathPrefix, settings.cursor, pages));
  }

  /** Returns the images a page, if set. */
  public OptionalInt pageSize() {
    Integer pageSize = settings.pageSize;
    return pageSize == null ? OptionalInt.empty() : OptionalInt.of(pageSize);
  }

  /** Returns the one image to list, if set. */
  public Optional<ImageRef> image() {
    return Optional.ofNullable(settings.image);
  }

  /** Returns the beginning of the path, if set. */
  public Optional<String> pathPrefix() {
    return Optional.ofNullable(settings.pathPrefix);
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(settings.cursor);
  }

  /** Returns how many pages are read ahead at most. */
  public int pagesAhead() {
    return settings.pagesAhead;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListImagesOptions that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ListImagesOptions[pageSize=%s, image=%s, pathPrefix=%s, cursor=%s, pagesAhead=%s]"
        .formatted(
            settings.pageSize,
            settings.image,
            settings.pathPrefix,
            settings.cursor,
            settings.pagesAhead);
  }

  private record Settings(
      @Nullable Integer pageSize,
      @Nullable ImageRef image,
      @Nullable String pathPrefix,
      @Nullable PageCursor cursor,
      int pagesAhead) {}
}
