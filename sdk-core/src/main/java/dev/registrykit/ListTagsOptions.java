package dev.registrykit;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How to list tags. Immutable: each {@code with…} returns a copy with that change.
 *
 * <p>Settings that contradict each other are refused with an {@link IllegalArgumentException}, an
 * exact name together with a prefix at once, and a cursor of another listing when the listing is asked
 * for.
 */
public final class ListTagsOptions {

  private static final int MAX_CONCURRENCY = 64;

  private static final ListTagsOptions DEFAULTS =
      new ListTagsOptions(TagOrder.PROVIDER_DEFAULT, null, null, null, TagDetail.NAMES, null, 8);

  private final TagOrder order;
  private final @Nullable Integer pageSize;
  private final @Nullable String name;
  private final @Nullable String namePrefix;
  private final TagDetail detail;
  private final @Nullable PageCursor cursor;
  private final int concurrency;

  private ListTagsOptions(
      TagOrder order,
      @Nullable Integer pageSize,
      @Nullable String name,
      @Nullable String namePrefix,
      TagDetail detail,
      @Nullable PageCursor cursor,
      int concurrency) {
    if (name != null && namePrefix != null) {
      throw new IllegalArgumentException("an exact name and a name prefix contradict each other");
    }
    this.order = order;
    this.pageSize = pageSize;
    this.name = name;
    this.namePrefix = namePrefix;
    this.detail = detail;
    this.cursor = cursor;
    this.concurrency = concurrency;
  }

  /** Returns the defaults: every tag in the provider's order, with names and what comes free. */
  public static ListTagsOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with this order. */
  public ListTagsOptions withOrder(TagOrder order) {
    Objects.requireNonNull(order, "order");
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /**
   * Returns a copy with this many tags a page; the provider's own maximum is checked when the
   * listing is asked for. Default: the most the provider allows.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public ListTagsOptions withPageSize(int pageSize) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page holds at least 1 tag, not " + pageSize);
    }
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /**
   * Returns a copy that lists the tag of exactly this name alone.
   *
   * @throws IllegalArgumentException if this is no tag, or there is a prefix already
   */
  public ListTagsOptions withName(String name) {
    ImageRef.requireTag(name);
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /**
   * Returns a copy that lists the tags whose names begin so, upper and lower case told apart.
   *
   * @throws IllegalArgumentException if no tag can begin so, or there is an exact name already
   */
  public ListTagsOptions withNamePrefix(String namePrefix) {
    ImageRef.requireTag(namePrefix);
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /** Returns a copy that asks for at least this much of each tag. */
  public ListTagsOptions withDetail(TagDetail detail) {
    Objects.requireNonNull(detail, "detail");
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ListTagsOptions withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /** Returns a copy without a cursor. */
  public ListTagsOptions fromTheBeginning() {
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, null, concurrency);
  }

  /**
   * Returns a copy that sends at most so many requests at a time where details of each tag must be
   * asked for one by one; elsewhere it changes nothing.
   *
   * @throws IllegalArgumentException if not from 1 to 64
   */
  public ListTagsOptions withConcurrency(int concurrency) {
    if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "concurrency is from 1 to " + MAX_CONCURRENCY + ", not " + concurrency);
    }
    return new ListTagsOptions(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /** Returns the order. */
  public TagOrder order() {
    return order;
  }

  /** Returns the tags a page, if set. */
  public OptionalInt pageSize() {
    return pageSize == null ? OptionalInt.empty() : OptionalInt.of(pageSize);
  }

  /** Returns the exact name, if set. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Returns the beginning of the name, if set. */
  public Optional<String> namePrefix() {
    return Optional.ofNullable(namePrefix);
  }

  /** Returns how much of each tag is asked for. */
  public TagDetail detail() {
    return detail;
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(cursor);
  }

  /** Returns how many requests may be under way at a time. */
  public int concurrency() {
    return concurrency;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListTagsOptions that
        && order == that.order
        && Objects.equals(pageSize, that.pageSize)
        && Objects.equals(name, that.name)
        && Objects.equals(namePrefix, that.namePrefix)
        && detail == that.detail
        && Objects.equals(cursor, that.cursor)
        && concurrency == that.concurrency;
  }

  @Override
  public int hashCode() {
    return Objects.hash(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ListTagsOptions[order=%s, pageSize=%s, name=%s, namePrefix=%s, detail=%s, cursor=%s, concurrency=%s]"
        .formatted(order, pageSize, name, namePrefix, detail, cursor, concurrency);
  }
}
