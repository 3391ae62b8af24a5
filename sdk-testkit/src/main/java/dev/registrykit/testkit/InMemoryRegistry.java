package dev.registrykit.testkit;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.RegistryException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.TagFilter;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry that lives in memory, for tests of code that uses RegistryKit and wants no HTTP at all.
 *
 * <pre>{@code
 * InMemoryRegistry registry = InMemoryRegistry.create();
 * ImageRef app = ImageRef.of("my-namespace/app");
 * registry.addTag(app, "1.2", "sha256:…");
 * new Pruner(registry).prune(app);
 * assertEquals(List.of(), registry.tagNames(app));
 * }</pre>
 *
 * <p>It keeps the contract of {@link dev.registrykit.Registry} that all providers keep, and where they
 * differ it does what the strictest does, so that a program that passes its tests here is not
 * surprised elsewhere:
 *
 * <ul>
 *   <li>{@code listTags} brings names, and the rest only {@linkplain ListTagsOptions#withDetail as
 *       asked for}; filters are left to the SDK, so that pages may be empty before the last. {@link
 *       Builder#withFullListings()} changes both.
 *   <li>Pages are cut from the list by their offset when they are asked for: deleting while paging
 *       shifts them, and tags are skipped. Page sizes over the maximum are refused.
 *   <li>A {@linkplain dev.registrykit.Page#nextCursor() cursor} goes with its own listing alone, of
 *       the same image, order, filters and page size on the same registry object. Any other, or one
 *       that was made up, is an {@link IllegalArgumentException} before anything is asked. Where
 *       the SDK orders, because a {@code SERVER_ORDER_…} was {@linkplain Builder#without taken away},
 *       there are cursors too, by the SDK's own rules.
 *   <li>Strictly deleting a tag that shares its digest is a {@link
 *       dev.registrykit.SharedDigestException}, unless {@link
 *       DeleteOptions#allowingSiblings(java.util.Collection)} names all who share it: then they go
 *       together, as they do with force.
 *   <li>What is {@linkplain #markInUse in use} is deleted neither way.
 *   <li>Tags are as they were {@linkplain #addTag(Tag) added}: without a digest or a date, if so, and
 *       in every state. Those without a date come last in both directions. With {@link
 *       Builder#deletionReads} deleted ones stay to be seen for a while. Waiting until they are gone
 *       takes no time: the intervals of {@link dev.registrykit.WaitOptions} pass at once.
 * </ul>
 *
 * <p>By default it has every {@link Feature}. The {@linkplain #builder() builder} makes it poorer, to
 * see how a program copes with that.
 *
 * <p>Its exceptions have the status code 0, since there is no HTTP. What prepares it and looks into
 * it, {@code add…}, {@code failNext}, {@code markInUse}, {@code callCount} and {@code tagNames}, works after {@link
 * #close()} too. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryRegistry extends AbstractRegistry {

  private final Set<Feature> features;
  private final boolean fullListings;
  private final Clock clock;
  private final InMemoryRegistryContent content;
  private final Queue<Supplier<? extends RegistryException>> failures = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong calls = new AtomicLong();
  private final String secret = UUID.randomUUID().toString();
  private final TimeSource time;

  private InMemoryRegistry(Builder builder) {
    super(ProviderTraits.builder(builder.provider)
        .features(builder.features)
        .hosts(builder.hosts)
        .maxPageSize(builder.maxPageSize)
        .maxPages(Integer.MAX_VALUE)
        .build());
    this.features = Set.copyOf(builder.features);
    this.fullListings = builder.fullListings;
    this.clock = builder.clock;
    this.time = new TimeWithoutWaiting(builder.clock);
    this.content = new InMemoryRegistryContent(
        builder.sparingSiblings,
        builder.features.contains(Feature.FORCE_DELETE),
        builder.deletionReads);
  }

  /** Makes an empty registry with the defaults of {@link #builder()}. */
  public static InMemoryRegistry create() {
    return builder().build();
  }

  /**
   * Starts an empty registry: provider {@code memory}, at most 100 items a page, every {@link
   * Feature}, no host, the system's clock.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Adds an image without tags; does nothing if it is there. */
  public InMemoryRegistry addImage(ImageRef image) {
    content.addImage(image.withoutHostAndTag(), clock.instant());
    return this;
  }

  /**
   * Adds a tag as it is, in place of any of the same name, and its image if that is not there. What
   * the registry lacks a {@link Feature} for is left out.
   *
   * @throws IllegalArgumentException if its name is no tag or its digest no digest
   */
  public InMemoryRegistry addTag(Tag tag) {
    ImageRef.requireTag(tag.name());
    tag.digest().ifPresent(ImageRef::requireDigest);
    content.addTag(seen(tag, TagDetail.FULL), clock.instant());
    return this;
  }

  /**
   * Adds a tag of size 0 that is created now, or moves the one of that name to another digest now.
   *
   * @throws IllegalArgumentException if the name is no tag or the digest no digest
   */
  public InMemoryRegistry addTag(ImageRef image, String name, String digest) {
    Instant now = clock.instant();
    return addTag(image, name, digest, content.createdAt(image.path(), name).orElse(now), now);
  }

  /**
   * Adds a tag of size 0, or moves the one of that name.
   *
   * @throws IllegalArgumentException if the name is no tag or the digest no digest
   */
  public InMemoryRegistry addTag(
      ImageRef image, String name, String digest, Instant createdAt, Instant updatedAt) {
    return addTag(Tag.builder(image, name)
        .digest(ImageRef.requireDigest(digest))
        .createdAt(Objects.requireNonNull(createdAt, "createdAt"))
        .updatedAt(Objects.requireNonNull(updatedAt, "updatedAt"))
        .sizeBytes(0L)
        .status(Status.READY)
        .build());
  }

  /**
   * Puts a tag to use: deleting it, or forcing a deletion that would take it along, is a {@link
   * dev.registrykit.TagInUseException} from now on, and deleting its image an {@link
   * dev.registrykit.ImageInUseException}.
   *
   * @throws IllegalArgumentException if there is no such tag
   */
  public InMemoryRegistry markInUse(ImageRef image, String tag) {
    content.markInUse(image.withoutHostAndTag(), tag);
    return this;
  }

  /** Makes the next call fail; a listing calls once a page. Failures queue up. */
  public InMemoryRegistry failNext(RegistryException failure) {
    Objects.requireNonNull(failure, "failure");
    return failNext(1, () -> failure);
  }

  /**
   * Makes the next calls fail, each with a new exception; a listing calls once a page. Failures
   * queue up.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public InMemoryRegistry failNext(int times, Supplier<? extends RegistryException> failure) {
    Objects.requireNonNull(failure, "failure");
    if (times < 1) {
      throw new IllegalArgumentException("failures are at least 1, not " + times);
    }
    synchronized (failures) {
      for (int i = 0; i < times; i++) {
        failures.add(failure);
      }
    }
    return this;
  }

  /**
   * Returns how many calls were made so far, those that failed included: one a page of a listing, one
   * a tag or image read, one a deletion. What is refused for its arguments is no call.
   */
  public long callCount() {
    return calls.get();
  }

  /**
   * Returns the names of an image's tags as they were added, without those that are being deleted;
   * empty if there is no such image. Not a read.
   */
  public List<String> tagNames(ImageRef image) {
    return content.tagNames(image.path());
  }

  @Override
  protected void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this registry is closed");
    }
  }

  /** Begins what would be a request elsewhere, and fails as one would. */
  private void call(String operation) {
    requireOpen();
    if (Thread.currentThread().isInterrupted()) {
      throw Operation.on(operation).interrupted(new InterruptedException());
    }
    calls.incrementAndGet();
    Supplier<? extends RegistryException> failure;
    synchronized (failures) {
      failure = failures.poll();
    }
    if (failure != null) {
      throw failure.get();
    }
  }

  @Override
  protected OperationRunner operations() {
    return OperationRunner.unlimited();
  }

  @Override
  protected void requireImagePath(ImageRef image) {}

  @Override
  protected PageFetcher<Image> imagePages(ListImagesOptions options, int pageSize) {
    String listing = "images %s %s %s".formatted(options.image(), options.pathPrefix(), pageSize);
    requireOwn(listing, options.cursor());
    return cursor -> {
      call("list images");
      List<Image> found = content.images();
      return page(listing, fullListings ? filtered(found, options) : found, cursor, pageSize);
    };
  }

  @Override
  protected Image readImage(ImageRef image) {
    call("get image " + image);
    return content.image(image);
  }

  @Override
  protected PageFetcher<Tag> tagPages(ImageRef image, ListTagsOptions options, int pageSize) {
    String listing = "tags of %s %s %s %s %s %s"
        .formatted(
            image.path(),
            options.order(),
            options.name(),
            options.namePrefix(),
            options.housekeepingTags(),
            pageSize);
    requireOwn(listing, options.cursor());
    TagDetail detail = fullListings ? TagDetail.FULL : options.detail();
    return cursor -> {
      call("list tags of " + image);
      List<Tag> found = content.tags(image, options.order()).stream()
          .filter(fullListings ? TagFilter.of(options) : tag -> true)
          .map(tag -> seen(tag, detail))
          .toList();
      FetchedPage<Tag> page = page(listing, found, cursor, pageSize);
      page.items().forEach(content::wasShown);
      return page;
    };
  }

  private void requireOwn(String listing, Optional<PageCursor> cursor) {
    cursor.ifPresent(given -> offset(listing, given.value()));
  }

  private static List<Image> filtered(List<Image> images, ListImagesOptions options) {
    Optional<String> path = options.image().map(ImageRef::path);
    return images.stream()
        .filter(image -> path.map(image.ref().path()::equals).orElse(true))
        .filter(
            image -> options.pathPrefix().map(image.ref().path()::startsWith).orElse(true))
        .toList();
  }

  private <T> FetchedPage<T> page(
      String listing, List<T> all, @Nullable String cursor, int pageSize) {
    int start = Math.min(all.size(), cursor == null ? 0 : offset(listing, cursor));
    int end = Math.min(all.size(), start + pageSize);
    String next = end < all.size() ? cursorAt(listing, end) : null;
    return new FetchedPage<>(all.subList(start, end), next, (long) all.size());
  }

  /** Returns the cursor of a place; its fingerprint holds the place too, so that none can be made up. */
  private String cursorAt(String listing, int offset) {
    return ListingCursors.of(secret, listing, offset).cursor(Integer.toString(offset));
  }

  private int offset(String listing, String cursor) {
    try {
      int offset = Integer.parseUnsignedInt(cursor.substring(cursor.lastIndexOf('.') + 1));
      if (cursorAt(listing, offset).equals(cursor)) {
        return offset;
      }
    } catch (NumberFormatException e) {
      throw ListingCursors.foreign(e);
    }
    throw ListingCursors.foreign(null);
  }

  @Override
  protected TimeSource time() {
    return time;
  }

  @Override
  protected Tag readTag(ImageRef image, String tag) {
    call("get tag " + tag + " of " + image);
    Tag found = content.tag(image, tag);
    content.wasShown(found);
    return found;
  }

  /** Returns the tag without what this registry cannot tell or was not asked for. */
  private Tag seen(Tag tag, TagDetail detail) {
    boolean withDigest = detail != TagDetail.NAMES && features.contains(Feature.TAG_DIGEST);
    boolean full = detail == TagDetail.FULL;
    Tag.Builder seen = Tag.builder(tag.image(), tag.name());
    tag.providerId().ifPresent(seen::providerId);
    if (full) {
      seen.status(tag.status());
    }
    if (withDigest) {
      tag.digest().ifPresent(seen::digest);
    }
    if (full && features.contains(Feature.TAG_CREATED_AT)) {
      tag.createdAt().ifPresent(seen::createdAt);
    }
    if (full && features.contains(Feature.TAG_UPDATED_AT)) {
      tag.updatedAt().ifPresent(seen::updatedAt);
    }
    if (full && features.contains(Feature.TAG_SIZE)) {
      tag.sizeBytes().ifPresent(seen::sizeBytes);
    }
    return seen.build();
  }

  @Override
  protected DeleteResult removeTag(ImageRef image, String tag, DeleteOptions options) {
    call("delete tag " + tag + " of " + image);
    return content.deleteTag(image, tag, null, options);
  }

  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    call("delete tag " + tag.name() + " of " + tag.image());
    return content.deleteTag(tag.image(), tag.name(), tag.providerId().orElse(null), options);
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    call("delete image " + image);
    return content.deleteImage(image);
  }

  @Override
  public void close() {
    closed.set(true);
  }

  /** Returns the provider's name, for logs. */
  @Override
  public String toString() {
    return "InMemoryRegistry[" + provider() + "]";
  }

  /**
   * Makes {@link InMemoryRegistry} objects. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private String provider = "memory";
    private int maxPageSize = 100;
    private final Set<Feature> features = EnumSet.allOf(Feature.class);
    private final Set<String> hosts = new HashSet<>();
    private boolean fullListings;
    private boolean sparingSiblings;
    private int deletionReads;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** Sets what {@link dev.registrykit.Registry#provider()} returns. */
    public Builder provider(String provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /** Lets references name this host, with its port if any, besides none at all. */
    public Builder host(String host) {
      hosts.add(Objects.requireNonNull(host, "host").toLowerCase(Locale.ROOT));
      return this;
    }

    /**
     * Sets the largest page size, which is the default one too.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder maxPageSize(int maxPageSize) {
      if (maxPageSize < 1) {
        throw new IllegalArgumentException("a page holds at least 1 item, not " + maxPageSize);
      }
      this.maxPageSize = maxPageSize;
      return this;
    }

    /**
     * Takes abilities away: what needs one is refused with an {@link
     * dev.registrykit.UnsupportedFeatureException}, and what tags cannot have is empty. What would
     * make no sense without them goes too: a server's order with that order, orders with their dates, and with {@link
     * Feature#TAG_DIGEST} the two deletions that look at digests.
     */
    public Builder without(Feature... lacking) {
      for (Feature feature : lacking) {
        features.remove(feature);
        switch (feature) {
          case ORDER_BY_NAME -> features.remove(Feature.SERVER_ORDER_BY_NAME);
          case ORDER_BY_CREATED -> features.remove(Feature.SERVER_ORDER_BY_CREATED);
          case ORDER_BY_UPDATED -> features.remove(Feature.SERVER_ORDER_BY_UPDATED);
          case ORDER_BY_CHANGED -> features.remove(Feature.SERVER_ORDER_BY_CHANGED);
          case TAG_CREATED_AT -> withoutDate(Feature.ORDER_BY_CREATED);
          case TAG_UPDATED_AT -> withoutDate(Feature.ORDER_BY_UPDATED);
          case TAG_DIGEST -> without(Feature.FORCE_DELETE, Feature.DELETE_ONLY_IF_DIGEST);
          default -> {}
        }
      }
      return this;
    }

    /** Without either date there is no last change to order by. */
    private void withoutDate(Feature order) {
      without(order);
      if (!features.contains(Feature.TAG_CREATED_AT)
          && !features.contains(Feature.TAG_UPDATED_AT)) {
        without(Feature.ORDER_BY_CHANGED);
      }
    }

    /**
     * Makes listings as rich as Scaleway's: tags carry all there is of them whatever {@link TagDetail}
     * is asked for, and the server filters, so that no page before the last is short. Otherwise a tag of
     * a listing has its name and identifier, and digest, dates, size and status when they are asked for.
     */
    public Builder withFullListings() {
      this.fullListings = true;
      return this;
    }

    /**
     * Makes a strict deletion take the named tag and leave its siblings, as OCI registries do,
     * instead of being refused.
     */
    public Builder sparingSiblings() {
      this.sparingSiblings = true;
      return this;
    }

    /**
     * Lets deletions of tags take a while, as on Scaleway: they are {@link
     * dev.registrykit.DeleteOutcome#ACCEPTED}, and the tag is shown with {@link Status#DELETING} by
     * this many reads more, each a page that it is on or a look at it by name. It is no sibling of
     * others then, and deleting it once more changes nothing. Default: 0, gone at once.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder deletionReads(int reads) {
      if (reads < 0) {
        throw new IllegalArgumentException("a tag cannot be read " + reads + " times");
      }
      this.deletionReads = reads;
      return this;
    }

    /** Sets the clock that dates what is added without a date. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Makes the registry. */
    public InMemoryRegistry build() {
      return new InMemoryRegistry(this);
    }
  }
}
