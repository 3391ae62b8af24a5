package dev.registrykit.scaleway.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.ScalewayTag;
import dev.registrykit.scaleway.internal.deletion.DeletionCheck;
import dev.registrykit.scaleway.internal.deletion.ManyTagsDeletion;
import dev.registrykit.scaleway.internal.deletion.SteadyListing;
import dev.registrykit.scaleway.internal.deletion.TagDeletion;
import dev.registrykit.scaleway.internal.deletion.TagDeletion.ListedTag;
import dev.registrykit.scaleway.internal.generated.model.ScwTag;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.scaleway.internal.wire.ListingDefaults;
import dev.registrykit.scaleway.internal.wire.NumberedPage;
import dev.registrykit.scaleway.internal.wire.PageNumbers;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.ScalewayMapper;
import dev.registrykit.scaleway.internal.wire.TagQuery;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.TagFilter;
import dev.registrykit.spi.paging.TagOrders;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What can be done with tags. */
final class TagOperations {

  private final ScalewayConfiguration configuration;
  private final ScalewayApi api;
  private final ImageIds ids;
  private final ParallelReads reads;

  TagOperations(
      ScalewayConfiguration configuration, ScalewayApi api, ImageIds ids, ParallelReads reads) {
    this.configuration = configuration;
    this.api = api;
    this.ids = ids;
    this.reads = reads;
  }

  PageFetcher<Tag> pages(ImageRef image, ListTagsOptions options, int pageSize) {
    TagQuery query = query(options, pageSize);
    Operation operation = Operation.onImage("list tags of " + image, image);
    return pages(image, query, operation, tag -> ScalewayMapper.tag(image, tag, operation))
        .startingAt(options.cursor());
  }

  private <T> PageNumbers<ScwTag, T> pages(
      ImageRef image, TagQuery query, Operation operation, Function<ScwTag, T> mapper) {
    return numbers(
        query,
        image,
        operation,
        page -> ids.withImageId(image, operation, id -> api.listTags(operation, id, page, query)),
        mapper);
  }

  private <T> PageNumbers<ScwTag, T> numbers(
      TagQuery query,
      Object image,
      Operation operation,
      IntFunction<NumberedPage<ScwTag>> request,
      Function<ScwTag, T> mapper) {
    return new PageNumbers<>(
        operation,
        api.cursors("tags", image, query),
        request,
        query.pageSize(),
        ScwTag::getId,
        tags -> tags.stream().map(mapper).toList());
  }

  private static TagQuery query(ListTagsOptions options, int pageSize) {
    return new TagQuery(pageSize, orderBy(options.order()), options.name().orElse(null));
  }

  /** Returns the API's name of an order; its documentation names some that it does not have. */
  private static String orderBy(TagOrder order) {
    return switch (order) {
      case PROVIDER_DEFAULT -> ListingDefaults.ORDER;
      case CREATED_ASC -> "created_at_asc";
      case CREATED_DESC -> "created_at_desc";
      case NAME_ASC -> "name_asc";
      case NAME_DESC -> "name_desc";
      case UPDATED_ASC, UPDATED_DESC, CHANGED_ASC, CHANGED_DESC -> throw unordered(order);
    };
  }

  /** Returns the exception for an order that is made by the SDK, which listings by identifier are not. */
  private static UnsupportedFeatureException unordered(TagOrder order) {
    ErrorDetails details = ErrorDetails.builder("list tags by " + order)
        .serverMessage("the server cannot order so")
        .attempts(0)
        .build();
    return new UnsupportedFeatureException(
        details, TagOrders.serverFeatureOf(order).orElse(null), null);
  }

  Tag read(ImageRef image, String name) {
    Operation operation = Operation.onTag("get", image, name);
    ScwTag found =
        find(image, name, operation).orElseThrow(() -> operation.missing("there is no such tag"));
    return ScalewayMapper.tag(image, found, operation);
  }

  /** Finds a tag; of two, which a push during a deletion makes, the one that stays. */
  private Optional<ScwTag> find(ImageRef image, String name, Operation operation) {
    Operation onImage = Operation.onImage(operation.description(), image);
    return api
        .listing(
            pages(image, TagQuery.named(name), onImage, Function.identity()),
            Optional.empty(),
            tag -> ScalewayMapper.required(tag.getId(), "tag", "id", operation),
            tag -> name.equals(ScalewayMapper.required(tag.getName(), "tag", "name", operation)))
        .stream()
        .min(Comparator.comparing(tag -> "deleting".equals(tag.getStatus())));
  }

  DeleteResult remove(ImageRef image, String name, DeleteOptions options) {
    return deletion(image, Operation.onTag("delete", image, name), options).ofName(name);
  }

  ManyTagsDeletion many(ImageRef image, BulkDeletion run) {
    Operation onImage = Operation.onImage("delete tags of " + image, image);
    return new ManyTagsDeletion(api, image, () -> all(image, onImage), configuration.time(), run);
  }

  DeleteResult remove(Tag tag, DeleteOptions options) {
    if (tag.providerId().isEmpty()) {
      return remove(tag.image(), tag.name(), options);
    }
    Checks.id(idOf(tag), "tag");
    Operation operation = Operation.onTag("delete", tag.image(), tag.name());
    return deletion(tag.image(), operation, options).ofId(idOf(tag));
  }

  private TagDeletion deletion(ImageRef image, Operation operation, DeleteOptions options) {
    Operation onImage = Operation.onImage(operation.description(), image);
    return new TagDeletion(api, operation, () -> all(image, onImage), options);
  }

  private List<ListedTag> all(ImageRef image, Operation onImage) {
    return ids.withImageId(image, onImage, imageId -> all(imageId, onImage));
  }

  private List<ListedTag> all(String imageId, Operation operation) {
    return new SteadyListing<>(
            operation,
            page -> api.listTags(operation, imageId, page, TagQuery.all()),
            tag -> ListedTag.of(tag, operation),
            ListedTag::id,
            api.maxPages())
        .read();
  }

  private static String idOf(Tag tag) {
    return tag.providerId().orElseThrow();
  }

  PagedIterable<ScalewayTag> listByImageId(String imageId, ListTagsOptions options, int pageSize) {
    TagQuery query = query(options, pageSize);
    Operation operation = Operation.on("list tags of image " + imageId);
    PageNumbers<ScwTag, ScalewayTag> pages = numbers(
        query,
        imageId,
        operation,
        page -> api.listTags(operation, imageId, page, query),
        tag -> ScalewayMapper.tag(tag, operation));
    return api.listing(
        pages,
        options.cursor(),
        ScalewayTag::id,
        tag -> options.name().map(tag.name()::equals).orElse(true)
            && options.namePrefix().map(tag.name()::startsWith).orElse(true)
            && (options.housekeepingTags() || !TagFilter.isHousekeeping(tag.name())),
        listing -> listing.with(options, reads));
  }

  ScalewayTag getById(String id) {
    return getById(id, Operation.on("get tag " + id));
  }

  private ScalewayTag getById(String id, Operation operation) {
    return ScalewayMapper.tag(api.getTag(operation, id), operation);
  }

  DeleteResult deleteById(String id, DeleteOptions options) {
    Operation operation = Operation.on("delete tag " + id);
    ScalewayTag tag = null;
    try {
      tag = getById(id, operation);
      String imageId = tag.imageId();
      return new TagDeletion(api, operation, () -> all(imageId, operation), options).ofId(id);
    } catch (NotFoundException e) {
      if (options.ignoresMissing() && Absence.isProvedBy(e, Resource.TAG)) {
        String digest = tag == null ? null : tag.digest().orElse(null);
        return DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, digest);
      }
      throw e;
    }
  }

  void awaitGone(ImageRef image, String name, WaitOptions options) {
    Operation operation = new Operation(
        "wait until tag " + name + " of " + image + " is gone",
        details -> new TagNotFoundException(image, name, details));
    deletionCheck(operation)
        .await(() -> findAnywhere(image, name, operation), options, configuration.time());
  }

  /** Finds a tag to wait for; without its image there is none. */
  private Optional<ScalewayTag> findAnywhere(ImageRef image, String name, Operation operation) {
    try {
      return find(image, name, operation).map(tag -> ScalewayMapper.tag(tag, operation));
    } catch (ImageNotFoundException e) {
      return Optional.empty();
    }
  }

  void awaitGoneById(String id, WaitOptions options) {
    deletionCheck(Operation.on("wait until tag " + id + " is gone"))
        .await(id, options, configuration.time());
  }

  private DeletionCheck<ScalewayTag> deletionCheck(Operation operation) {
    return new DeletionCheck<>(
        operation,
        Resource.TAG,
        ScalewayTag::id,
        ScalewayTag::status,
        id -> getById(id, operation),
        seen -> isListed(seen, operation),
        api.operations());
  }

  private boolean isListed(ScalewayTag seen, Operation operation) {
    TagQuery query = TagQuery.named(seen.name());
    try {
      PageNumbers<ScwTag, ScalewayTag> pages = numbers(
          query,
          seen.imageId(),
          operation,
          page -> api.listTags(operation, seen.imageId(), page, query),
          tag -> ScalewayMapper.tag(tag, operation));
      return api.listing(
              pages, Optional.empty(), ScalewayTag::id, tag -> tag.id().equals(seen.id()))
          .iterator()
          .hasNext();
    } catch (NotFoundException e) {
      if (Absence.isProvedBy(e, Resource.IMAGE)) {
        return false;
      }
      throw e;
    }
  }
}
