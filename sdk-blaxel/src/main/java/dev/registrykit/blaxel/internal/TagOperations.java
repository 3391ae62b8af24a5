package dev.registrykit.blaxel.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.blaxel.internal.generated.model.ImageTag;
import dev.registrykit.blaxel.internal.wire.Absence;
import dev.registrykit.blaxel.internal.wire.BlaxelApi;
import dev.registrykit.blaxel.internal.wire.BlaxelMapper;
import dev.registrykit.blaxel.internal.wire.BlaxelOperation;
import dev.registrykit.blaxel.internal.wire.CursorPages;
import dev.registrykit.blaxel.internal.wire.CursorPages.CursorPage;
import dev.registrykit.blaxel.internal.wire.DeletionAnswers;
import dev.registrykit.blaxel.internal.wire.TagQuery;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.paging.TagFilter;
import dev.registrykit.spi.support.ParallelReads;
import org.jspecify.annotations.Nullable;

/** What can be done with tags. */
final class TagOperations {

  private final BlaxelConfiguration configuration;
  private final BlaxelApi api;
  private final ImageOperations images;
  private final ParallelReads reads;

  TagOperations(
      BlaxelConfiguration configuration,
      BlaxelApi api,
      ImageOperations images,
      ParallelReads reads) {
    this.configuration = configuration;
    this.api = api;
    this.images = images;
    this.reads = reads;
  }

  PageFetcher<Tag> pages(ImageRef image, ListTagsOptions options, int pageSize) {
    configuration.requirePages(options.cursor());
    BlaxelOperation operation = BlaxelOperation.onImage("list tags of " + image, image);
    return pages(image, query(options, pageSize, null), operation).startingAt(options.cursor());
  }

  private CursorPages<ImageTag, Tag> pages(
      ImageRef image, TagQuery query, BlaxelOperation operation) {
    return new CursorPages<>(
        operation.description(),
        ListingCursors.of(
            "blaxel tags",
            configuration.workspace(),
            image.path(),
            query.sort(),
            query.name(),
            query.prefix(),
            query.sourceWorkspace()),
        cursor -> request(image, query, cursor, operation),
        tags ->
            tags.stream().map(tag -> BlaxelMapper.tag(image, tag, operation)).toList());
  }

  /** Before lists had pages, an image came with all its tags. */
  private CursorPage<ImageTag> request(
      ImageRef image, TagQuery query, @Nullable String cursor, BlaxelOperation operation) {
    if (!configuration.apiVersion().hasPages()) {
      return CursorPage.whole(BlaxelMapper.tags(images.get(image, operation), operation));
    }
    return query.sourceWorkspace() == null
        ? images
            .absence()
            .ofImage(image, operation, () -> api.listTags(operation, image, cursor, query))
        : api.listTags(operation, image, cursor, query);
  }

  private static TagQuery query(
      ListTagsOptions options, int pageSize, @Nullable String sourceWorkspace) {
    return new TagQuery(
        pageSize,
        sort(options.order()),
        options.name().orElse(null),
        options.namePrefix().orElse(null),
        sourceWorkspace);
  }

  /** The default is sent too: the pages of a list must not change their order in its midst. */
  private static String sort(TagOrder order) {
    return switch (order) {
      case PROVIDER_DEFAULT, NAME_ASC -> TagQuery.BY_NAME;
      case NAME_DESC -> "name:desc";
      case CREATED_ASC, CREATED_DESC, UPDATED_ASC, UPDATED_DESC, CHANGED_ASC, CHANGED_DESC ->
        throw new IllegalStateException("the server cannot order by " + order);
    };
  }

  Tag read(ImageRef image, String name) {
    return read(image, name, "get");
  }

  private Tag read(ImageRef image, String name, String verb) {
    BlaxelOperation operation = BlaxelOperation.onTag(verb, image, name);
    BlaxelOperation onImage = BlaxelOperation.onImage(operation.description(), image);
    return list(pages(image, TagQuery.named(name), onImage), onImage, ListTagsOptions.defaults())
        .stream()
        .filter(tag -> tag.name().equals(name))
        .findFirst()
        .orElseThrow(() -> operation.missing("there is no such tag"));
  }

  /**
   * Deletes a tag. Force changes nothing: tags have no digests here, and what is in use stays in use
   * whatever is asked.
   */
  DeleteResult remove(ImageRef image, String name, DeleteOptions options) {
    BlaxelOperation operation = BlaxelOperation.deletingTag(image, name);
    try {
      return DeletionAnswers.result(image, api.deleteTag(operation, image, name), operation);
    } catch (NotFoundException e) {
      throw isExplained(e, operation, options)
          ? e
          : Absence.ofTag(image, operation, e, () -> read(image, name, "look for"));
    }
  }

  /**
   * Returns whether nothing has to be looked up to know what a 404 means. A missing image is answered so
   * too; which of the two is missing matters only where the caller is told.
   */
  private static boolean isExplained(
      NotFoundException e, BlaxelOperation operation, DeleteOptions options) {
    return e instanceof TagNotFoundException
        ? options.ignoresMissing() || e.answerWasLost() || Absence.isOfTheTagAlone(e, operation)
        : !Absence.isUnproven(e, operation);
  }

  PagedIterable<Tag> listShared(
      ImageRef image, String sourceWorkspace, ListTagsOptions options, int pageSize) {
    BlaxelOperation operation = BlaxelOperation.onImage(
        "list tags of " + image + " of workspace " + sourceWorkspace, image);
    CursorPages<ImageTag, Tag> pages =
        pages(image, query(options, pageSize, sourceWorkspace), operation);
    return list(pages.startingAt(options.cursor()), operation, options);
  }

  private PagedIterable<Tag> list(
      PageFetcher<Tag> pages, BlaxelOperation operation, ListTagsOptions options) {
    Listing<Tag> listing = new Listing<>(
        operation.description(),
        pages,
        options.cursor().map(PageCursor::value).orElse(null),
        Tag::name,
        TagFilter.of(options),
        configuration.httpOptions().maxPages(),
        api.operations());
    return Pages.of(listing.with(options, reads));
  }
}
