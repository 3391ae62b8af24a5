package dev.registrykit.blaxel.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.blaxel.internal.CursorPages.CursorPage;
import dev.registrykit.blaxel.internal.generated.model.ImageTag;
import dev.registrykit.spi.Listing;
import dev.registrykit.spi.PageFetcher;
import dev.registrykit.spi.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done with tags. */
final class TagOperations {

  private final BlaxelConfiguration configuration;
  private final BlaxelApi api;

  TagOperations(BlaxelConfiguration configuration, BlaxelApi api) {
    this.configuration = configuration;
    this.api = api;
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
        CursorPages.fingerprint(
            image.path(), query.sort(), query.name(), query.prefix(), query.sourceWorkspace()),
        cursor -> request(image, query, cursor, operation),
        tags ->
            tags.stream().map(tag -> BlaxelMapper.tag(image, tag, operation)).toList());
  }

  /** Before lists had pages, an image came with all its tags. */
  private CursorPage<ImageTag> request(
      ImageRef image, TagQuery query, @Nullable String cursor, BlaxelOperation operation) {
    return configuration.apiVersion().hasPages()
        ? api.listTags(operation, image, cursor, query)
        : CursorPage.whole(inline(image, operation));
  }

  private List<ImageTag> inline(ImageRef image, BlaxelOperation operation) {
    var answer = api.getImage(operation, image, null);
    BlaxelMapper.metadata(answer, operation);
    return BlaxelMapper.tags(answer);
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
      case CREATED_ASC, CREATED_DESC, UPDATED_ASC, UPDATED_DESC ->
        throw new IllegalStateException("the server cannot order by " + order);
    };
  }

  Tag read(ImageRef image, String name) {
    BlaxelOperation operation = BlaxelOperation.onTag("get", image, name);
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
      return Deletions.result(api.deleteTag(operation, image, name), operation);
    } catch (TagNotFoundException e) {
      throw options.ignoresMissing() || e.answerWasLost() ? e : whatIsMissing(e, operation);
    }
  }

  /** The service answers 404 for a missing image too; where its words do not tell, it is asked. */
  private NotFoundException whatIsMissing(TagNotFoundException e, BlaxelOperation operation) {
    if (Wording.of(e.details(), operation.names()).isAboutTheTagAlone()) {
      return e;
    }
    try {
      api.getImage(BlaxelOperation.onImage(operation.description(), e.image()), e.image(), null);
      return e;
    } catch (ImageNotFoundException missing) {
      return new ImageNotFoundException(e.image(), e.details());
    } catch (RegistryException other) {
      e.addSuppressed(other);
      return e;
    }
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
    return Pages.of(new Listing<>(
        operation.description(),
        pages,
        options.cursor().map(PageCursor::value).orElse(null),
        Tag::name,
        tag -> options.name().map(tag.name()::equals).orElse(true)
            && options.namePrefix().map(tag.name()::startsWith).orElse(true),
        configuration.httpOptions().maxPages(),
        api.operations()));
  }
}
