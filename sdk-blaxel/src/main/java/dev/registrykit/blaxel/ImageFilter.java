package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.blaxel.internal.Checks;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which images to find, by the server's own filter and orders. Immutable: each method returns a copy. */
public final class ImageFilter {

  private static final ImageFilter DEFAULTS = new ImageFilter(100, ImageOrder.NAME_ASC, null, null);

  private final int pageSize;
  private final ImageOrder order;
  private final @Nullable String namePrefix;
  private final @Nullable PageCursor cursor;

  private ImageFilter(
      int pageSize, ImageOrder order, @Nullable String namePrefix, @Nullable PageCursor cursor) {
    if (namePrefix != null && order != ImageOrder.NAME_ASC && order != ImageOrder.NAME_DESC) {
      throw new IllegalArgumentException(
          "with a prefix the service orders by name, not by " + order);
    }
    this.pageSize = pageSize;
    this.order = order;
    this.namePrefix = namePrefix;
    this.cursor = cursor;
  }

  /** Returns the defaults: every image by name, 100 a page. */
  public static ImageFilter defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy with this many images a page.
   *
   * @throws IllegalArgumentException if not from 1 to 100
   */
  public ImageFilter withPageSize(int pageSize) {
    Checks.pageSize(pageSize);
    return new ImageFilter(pageSize, order, namePrefix, cursor);
  }

  /**
   * Returns a copy in this order.
   *
   * @throws IllegalArgumentException if it is by date and there is a prefix
   */
  public ImageFilter withOrder(ImageOrder order) {
    Objects.requireNonNull(order, "order");
    return new ImageFilter(pageSize, order, namePrefix, cursor);
  }

  /**
   * Returns a copy for images whose names, without their resource type, begin so; upper and lower
   * case are told apart.
   *
   * @throws IllegalArgumentException if no name can begin so, or the order is by date
   */
  public ImageFilter withNamePrefix(String namePrefix) {
    Objects.requireNonNull(namePrefix, "namePrefix");
    if (namePrefix.indexOf('/') >= 0) {
      throw new IllegalArgumentException("the name of an image has no slash");
    }
    ImageRef.of(namePrefix);
    return new ImageFilter(pageSize, order, namePrefix, cursor);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ImageFilter withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return new ImageFilter(pageSize, order, namePrefix, cursor);
  }

  /** Returns the images a page. */
  public int pageSize() {
    return pageSize;
  }

  /** Returns the order. */
  public ImageOrder order() {
    return order;
  }

  /** Returns the beginning of the name, if set. */
  public Optional<String> namePrefix() {
    return Optional.ofNullable(namePrefix);
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(cursor);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageFilter that
        && pageSize == that.pageSize
        && order == that.order
        && Objects.equals(namePrefix, that.namePrefix)
        && Objects.equals(cursor, that.cursor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pageSize, order, namePrefix, cursor);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ImageFilter[pageSize=%s, order=%s, namePrefix=%s, cursor=%s]"
        .formatted(pageSize, order, namePrefix, cursor);
  }
}
