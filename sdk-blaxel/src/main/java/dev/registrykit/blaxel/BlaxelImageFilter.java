package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.blaxel.internal.wire.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which images to list, by the server's own filter and orders. Immutable: each {@code with…} returns a
 * copy with that change.
 *
 * @since 0.1.0
 */
public final class BlaxelImageFilter {

  private static final int DEFAULT_PAGE_SIZE = 100;

  private static final BlaxelImageFilter DEFAULTS = new BlaxelImageFilter(new Settings());

  private final Settings settings;

  private BlaxelImageFilter(Settings settings) {
    boolean isByName =
        settings.order == BlaxelImageOrder.NAME_ASC || settings.order == BlaxelImageOrder.NAME_DESC;
    if (settings.namePrefix != null && !isByName) {
      throw new IllegalArgumentException(
          "with a prefix the service orders by name, not by " + settings.order);
    }
    this.settings = settings;
  }

  /** Returns the defaults: every image by name, 100 a page. */
  public static BlaxelImageFilter defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy with this many images a page.
   *
   * @throws IllegalArgumentException if not from 1 to 100
   */
  public BlaxelImageFilter withPageSize(int pageSize) {
    Checks.pageSize(pageSize);
    return with(changed -> changed.pageSize = pageSize);
  }

  /**
   * Returns a copy in this order.
   *
   * @throws IllegalArgumentException if it is by date and there is a prefix
   */
  public BlaxelImageFilter withOrder(BlaxelImageOrder order) {
    Objects.requireNonNull(order, "order");
    return with(changed -> changed.order = order);
  }

  /**
   * Returns a copy for images whose names, without their resource type, begin so; upper and lower
   * case are told apart.
   *
   * @throws IllegalArgumentException if no name can begin so, or the order is by date
   */
  public BlaxelImageFilter withNamePrefix(String namePrefix) {
    Objects.requireNonNull(namePrefix, "namePrefix");
    if (namePrefix.indexOf('/') >= 0) {
      throw new IllegalArgumentException("the name of an image has no slash");
    }
    ImageRef.of(namePrefix);
    return with(changed -> changed.namePrefix = namePrefix);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public BlaxelImageFilter withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return with(changed -> changed.cursor = cursor);
  }

  private BlaxelImageFilter with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new BlaxelImageFilter(changed);
  }

  /** Returns the images a page. */
  public int pageSize() {
    return settings.pageSize;
  }

  /** Returns the order. */
  public BlaxelImageOrder order() {
    return settings.order;
  }

  /** Returns the beginning of the name, if set. */
  public Optional<String> namePrefix() {
    return Optional.ofNullable(settings.namePrefix);
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(settings.cursor);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlaxelImageFilter that && settings.all().equals(that.settings.all());
  }

  @Override
  public int hashCode() {
    return settings.all().hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "BlaxelImageFilter[pageSize=%s, order=%s, namePrefix=%s, cursor=%s]"
        .formatted(settings.all().toArray());
  }

  /** All settings; changed only before they are given to a filter. */
  private static final class Settings {

    private int pageSize = DEFAULT_PAGE_SIZE;
    private BlaxelImageOrder order = BlaxelImageOrder.NAME_ASC;
    private @Nullable String namePrefix;
    private @Nullable PageCursor cursor;

    private Settings() {}

    private Settings(Settings other) {
      this.pageSize = other.pageSize;
      this.order = other.order;
      this.namePrefix = other.namePrefix;
      this.cursor = other.cursor;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(pageSize, order, namePrefix, cursor);
    }
  }
}
