package dev.registrykit.spi;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.Registry;
import dev.registrykit.Support;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.paging.Completion;
import dev.registrykit.spi.paging.DetailProgress;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.paging.TagFilter;
import dev.registrykit.spi.paging.TagOrders;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ParallelReads;
import dev.registrykit.spi.support.TagsToDelete;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import dev.registrykit.spi.transport.Transport;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is the same on every provider: the checks of arguments before anything is sent, filters and
 * orders the server lacks, and what a missing tag means to a deletion. A provider fills in the rest.
 *
 * <p>Images arrive in the abstract methods checked and by their path alone.
 *
 * @since 0.1.0
 */
public abstract class AbstractRegistry implements Registry {

  private final ProviderTraits traits;

  private final ParallelReads reads = new ParallelReads();

  /** Makes a registry of these traits. */
  protected AbstractRegistry(ProviderTraits traits) {
    this.traits = Objects.requireNonNull(traits, "traits");
  }

  /**
   * Fails with an {@link IllegalStateException} after {@link #close()}; {@link Transport#requireOpen}
   * where there is a transport. Asked before each operation, and before what may end without one.
   */
  protected abstract void requireOpen();

  /** Fails with an {@link IllegalArgumentException} if no image can have this path here. */
  protected abstract void requireImagePath(ImageRef image);

  /**
   * Returns a path, or the beginning of one, as this provider spells it, where it can be spelled in
   * several ways. What is made of it is checked by {@link #requireImagePath(ImageRef)}.
   */
  protected String canonicalPath(String path) {
    return path;
  }

  /**
   * Returns what does the work of each facade method as one operation, within the time it may take;
   * {@link Transport#operation} where there is a transport.
   */
  protected abstract OperationRunner operations();

  /** Returns what a caller can do where an ability is missing, as an ending of a sentence. */
  protected String adviceWithout(Feature feature) {
    return "";
  }

  /** Returns how to fetch pages of images, unfiltered where the server cannot filter. */
  protected abstract PageFetcher<Image> imagePages(ListImagesOptions options, int pageSize);

  /** Reads one image, or throws {@link ImageNotFoundException}. */
  protected abstract Image readImage(ImageRef image);

  /**
   * Returns how to fetch pages of tags, unfiltered where the server cannot filter, and in the order
   * of the options, which is the provider's default wherever the server lacks another.
   */
  protected abstract PageFetcher<Tag> tagPages(
      ImageRef image, ListTagsOptions options, int pageSize);

  /**
   * Fills in what a listing did not bring, {@linkplain #reads() several at a time}. Called only where more is
   * asked for than {@link ProviderTraits#listedDetail()}, which is everything unless a provider says
   * otherwise.
   *
   * @param concurrency how many requests at a time at most
   * @param progress may be told of tags whose details are there, by any thread
   * @return the tags in their order, without those that are gone by now
   */
  protected List<Tag> readDetails(
      ImageRef image, List<Tag> tags, TagDetail detail, int concurrency, DetailProgress progress) {
    return tags;
  }

  /** Returns what sends several requests at a time for this registry. */
  protected final ParallelReads reads() {
    return reads;
  }

  /** Reads one tag, or throws {@link TagNotFoundException} or {@link ImageNotFoundException}. */
  protected abstract Tag readTag(ImageRef image, String tag);

  /** Deletes a tag by its name. */
  protected abstract DeleteResult removeTag(ImageRef image, String tag, DeleteOptions options);

  /** Deletes a tag that was read before. */
  protected abstract DeleteResult removeTag(Tag tag, DeleteOptions options);

  /**
   * Deletes many tags, at least one. By {@link #removeTag(ImageRef, String, DeleteOptions)} for each, so that it
   * costs what that costs for each, several at a time ({@link ProviderTraits.Builder#concurrentDeletions}), with the
   * {@linkplain BulkDeletion#optionsFor options for it}, which allow it to take others of the run along:
   * one that shares its digest with another can go only so where a digest goes whole.
   *
   * <p>A provider that can look up once what each of them looks up does that in a {@link
   * #bulkDeletion(ImageRef, TagsToDelete)}, with {@link #unlessAbsent(DeleteOptions, Supplier)} for each tag.
   */
  protected BulkDeleteResult removeTags(ImageRef image, TagsToDelete tags) {
    BulkDeletion deletion = bulkDeletion(image, tags);
    Function<String, Entry> remove = tag -> Entry.deleted(
        tag,
        unlessAbsent(deletion.options(), () -> removeTag(image, tag, deletion.optionsFor(tag))));
    deletion.each(tags.oneOfEachDigest(), remove);
    deletion.each(deletion.waiting(), remove);
    return deletion.result();
  }

  /** Returns a run for the deletion of these tags, with the limits of this registry. */
  protected final BulkDeletion bulkDeletion(ImageRef image, TagsToDelete tags) {
    return new BulkDeletion(
        Operation.onImage("delete tags of " + image, image),
        tags,
        traits.concurrentDeletions(),
        retryPolicy(),
        time(),
        operations(),
        this::requireOpen);
  }

  /**
   * Returns how patient a run of many deletions is with a registry that asks to slow down: as its requests
   * are, where a provider says so.
   */
  protected RetryPolicy retryPolicy() {
    return RetryPolicy.standard();
  }

  /** Deletes an image. */
  protected abstract DeleteResult removeImage(ImageRef image);

  /**
   * Finds out, without changing anything, whether the registry has an ability that is uncertain by the
   * {@linkplain ProviderTraits.Builder#uncertainFeatures traits}; called for those alone.
   */
  protected boolean askForSupport(ImageRef image, Feature feature) {
    return true;
  }

  /** Waits until a tag is gone; by reading it again and again unless a provider knows better. */
  protected void awaitTagGone(ImageRef image, String tag, WaitOptions options) {
    Waiting.until(
        () -> isAbsent(() -> readTag(image, tag)),
        "wait until tag " + tag + " of " + image + " is gone",
        options,
        time());
  }

  /** Waits until an image is gone; by reading it again and again unless a provider knows better. */
  protected void awaitImageGone(ImageRef image, WaitOptions options) {
    Waiting.until(
        () -> isAbsent(() -> readImage(image)),
        "wait until " + image + " is gone",
        options,
        time());
  }

  private boolean isAbsent(Supplier<?> reading) {
    try {
      run(reading);
      return false;
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return true;
    }
  }

  /** Returns the clock to wait by. */
  protected TimeSource time() {
    return TimeSource.system();
  }

  /**
   * Puts a tag back that a deletion left on a placeholder, and returns whether it was. Where deletions
   * leave nothing half done, there is nothing to do.
   */
  protected boolean putTagBack(ImageRef image, String tag) {
    return false;
  }

  @Override
  public final String provider() {
    return traits.provider();
  }

  @Override
  public final Support support(Feature feature) {
    return traits.support(Objects.requireNonNull(feature, "feature"));
  }

  @Override
  public final boolean checkSupport(ImageRef image, Feature feature) {
    ImageRef target = target(image);
    Support support = support(feature);
    requireOpen();
    return support == Support.MAYBE
        ? run(() -> askForSupport(target, feature))
        : support == Support.YES;
  }

  /** Does what a method of the facade asks the registry for, as one operation. */
  private <T> T run(Supplier<T> work) {
    requireOpen();
    return operations().run(work);
  }

  @Override
  public final PagedIterable<Image> listImages() {
    return listImages(ListImagesOptions.defaults());
  }

  @Override
  public final PagedIterable<Image> listImages(ListImagesOptions options) {
    Objects.requireNonNull(options, "options");
    requireFeature(Feature.LIST_IMAGES, "list images");
    ListImagesOptions asked = canonical(options);
    int pageSize = requirePageSize(options.pageSize());
    Optional<String> path = asked.image().map(ImageRef::path);
    Optional<String> prefix = asked.pathPrefix();
    Predicate<Image> filter = image -> path.map(image.ref().path()::equals).orElse(true)
        && prefix.map(image.ref().path()::startsWith).orElse(true);
    Listing<Image> listing = new Listing<>(
        "list images",
        imagePages(asked, pageSize),
        options.cursor().map(PageCursor::value).orElse(null),
        image -> image.providerId().orElse(image.ref().path()),
        filter,
        traits.maxPages(),
        this::run);
    return Pages.of(listing.readingAhead(options.pagesAhead(), reads));
  }

  private ListImagesOptions canonical(ListImagesOptions options) {
    return options.image().isPresent()
        ? options.withImage(target(options.image().get()))
        : options
            .pathPrefix()
            .map(prefix -> options.withPathPrefix(canonicalPath(prefix)))
            .orElse(options);
  }

  @Override
  public final Image getImage(ImageRef image) {
    ImageRef target = target(image);
    return run(() -> readImage(target));
  }

  @Override
  public final PagedIterable<Tag> listTags(ImageRef image) {
    return listTags(image, ListTagsOptions.defaults());
  }

  @Override
  public final PagedIterable<Tag> listTags(ImageRef image, ListTagsOptions options) {
    ImageRef target = target(image);
    Objects.requireNonNull(options, "options");
    requireOpen();
    int pageSize = requirePageSize(options.pageSize());
    TagOrder order = options.order();
    TagOrders.featureOf(order).ifPresent(feature -> requireFeature(feature, "order by " + order));
    boolean isOrderedHere =
        TagOrders.serverFeatureOf(order).map(feature -> !supports(feature)).orElse(false);
    ListTagsOptions asked = isOrderedHere ? orderedHere(options) : options;
    String cursor = options.cursor().map(PageCursor::value).orElse(null);
    Listing<Tag> list = new Listing<>(
            "list tags of " + target,
            tagPages(target, asked, pageSize),
            isOrderedHere ? null : cursor,
            tag -> tag.providerId().orElse(tag.name()),
            TagFilter.of(options),
            traits.maxPages(),
            this::run)
        .with(options, reads);
    Listing<Tag> listing = lacksDetails(asked) ? list.completedBy(completion(target, asked)) : list;
    if (!isOrderedHere) {
      return Pages.of(listing);
    }
    String registry = traits.provider() + traits.hosts().stream().sorted().toList();
    return TagOrders.ordered(listing, registry, target, options, pageSize);
  }

  private boolean lacksDetails(ListTagsOptions options) {
    return options.detail().compareTo(traits.listedDetail()) > 0;
  }

  private Completion<Tag> completion(ImageRef image, ListTagsOptions options) {
    return (tags, progress) ->
        readDetails(image, tags, options.detail(), options.concurrency(), progress);
  }

  /** Asks the server for its default order, and for the dates where one is ordered by. */
  private static ListTagsOptions orderedHere(ListTagsOptions options) {
    boolean byName = options.order() == TagOrder.NAME_ASC || options.order() == TagOrder.NAME_DESC;
    ListTagsOptions asked = options.withOrder(TagOrder.PROVIDER_DEFAULT).fromTheBeginning();
    return byName ? asked : asked.withDetail(TagDetail.FULL);
  }

  @Override
  public final Tag getTag(ImageRef image, String tag) {
    ImageRef target = target(image, tag);
    return run(() -> readTag(target, tag));
  }

  @Override
  public final Optional<Tag> findTag(ImageRef image, String tag) {
    try {
      return Optional.of(getTag(image, tag));
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public final Tag getTag(ImageRef reference) {
    String name = requireTag(reference);
    ImageRef target = target(reference.withoutDigest(), name);
    reference
        .digest()
        .ifPresent(digest -> requireFeature(Feature.TAG_DIGEST, "get a tag by its digest"));
    Tag tag = getTag(target, name);
    reference.digest().ifPresent(digest -> requireDigest(tag, digest));
    return tag;
  }

  @Override
  public final Optional<Tag> findTag(ImageRef reference) {
    try {
      return Optional.of(getTag(reference));
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty();
    }
  }

  private static String requireTag(ImageRef reference) {
    return reference
        .tag()
        .orElseThrow(
            () -> new IllegalArgumentException(reference + " names no tag, and none is assumed"));
  }

  private static void requireDigest(Tag tag, String digest) {
    if (!tag.digest().equals(Optional.of(digest))) {
      throw new PreconditionFailedException(ErrorDetails.of(
          "get tag " + tag.name() + " of " + tag.image(),
          "it points to " + tag.digest().orElse("no digest") + ", not to " + digest));
    }
  }

  @Override
  public final DeleteResult deleteTag(ImageRef reference, DeleteOptions options) {
    String tag = requireTag(reference);
    requireForOneTag(options);
    String digest = reference.digest().orElse(null);
    if (digest == null) {
      return deleteTag(reference, tag, options);
    }
    if (options.requiredDigest().filter(other -> !other.equals(digest)).isPresent()) {
      throw new IllegalArgumentException(reference + " contradicts the digest of the options");
    }
    return deleteTag(reference.withoutDigest(), tag, options.onlyIfDigest(digest));
  }

  @Override
  public final DeleteResult deleteTag(ImageRef image, String tag) {
    return deleteTag(image, tag, DeleteOptions.defaults());
  }

  @Override
  public final DeleteResult deleteTag(ImageRef image, String tag, DeleteOptions options) {
    ImageRef target = target(image, tag);
    requireTagDeletion(options);
    return unlessAbsent(options, () -> removeTag(target, tag, options));
  }

  @Override
  public final DeleteResult deleteTag(Tag tag, DeleteOptions options) {
    Objects.requireNonNull(tag, "tag");
    target(tag.image(), tag.name());
    requireTagDeletion(options);
    return unlessAbsent(options, () -> removeTag(tag, options));
  }

  @Override
  public final BulkDeleteResult deleteTags(
      ImageRef image, Collection<String> tags, DeleteOptions options) {
    return deleteTags(image, tags, options, new BulkDeleteListener() {});
  }

  @Override
  public final BulkDeleteResult deleteTags(
      ImageRef image, Collection<String> tags, DeleteOptions options, BulkDeleteListener listener) {
    ImageRef target = target(image);
    tags.forEach(tag -> target(image, tag));
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(listener, "listener");
    TagsToDelete request = new TagsToDelete(tags, options, listener);
    requireDeletion(options);
    return request.tags().isEmpty()
        ? BulkDeleteResult.of(List.of(), null)
        : removeTags(target, request);
  }

  /** Refuses, before anything is sent, the deletion of one tag that this registry cannot do. */
  protected final void requireTagDeletion(DeleteOptions options) {
    requireForOneTag(options);
    requireDeletion(options);
  }

  private static void requireForOneTag(DeleteOptions options) {
    Objects.requireNonNull(options, "options");
    if (!options.requiredDigests().isEmpty()) {
      throw new IllegalArgumentException("digests of many tags are required, but this is one tag");
    }
  }

  private void requireDeletion(DeleteOptions options) {
    requireFeature(Feature.DELETE_TAG, "delete a tag");
    if (options.requiredDigest().isPresent() || !options.requiredDigests().isEmpty()) {
      requireFeature(Feature.DELETE_ONLY_IF_DIGEST, "delete only if the digest matches");
    }
  }

  @Override
  public final void waitUntilTagGone(ImageRef image, String tag, WaitOptions options) {
    ImageRef target = target(image, tag);
    Objects.requireNonNull(options, "options");
    awaitTagGone(target, tag, options);
  }

  @Override
  public final void waitUntilImageGone(ImageRef image, WaitOptions options) {
    ImageRef target = target(image);
    Objects.requireNonNull(options, "options");
    awaitImageGone(target, options);
  }

  @Override
  public final boolean restoreTag(ImageRef image, String tag) {
    ImageRef target = target(image, tag);
    return run(() -> putTagBack(target, tag));
  }

  @Override
  public final DeleteResult deleteImage(ImageRef image, DeleteOptions options) {
    ImageRef target = target(image);
    Objects.requireNonNull(options, "options");
    if (image.tag().isPresent() || image.digest().isPresent()) {
      throw new IllegalArgumentException(
          image + " names a tag or a digest, but the whole image would be deleted");
    }
    if (options.requiredDigest().isPresent() || !options.requiredDigests().isEmpty()) {
      throw new IllegalArgumentException("a required digest is for tags, an image has many");
    }
    if (!options.allowedSiblings().isEmpty()) {
      throw new IllegalArgumentException("siblings are a tag's, an image goes whole");
    }
    requireFeature(Feature.DELETE_IMAGE, "delete an image");
    return unlessAbsent(options, () -> removeImage(target));
  }

  /** Deletes as one operation; what the options say of a missing thing is applied. */
  protected final DeleteResult unlessAbsent(
      DeleteOptions options, Supplier<DeleteResult> deletion) {
    try {
      return run(deletion);
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return absent(options, e);
    }
  }

  /** A 404 on the SDK's own repetition means that the first attempt did it. */
  private static DeleteResult absent(DeleteOptions options, NotFoundException e) {
    if (options.ignoresMissing() || e.answerWasLost()) {
      return DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);
    }
    throw e;
  }

  /** Returns the image by its path alone, once it is known to be one of this registry. */
  protected final ImageRef target(ImageRef image) {
    Objects.requireNonNull(image, "image");
    image.host().filter(host -> !traits.hosts().contains(host)).ifPresent(host -> {
      throw new IllegalArgumentException(
          image + " is in another registry than this one, " + traits.hosts());
    });
    ImageRef target = ImageRef.of(canonicalPath(image.path()));
    requireImagePath(target);
    return target;
  }

  /** Returns the image as {@link #target(ImageRef)} does, once the tag is known to fit. */
  protected final ImageRef target(ImageRef image, String tag) {
    ImageRef target = target(image);
    ImageRef.requireTag(tag);
    if (image.digest().isPresent()) {
      throw new IllegalArgumentException(image + " names a digest, where tag " + tag + " is meant");
    }
    if (image.tag().isPresent() && !image.tag().get().equals(tag)) {
      throw new IllegalArgumentException(image + " contradicts the tag " + tag);
    }
    return target;
  }

  /** Returns the page size to send, the provider's maximum by default. */
  protected final int requirePageSize(OptionalInt pageSize) {
    if (pageSize.orElse(1) > traits.maxPageSize()) {
      throw new IllegalArgumentException("a page holds at most "
          + traits.maxPageSize()
          + " items here, not "
          + pageSize.getAsInt());
    }
    return pageSize.orElse(traits.maxPageSize());
  }

  /** Refuses, before anything is sent, what this registry cannot do, and everything once it is closed. */
  protected final void requireFeature(Feature feature, String what) {
    requireOpen();
    if (!supports(feature)) {
      ErrorDetails details = ErrorDetails.builder(what)
          .serverMessage(provider() + " cannot do that" + adviceWithout(feature))
          .attempts(0)
          .build();
      throw new UnsupportedFeatureException(details, feature, null);
    }
  }
}
