package dev.registrykit.scaleway.internal;

import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.ScalewayTag;
import dev.registrykit.scaleway.internal.PageNumbers.NumberedPage;
import dev.registrykit.scaleway.internal.generated.model.ListTagsResponse;
import dev.registrykit.scaleway.internal.generated.model.ScwTag;
import dev.registrykit.spi.Listing;
import dev.registrykit.spi.Operation;
import dev.registrykit.spi.PageFetcher;
import dev.registrykit.spi.Pages;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with tags. */
final class TagOperations {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.scaleway");

  /** Types of refusals that have to do with the tag's own state and not with its siblings. */
  private static final Set<String> OWN_STATE = Set.of("locked", "transient_state");

  /** The status of a lock, which means the same without a type. */
  private static final int LOCKED = 423;

  private final ScalewayConfiguration configuration;
  private final ScalewayApi api;
  private final ImageIds ids;

  TagOperations(ScalewayConfiguration configuration, ScalewayApi api, ImageIds ids) {
    this.configuration = configuration;
    this.api = api;
    this.ids = ids;
  }

  PageFetcher<Tag> pages(ImageRef image, ListTagsOptions options, int pageSize) {
    TagQuery query = query(options, pageSize);
    return pages(image, query, Operation.onImage("list tags of " + image, image))
        .startingAt(options.cursor());
  }

  private PageNumbers<ScwTag, Tag> pages(ImageRef image, TagQuery query, Operation operation) {
    return numbers(
        query,
        image,
        operation,
        page -> ids.withImageId(image, operation, id -> api.listTags(operation, id, page, query)),
        tag -> ScalewayMapper.tag(image, tag, operation));
  }

  private static <T> PageNumbers<ScwTag, T> numbers(
      TagQuery query,
      Object image,
      Operation operation,
      IntFunction<ListTagsResponse> request,
      Function<ScwTag, T> mapper) {
    return new PageNumbers<>(
        operation.description(),
        PageNumbers.options(query.orderBy(), query.pageSize(), image.toString(), query.name()),
        page -> {
          ListTagsResponse response = request.apply(page);
          return new NumberedPage<>(response.getTags(), response.getTotalCount());
        },
        tags -> tags.stream().map(mapper).toList());
  }

  private static TagQuery query(ListTagsOptions options, int pageSize) {
    return new TagQuery(pageSize, orderBy(options.order()), options.name().orElse(null));
  }

  /** The words of the server's own enumeration; the documentation names others that it lacks. */
  private static String orderBy(TagOrder order) {
    return switch (order) {
      case PROVIDER_DEFAULT -> PageNumbers.DEFAULT_ORDER;
      case CREATED_ASC -> "created_at_asc";
      case CREATED_DESC -> "created_at_desc";
      case NAME_ASC -> "name_asc";
      case NAME_DESC -> "name_desc";
      case UPDATED_ASC, UPDATED_DESC -> throw unordered(order);
    };
  }

  /** By an image's identifier the list is the server's alone. */
  private static UnsupportedFeatureException unordered(TagOrder order) {
    ErrorDetails details = ErrorDetails.of("list tags by " + order)
        .serverMessage("the server cannot order so")
        .attempts(0)
        .build();
    return new UnsupportedFeatureException(details, Feature.SERVER_ORDER_BY_UPDATED, null);
  }

  Tag read(ImageRef image, String name) {
    return lookUp(image, name, Operation.onTag("get", image, name));
  }

  private Tag lookUp(ImageRef image, String name, Operation operation) {
    Operation onImage = Operation.onImage(operation.description(), image);
    List<Tag> found = pages(image, TagQuery.named(name), onImage).fetch(null).items();
    return pick(found, name).orElseThrow(() -> operation.missing("there is no such tag"));
  }

  /** A name may be there twice for a while, on its way out and pushed again. */
  private static Optional<Tag> pick(List<Tag> tags, String name) {
    return tags.stream()
        .filter(tag -> tag.name().equals(name))
        .min(Comparator.comparing(tag -> tag.status().equals(Status.DELETING)));
  }

  private List<Tag> all(ImageRef image, Operation operation) {
    Operation onImage = Operation.onImage(operation.description(), image);
    return Pages.of(new Listing<>(
            operation.description(),
            pages(image, TagQuery.all(), onImage),
            null,
            tag -> tag.providerId().orElseThrow(),
            tag -> true,
            configuration.httpOptions().maxPages(),
            api.operations()))
        .toList();
  }

  DeleteResult remove(ImageRef image, String name, DeleteOptions options) {
    Operation operation = Operation.onTag("delete", image, name);
    if (!options.isForced()) {
      return removeAlone(lookUp(image, name, operation), options, operation);
    }
    List<Tag> all = all(image, operation);
    // A deletion by somebody else may have shifted the tag out of the pages: then it is looked up.
    Tag tag = pick(all, name).orElseGet(() -> lookUp(image, name, operation));
    return removeWithSiblings(tag, all, options, operation);
  }

  DeleteResult remove(Tag tag, DeleteOptions options) {
    if (tag.providerId().isEmpty()) {
      return remove(tag.image(), tag.name(), options);
    }
    Checks.id(tag.providerId().get(), "tag");
    Operation operation = Operation.onTag("delete", tag.image(), tag.name());
    if (!options.isForced()) {
      return removeAlone(
          options.requiredDigest().isPresent() ? reread(tag, operation) : tag, options, operation);
    }
    List<Tag> all = all(tag.image(), operation);
    return removeWithSiblings(asListed(tag, all).orElse(tag), all, options, operation);
  }

  /** A tag that was read before may have moved to another digest since. */
  private static Optional<Tag> asListed(Tag tag, List<Tag> all) {
    return all.stream()
        .filter(other -> other.providerId().equals(tag.providerId()))
        .findFirst();
  }

  private Tag reread(Tag tag, Operation operation) {
    return ScalewayMapper.tag(tag.image(), api.getTag(operation, idOf(tag)), operation);
  }

  private DeleteResult removeAlone(Tag tag, DeleteOptions options, Operation operation) {
    requireDigest(tag, options, operation);
    try {
      return result(api.deleteTag(operation, idOf(tag), null), tag);
    } catch (BadRequestException | ConflictException | PreconditionFailedException e) {
      throw withSiblings(e, tag, operation);
    }
  }

  private DeleteResult removeWithSiblings(
      Tag listed, List<Tag> all, DeleteOptions options, Operation operation) {
    Tag tag = options.requiredDigest().isPresent() ? reread(listed, operation) : listed;
    requireDigest(tag, options, operation);
    List<String> siblings = siblings(tag, all);
    DeleteResult result = result(api.deleteTag(operation, idOf(tag), true), tag);
    return siblings.isEmpty() ? result : result.withDeleted(gone(siblings, tag.image(), operation));
  }

  /** Returns those that are gone by now; all of them if that cannot be seen any more. */
  private List<String> gone(List<String> siblings, ImageRef image, Operation operation) {
    List<Tag> all;
    try {
      all = all(image, operation);
    } catch (RegistryException e) {
      LOG.warn(
          "{}: done, but which siblings went with it could not be listed",
          operation.description(),
          e);
      return siblings;
    }
    Set<String> left = all.stream()
        .filter(other -> !other.status().equals(Status.DELETING))
        .map(Tag::name)
        .collect(Collectors.toSet());
    return siblings.stream().filter(name -> !left.contains(name)).toList();
  }

  private static DeleteResult result(ScwTag deleted, Tag tag) {
    return DeleteResult.of(
        Deletions.outcome(deleted.getStatus()),
        Optional.ofNullable(deleted.getDigest()).or(tag::digest).orElse(null));
  }

  private static void requireDigest(Tag tag, DeleteOptions options, Operation operation) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent() && !required.equals(tag.digest())) {
      throw new PreconditionFailedException(ErrorDetails.of(operation.description())
          .serverMessage("it points to "
              + tag.digest().orElse("an unknown digest")
              + ", not to "
              + required.get())
          .build());
    }
  }

  /**
   * Explains a refusal by the tag's siblings if there are any. With which status the service refuses
   * a shared digest was never recorded, so every refusal that may be one is looked into.
   */
  private RegistryServiceException withSiblings(
      RegistryServiceException refusal, Tag tag, Operation operation) {
    boolean isOwnState = refusal.statusCode() == LOCKED
        || refusal.errorCode().filter(OWN_STATE::contains).isPresent();
    if (isOwnState) {
      return refusal;
    }
    List<String> siblings;
    try {
      List<Tag> all = all(tag.image(), operation);
      siblings = siblings(asListed(tag, all).orElse(tag), all);
    } catch (RegistryException e) {
      refusal.addSuppressed(e);
      return refusal;
    }
    if (siblings.isEmpty()) {
      return refusal;
    }
    String why = "the digest is shared with " + String.join(", ", siblings);
    return new SharedDigestException(
        siblings,
        refusal.details().toBuilder()
            .serverMessage(
                refusal.details().serverMessage().map(said -> said + "; " + why).orElse(why))
            .build());
  }

  private static List<String> siblings(Tag tag, List<Tag> all) {
    return all.stream()
        .filter(other -> !other.providerId().equals(tag.providerId()))
        .filter(other -> other.digest().isPresent() && other.digest().equals(tag.digest()))
        .filter(other -> !other.status().equals(Status.DELETING))
        .map(Tag::name)
        .sorted()
        .toList();
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
            tag -> ScalewayMapper.tag(tag, operation))
        .startingAt(options.cursor());
    return Pages.of(new Listing<>(
        operation.description(),
        pages,
        options.cursor().map(PageCursor::value).orElse(null),
        ScalewayTag::id,
        tag -> options.name().map(tag.name()::equals).orElse(true)
            && options.namePrefix().map(tag.name()::startsWith).orElse(true),
        configuration.httpOptions().maxPages(),
        api.operations()));
  }

  ScalewayTag getById(String id) {
    Operation operation = Operation.on("get tag " + id);
    return ScalewayMapper.tag(api.getTag(operation, id), operation);
  }

  Optional<ScalewayTag> deleteById(String id) {
    Operation operation = Operation.on("delete tag " + id);
    return Deletions.unlessDoneBefore(
        () -> ScalewayMapper.tag(api.deleteTag(operation, id, null), operation));
  }

  void awaitGone(ImageRef image, String name, WaitOptions options) {
    Tag tag;
    try {
      tag = read(image, name);
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return;
    }
    awaitGone(idOf(tag), "tag " + name + " of " + image, options);
  }

  void awaitGoneById(String id, WaitOptions options) {
    awaitGone(id, "tag " + id, options);
  }

  private void awaitGone(String id, String what, WaitOptions options) {
    Deletions.awaitGone(
        what,
        () -> api.getTag(Operation.on("get " + what), id).getStatus(),
        options,
        configuration.time());
  }
}
