package dev.registrykit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to list tags. Immutable: each {@code with…} returns a copy with that change.
 *
 * <pre>{@code
 * ListTagsOptions newest = ListTagsOptions.defaults()
 *     .withOrder(TagOrder.CHANGED_DESC)
 *     .withNamePrefix("build-");
 * registry.listTags(image, newest).stream().limit(10).map(Tag::name).toList();
 * }</pre>
 *
 * <p>Settings that contradict each other are refused with an {@link IllegalArgumentException}, an
 * exact name together with a prefix at once, and a cursor of another listing when the listing is asked
 * for.
 *
 * @since 0.1.0
 */
public final class ListTagsOptions {

  private static final int DEFAULT_CONCURRENCY = 16;

  private static final int MAX_CONCURRENCY = 64;

  private static final int MAX_PAGES_AHEAD = 16;

  private static final ListTagsOptions DEFAULTS = new ListTagsOptions(new Settings());

  private final Settings settings;

  private ListTagsOptions(Settings settings) {
    if (settings.name != null && settings.namePrefix != null) {
      throw new IllegalArgumentException("an exact name and a name prefix contradict each other");
    }
    this.settings = settings;
  }

  /** Returns the defaults: every tag in the provider's order, with names and what comes free. */
  public static ListTagsOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with this order. */
  public ListTagsOptions withOrder(TagOrder order) {
    Objects.requireNonNull(order, "order");
    return with(changed -> changed.order = order);
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
    return with(changed -> changed.pageSize = pageSize);
  }

  /**
   * Returns a copy that lists the tag of exactly this name alone.
   *
   * @throws IllegalArgumentException if this is no tag, or there is a prefix already
   */
  public ListTagsOptions withName(String name) {
    ImageRef.requireTag(name);
    return with(changed -> changed.name = name);
  }

  /**
   * Returns a copy that lists the tags whose names begin so, upper and lower case told apart.
   *
   * @throws IllegalArgumentException if no tag can begin so, or there is an exact name already
   */
  public ListTagsOptions withNamePrefix(String namePrefix) {
    ImageRef.requireTag(namePrefix);
    return with(changed -> changed.namePrefix = namePrefix);
  }

  /** Returns a copy that asks for at least this much of each tag. */
  public ListTagsOptions withDetail(TagDetail detail) {
    Objects.requireNonNull(detail, "detail");
    return with(changed -> changed.detail = detail);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ListTagsOptions withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return with(changed -> changed.cursor = cursor);
  }

  /** Returns a copy without a cursor. */
  public ListTagsOptions fromTheBeginning() {
    return with(changed -> changed.cursor = null);
  }

  /**
   * Returns a copy that sends at most so many requests at a time where details of each tag must be
   * asked for one by one; elsewhere it changes nothing. Default: 16. A registry object begins with a quarter of
   * what its first call allows, at least 4. It takes one more with every answer while answers do not get slower,
   * and half as many when the registry asks to slow down (429, 503).
   *
   * @throws IllegalArgumentException if not from 1 to 64
   */
  public ListTagsOptions withConcurrency(int concurrency) {
    if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "concurrency is from 1 to " + MAX_CONCURRENCY + ", not " + concurrency);
    }
    return with(changed -> changed.concurrency = concurrency);
  }

  /**
   * Returns a copy by which up to so many pages are read ahead, on other threads, while the caller works on a page
   * that an iteration handed out ({@link PagedIterable#iterator()}, {@code stream()}, {@code pages()} and {@code
   * toList()}). Default: 0, which reads each page when it is asked for. The pages come in the same order.
   *
   * <p>Only a page says where the next one begins, so that they are read one after another; on Scaleway, where pages
   * have numbers and the registry counts its tags, they are requested at the same time, and one by one again as soon
   * as the count changes. An iteration that is left half-way has cost at most so many pages more than it handed out,
   * with the details of their tags. Each page has as long as it has otherwise. One that cannot be had fails where it would have been handed out, and
   * not earlier. {@link PagedIterable#firstPage()} and {@link Page#next()} read nothing ahead.
   *
   * <p>A list that the SDK orders is read whole before its first page is there, so this can only make the reading
   * of it faster, where the pages are requested at the same time; it costs the same.
   *
   * @throws IllegalArgumentException if not from 0 to 16
   */
  public ListTagsOptions withPagesAhead(int pages) {
    requirePagesAhead(pages);
    return with(changed -> changed.pagesAhead = pages);
  }

  static void requirePagesAhead(int pages) {
    if (pages < 0 || pages > MAX_PAGES_AHEAD) {
      throw new IllegalArgumentException(
          "from 0 to " + MAX_PAGES_AHEAD + " pages are read ahead, not " + pages);
    }
  }

  /**
   * Returns a copy by which this listener is told how far the listing is: after each page of the registry's list, and
   * with each tag whose details are there. So it hears of a list that the SDK orders before the first page of it is
   * there. Costs no requests.
   *
   * <p>It is called by whatever thread reads, by one at a time; the figures never shrink, and the last ones say that
   * all that was found is complete. It counts anew with each iteration. Reading waits while it works. What it throws
   * ends the listing and reaches the caller as it is. Two options are equal only if they have the same listener
   * object.
   */
  public ListTagsOptions withProgressListener(Consumer<? super ListingProgress> listener) {
    Objects.requireNonNull(listener, "listener");
    return with(changed -> changed.listener = new Listener(listener));
  }

  /**
   * Returns a copy that lists or leaves out the tags that stand for signatures, attestations and other
   * referrers: {@code sha256-…}, and those with cosign's endings. Listed by default. Deletions look at
   * them either way.
   */
  public ListTagsOptions withHousekeepingTags(boolean listed) {
    return with(changed -> changed.housekeepingTags = listed);
  }

  private ListTagsOptions with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new ListTagsOptions(changed);
  }

  /** Returns the order. */
  public TagOrder order() {
    return settings.order;
  }

  /** Returns the tags a page, if set. */
  public OptionalInt pageSize() {
    Integer pageSize = settings.pageSize;
    return pageSize == null ? OptionalInt.empty() : OptionalInt.of(pageSize);
  }

  /** Returns the exact name, if set. */
  public Optional<String> name() {
    return Optional.ofNullable(settings.name);
  }

  /** Returns the beginning of the name, if set. */
  public Optional<String> namePrefix() {
    return Optional.ofNullable(settings.namePrefix);
  }

  /** Returns how much of each tag is asked for. */
  public TagDetail detail() {
    return settings.detail;
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(settings.cursor);
  }

  /** Returns how many requests may be under way at a time. */
  public int concurrency() {
    return settings.concurrency;
  }

  /** Returns whether tags that stand for signatures and other referrers are listed. */
  public boolean housekeepingTags() {
    return settings.housekeepingTags;
  }

  /** Returns how many pages are read ahead at most. */
  public int pagesAhead() {
    return settings.pagesAhead;
  }

  /** Returns who is told how far the listing is, if set. */
  public Optional<Consumer<? super ListingProgress>> progressListener() {
    return Optional.ofNullable(settings.listener).map(Listener::listener);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListTagsOptions that && settings.all().equals(that.settings.all());
  }

  @Override
  public int hashCode() {
    return settings.all().hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ListTagsOptions[order=%s, pageSize=%s, name=%s, namePrefix=%s, detail=%s, cursor=%s, concurrency=%s, housekeepingTags=%s, pagesAhead=%s, progressListener=%s]"
        .formatted(settings.all().toArray());
  }

  /** All settings; changed only before they are given to options. */
  private static final class Settings {

    private TagOrder order = TagOrder.PROVIDER_DEFAULT;
    private @Nullable Integer pageSize;
    private @Nullable String name;
    private @Nullable String namePrefix;
    private TagDetail detail = TagDetail.NAMES;
    private @Nullable PageCursor cursor;
    private int concurrency = DEFAULT_CONCURRENCY;
    private boolean housekeepingTags = true;
    private int pagesAhead;
    private @Nullable Listener listener;

    private Settings() {}

    private Settings(Settings other) {
      this.order = other.order;
      this.pageSize = other.pageSize;
      this.name = other.name;
      this.namePrefix = other.namePrefix;
      this.detail = other.detail;
      this.cursor = other.cursor;
      this.concurrency = other.concurrency;
      this.housekeepingTags = other.housekeepingTags;
      this.pagesAhead = other.pagesAhead;
      this.listener = other.listener;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(
          order,
          pageSize,
          name,
          namePrefix,
          detail,
          cursor,
          concurrency,
          housekeepingTags,
          pagesAhead,
          listener);
    }
  }

  /** A listener that equals only itself, whatever it says of equality. */
  private record Listener(Consumer<? super ListingProgress> listener) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Listener that && listener == that.listener;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(listener);
    }

    @Override
    public String toString() {
      return "set";
    }
  }
}
