package dev.registrykit.scaleway.internal;

import dev.registrykit.DeleteResult;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.ImageFilter;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.scaleway.internal.PageNumbers.NumberedPage;
import dev.registrykit.scaleway.internal.generated.model.ListImagesResponse;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.UpdateImageRequest;
import dev.registrykit.spi.FetchedPage;
import dev.registrykit.spi.Intent;
import dev.registrykit.spi.Listing;
import dev.registrykit.spi.PageFetcher;
import dev.registrykit.spi.Pages;
import java.util.ArrayList;
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

  ImageOperations(
      ScalewayConfiguration configuration, ScalewayApi api, ImageIds ids, NamespaceNames names) {
    this.configuration = configuration;
    this.api = api;
    this.ids = ids;
    this.names = names;
  }

  /** Returns the pages for the facade; the server filters by namespace and name where it can. */
  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    Intent intent = Intent.on("list images");
    String path = options.image().map(ImageRef::path).or(options::pathPrefix).orElse("");
    if (path.indexOf('/') < 0) {
      return numbers(ImageQuery.in(null, null, pageSize), "", intent).startingAt(options.cursor());
    }
    String namespace = path.substring(0, path.indexOf('/'));
    String name = options.image().isPresent() ? path.substring(namespace.length() + 1) : null;
    numbers(ImageQuery.in(null, name, pageSize), namespace, intent).startingAt(options.cursor());
    return cursor -> inNamespace(namespace, name, pageSize, cursor, intent);
  }

  /** An empty page may mean that the identifier kept is of a namespace made anew since. */
  private FetchedPage<Image> inNamespace(
      String namespace,
      @Nullable String name,
      int pageSize,
      @Nullable String cursor,
      Intent intent) {
    Function<String, FetchedPage<Image>> fetch = id -> {
      names.keep(id, namespace);
      return numbers(ImageQuery.in(id, name, pageSize), namespace, intent).fetch(cursor);
    };
    Optional<String> kept = ids.keptNamespaceId(namespace);
    Optional<FetchedPage<Image>> page = kept.flatMap(id -> unlessMissing(fetch, id));
    if (page.isPresent() && !page.get().items().isEmpty()) {
      return page.get();
    }
    Optional<String> current = ids.findNamespace(namespace, intent).map(ScalewayNamespace::id);
    if (current.isEmpty()) {
      return new FetchedPage<>(List.of(), null, 0L);
    }
    return current.equals(kept) && page.isPresent() ? page.get() : fetch.apply(current.get());
  }

  private static <T> Optional<T> unlessMissing(Function<String, T> action, String id) {
    try {
      return Optional.of(action.apply(id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private PageNumbers<ScwImage, Image> numbers(ImageQuery query, String scope, Intent intent) {
    return new PageNumbers<>(
        intent.description(),
        PageNumbers.options(query.orderBy(), query.pageSize(), scope, query.name()),
        page -> numbered(api.listImages(intent, page, query)),
        images -> named(images, intent));
  }

  private static NumberedPage<ScwImage> numbered(ListImagesResponse response) {
    return new NumberedPage<>(response.getImages(), response.getTotalCount());
  }

  private List<Image> named(List<ScwImage> images, Intent intent) {
    List<ScalewayImage> known =
        images.stream().map(image -> ScalewayMapper.image(image, intent)).toList();
    Map<String, String> namespaces = names.of(
        known.stream().map(ScalewayImage::namespaceId).collect(Collectors.toSet()), intent);
    List<Image> named = new ArrayList<>();
    for (ScwImage image : images) {
      String namespace = namespaces.get(image.getNamespaceId());
      if (namespace != null) {
        named.add(ScalewayMapper.image(ref(namespace, image, intent), image, intent));
      }
    }
    return named;
  }

  private static ImageRef ref(String namespace, ScwImage image, Intent intent) {
    try {
      return ImageRef.of(namespace + "/" + image.getName());
    } catch (IllegalArgumentException e) {
      throw intent.invalid("the registry sent an image that has no valid name");
    }
  }

  Image read(ImageRef image) {
    Intent intent = Intent.onImage("get image " + image, image);
    return ScalewayMapper.image(image, ids.lookUpImage(image, intent), intent);
  }

  DeleteResult remove(ImageRef image) {
    Intent intent = Intent.onImage("delete image " + image, image);
    ScwImage deleted = ids.withImageId(image, intent, id -> api.deleteImage(intent, id));
    ids.forget(image);
    return DeleteResult.of(Deletions.outcome(deleted.getStatus()), null);
  }

  PagedIterable<ScalewayImage> find(ImageFilter filter) {
    ImageQuery query = new ImageQuery(
        filter.pageSize(),
        filter.order().name().toLowerCase(Locale.ROOT),
        filter.namespaceId().orElse(null),
        filter.name().orElse(null),
        filter.organizationId().orElse(null),
        filter.projectId().orElse(null));
    Intent intent = Intent.on("find images");
    PageNumbers<ScwImage, ScalewayImage> pages = new PageNumbers<ScwImage, ScalewayImage>(
            intent.description(),
            PageNumbers.options(
                query.orderBy(),
                query.pageSize(),
                query.namespaceId(),
                query.name(),
                query.organizationId(),
                query.projectId()),
            page -> numbered(api.listImages(intent, page, query)),
            images -> images.stream()
                .map(image -> ScalewayMapper.image(image, intent))
                .toList())
        .startingAt(filter.cursor());
    return Pages.of(new Listing<>(
        intent.description(),
        pages,
        filter.cursor().map(PageCursor::value).orElse(null),
        ScalewayImage::id,
        image -> filter.name().map(image.name()::equals).orElse(true),
        configuration.httpOptions().maxPages()));
  }

  ScalewayImage getById(String id) {
    Intent intent = Intent.on("get image " + id);
    return ScalewayMapper.image(api.getImage(intent, id), intent);
  }

  ScalewayImage setVisibility(ImageRef image, Visibility visibility) {
    UpdateImageRequest request = request(visibility);
    Intent intent = Intent.onImage("set visibility of " + image, image);
    return ids.withImageId(
        image, intent, id -> ScalewayMapper.image(api.updateImage(intent, id, request), intent));
  }

  ScalewayImage setVisibilityById(String id, Visibility visibility) {
    Intent intent = Intent.on("set visibility of image " + id);
    return ScalewayMapper.image(api.updateImage(intent, id, request(visibility)), intent);
  }

  /** The visibility is always set: left out, the generated model would send the document's default. */
  private static UpdateImageRequest request(Visibility visibility) {
    if (!SETTABLE.contains(visibility)) {
      throw new IllegalArgumentException("an image is inherit, public or private");
    }
    return new UpdateImageRequest().visibility(visibility.text());
  }

  Optional<ScalewayImage> deleteById(String id) {
    Intent intent = Intent.on("delete image " + id);
    return Deletions.unlessDoneBefore(
        () -> ScalewayMapper.image(api.deleteImage(intent, id), intent));
  }

  void awaitGone(ImageRef image, WaitOptions options) {
    Intent intent = Intent.onImage("wait until image " + image + " is gone", image);
    String id;
    try {
      id = ImageIds.idOf(ids.lookUpImage(image, intent), intent);
    } catch (ImageNotFoundException e) {
      return;
    }
    awaitGone(id, "image " + image, options);
    ids.forget(image);
  }

  void awaitGoneById(String id, WaitOptions options) {
    awaitGone(id, "image " + id, options);
  }

  private void awaitGone(String id, String what, WaitOptions options) {
    Deletions.awaitGone(
        what,
        left -> api.getImage(Intent.on("get " + what).within(left), id).getStatus(),
        options,
        configuration.time());
  }
}
