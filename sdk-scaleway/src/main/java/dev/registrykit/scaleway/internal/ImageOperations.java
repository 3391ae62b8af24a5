package dev.registrykit.scaleway.internal;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayImageFilter;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.scaleway.internal.deletion.DeletionCheck;
import dev.registrykit.scaleway.internal.deletion.Deletions;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.UpdateImageRequest;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.scaleway.internal.wire.ImageQuery;
import dev.registrykit.scaleway.internal.wire.PageNumbers;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.ScalewayMapper;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ParallelReads;
import dev.registrykit.spi.support.ReadsAhead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be done with images. */
final class ImageOperations {

  private static final Set<Visibility> SETTABLE =
      Set.of(Visibility.INHERIT, Visibility.PUBLIC, Visibility.PRIVATE);

  private final ScalewayConfiguration configuration;
  private final ScalewayApi api;
  private final ImageIds ids;
  private final NamespaceNames names;
  private final ParallelReads reads;

  ImageOperations(
      ScalewayConfiguration configuration,
      ScalewayApi api,
      ImageIds ids,
      NamespaceNames names,
      ParallelReads reads) {
    this.configuration = configuration;
    this.api = api;
    this.ids = ids;
    this.names = names;
    this.reads = reads;
  }

  /** Returns the pages for the facade; the server filters by namespace and name where it can. */
  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    Operation operation = Operation.on("list images");
    String path = options.image().map(ImageRef::path).or(options::pathPrefix).orElse("");
    if (path.indexOf('/') < 0) {
      return numbers(ImageQuery.in(null, null, pageSize), "", operation)
          .startingAt(options.cursor());
    }
    String namespace = path.substring(0, path.indexOf('/'));
    String name = options.image().isPresent() ? path.substring(namespace.length() + 1) : null;
    numbers(ImageQuery.in(null, name, pageSize), namespace, operation).startingAt(options.cursor());
    return new NamespacePages(
        namespace,
        operation,
        id -> numbers(ImageQuery.in(id, name, pageSize), namespace, operation));
  }

  /** The images of a namespace, whose identifier may change while they are listed. */
  private final class NamespacePages implements PageFetcher<Image> {

    private final String namespace;
    private final Operation operation;
    private final Function<String, PageFetcher<Image>> byId;

    NamespacePages(
        String namespace, Operation operation, Function<String, PageFetcher<Image>> byId) {
      this.namespace = namespace;
      this.operation = operation;
      this.byId = byId;
    }

    /** Looks the namespace up if its page is empty: it may have been deleted and created again. */
    @Override
    public FetchedPage<Image> fetch(@Nullable String cursor) {
      Function<String, FetchedPage<Image>> fetch = id -> {
        names.keep(id, namespace);
        return byId.apply(id).fetch(cursor);
      };
      Optional<String> kept = ids.keptNamespaceId(namespace);
      Optional<FetchedPage<Image>> page = kept.flatMap(id -> unlessMissing(fetch, id));
      if (page.isPresent() && !page.get().items().isEmpty()) {
        return page.get();
      }
      Optional<String> current = ids.findNamespace(namespace, operation).map(ScalewayNamespace::id);
      if (current.isEmpty()) {
        return new FetchedPage<>(List.of(), null, 0L);
      }
      return current.equals(kept) && page.isPresent() ? page.get() : fetch.apply(current.get());
    }

    @Override
    public Optional<PageFetcher<Image>> requestingAhead(
        int pages, ReadsAhead ahead, OperationRunner operations) {
      Map<String, PageFetcher<Image>> kept = new HashMap<>();
      return Optional.of(new NamespacePages(
          namespace,
          operation,
          id -> kept.computeIfAbsent(
              id,
              each -> byId.apply(each).requestingAhead(pages, ahead, operations).orElseThrow())));
    }
  }

  private static <T> Optional<T> unlessMissing(Function<String, T> action, String id) {
    try {
      return Optional.of(action.apply(id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private PageNumbers<ScwImage, Image> numbers(
      ImageQuery query, String scope, Operation operation) {
    return new PageNumbers<>(
        operation,
        api.cursors("images", scope, query.name(), query.orderBy(), query.pageSize()),
        page -> api.listImages(operation, page, query),
        query.pageSize(),
        ScwImage::getId,
        images -> named(images, operation));
  }

  private List<Image> named(List<ScwImage> images, Operation operation) {
    List<ScalewayImage> known =
        images.stream().map(image -> ScalewayMapper.image(image, operation)).toList();
    Map<String, String> namespaces = names.of(
        known.stream().map(ScalewayImage::namespaceId).collect(Collectors.toSet()), operation);
    List<Image> named = new ArrayList<>();
    for (ScwImage image : images) {
      String namespace = namespaces.get(image.getNamespaceId());
      if (namespace != null) {
        named.add(ScalewayMapper.image(ref(namespace, image, operation), image, operation));
      }
    }
    return named;
  }

  /** Keeps the registry's own name even where we would not send it; using it is refused then. */
  private static ImageRef ref(String namespace, ScwImage image, Operation operation) {
    String name = ScalewayMapper.required(image.getName(), "image", "name", operation);
    return ImageRef.asListed(namespace + "/" + name);
  }

  Image read(ImageRef image) {
    Operation operation = Operation.onImage("get image " + image, image);
    return ScalewayMapper.image(image, ids.lookUpImage(image, operation), operation);
  }

  DeleteResult remove(ImageRef image) {
    Operation operation = Operation.onImage("delete image " + image, image);
    ids.withImageId(image, operation, id -> api.deleteImage(operation, id));
    ids.forget(image);
    return DeleteResult.of(DeleteOutcome.ACCEPTED, null);
  }

  PagedIterable<ScalewayImage> list(ScalewayImageFilter filter) {
    ImageQuery query = new ImageQuery(
        filter.pageSize(),
        filter.order().name().toLowerCase(Locale.ROOT),
        filter.namespaceId().orElse(null),
        filter.name().orElse(null),
        filter.organizationId().orElse(null),
        filter.projectId().orElse(null));
    Operation operation = Operation.on("list Scaleway images");
    PageNumbers<ScwImage, ScalewayImage> pages = new PageNumbers<>(
        operation,
        api.cursors(query),
        page -> api.listImages(operation, page, query),
        query.pageSize(),
        ScwImage::getId,
        answers ->
            answers.stream().map(each -> ScalewayMapper.image(each, operation)).toList());
    return api.listing(
        pages,
        filter.cursor(),
        ScalewayImage::id,
        image -> filter.name().map(image.name()::equals).orElse(true),
        listing -> listing.readingAhead(filter.pagesAhead(), reads));
  }

  ScalewayImage getById(String id) {
    Operation operation = Operation.on("get image " + id);
    return ScalewayMapper.image(api.getImage(operation, id), operation);
  }

  ScalewayImage setVisibility(ImageRef image, Visibility visibility) {
    UpdateImageRequest request = request(visibility);
    Operation operation = Operation.onImage("set visibility of " + image, image);
    return ids.withImageId(
        image,
        operation,
        id -> ScalewayMapper.image(api.updateImage(operation, id, request), operation));
  }

  ScalewayImage setVisibilityById(String id, Visibility visibility) {
    Operation operation = Operation.on("set visibility of image " + id);
    return ScalewayMapper.image(api.updateImage(operation, id, request(visibility)), operation);
  }

  /** Always sets the visibility: without it, the generated model would send a default of its own. */
  private static UpdateImageRequest request(Visibility visibility) {
    if (!SETTABLE.contains(visibility)) {
      throw new IllegalArgumentException("an image is inherit, public or private");
    }
    return new UpdateImageRequest().visibility(visibility.text());
  }

  DeleteResult deleteById(String id) {
    Operation operation = Operation.on("delete image " + id);
    return Deletions.delete(Resource.IMAGE, () -> api.deleteImage(operation, id));
  }

  void awaitGone(ImageRef image, WaitOptions options) {
    Operation operation = Operation.onImage("wait until image " + image + " is gone", image);
    deletionCheck(operation).await(() -> find(image, operation), options, configuration.time());
    ids.forget(image);
  }

  private Optional<ScalewayImage> find(ImageRef image, Operation operation) {
    try {
      return Optional.of(ScalewayMapper.image(ids.lookUpImage(image, operation), operation));
    } catch (ImageNotFoundException e) {
      return Optional.empty();
    }
  }

  void awaitGoneById(String id, WaitOptions options) {
    deletionCheck(Operation.on("wait until image " + id + " is gone"))
        .await(id, options, configuration.time());
  }

  private DeletionCheck<ScalewayImage> deletionCheck(Operation operation) {
    return new DeletionCheck<>(
        operation,
        Resource.IMAGE,
        ScalewayImage::id,
        ScalewayImage::status,
        id -> ScalewayMapper.image(api.getImage(operation, id), operation),
        seen -> ids.listed(seen.namespaceId(), seen.name(), operation).stream()
            .anyMatch(listed -> seen.id().equals(listed.getId())),
        api.operations());
  }
}
