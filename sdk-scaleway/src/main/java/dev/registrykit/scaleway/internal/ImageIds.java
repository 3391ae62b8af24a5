package dev.registrykit.scaleway.internal;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.scaleway.internal.wire.ImageQuery;
import dev.registrykit.scaleway.internal.wire.ListingDefaults;
import dev.registrykit.scaleway.internal.wire.NamespaceQuery;
import dev.registrykit.scaleway.internal.wire.PageNumbers;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.ScalewayMapper;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the identifiers of namespaces and images by their names, and keeps them until one turns out
 * to be gone. Thread-safe; threads that need the same identifier at once look it up once.
 */
final class ImageIds {

  /** More than any registry has; beyond it, those used last are kept. */
  static final int MAX_KEPT = 10_000;

  private final ScalewayApi api;
  private final LoadingCache<String, String> namespaceIds = new LoadingCache<>(MAX_KEPT);
  private final LoadingCache<ImageRef, String> imageIds = new LoadingCache<>(MAX_KEPT);

  ImageIds(ScalewayApi api) {
    this.api = api;
  }

  /** Uses an image's identifier; if the kept one is gone, looks it up and uses the new one. */
  <T> T withImageId(ImageRef image, Operation operation, Function<String, T> action) {
    Supplier<String> lookUp = () -> idOf(findImage(image, operation), operation);
    return new Identified<>(imageIds, image, Resource.IMAGE, operation, lookUp).use(action);
  }

  /** Uses a namespace's identifier; if the kept one is gone, looks it up and uses the new one. */
  <T> T withNamespaceId(String namespace, Operation operation, Function<String, T> action) {
    Supplier<String> lookUp = () -> findNamespaceId(namespace, operation);
    return new Identified<>(namespaceIds, namespace, Resource.NAMESPACE, operation, lookUp)
        .use(action);
  }

  /** A resource known by its name, whose identifier may be kept. */
  private record Identified<K>(
      LoadingCache<K, String> ids,
      K key,
      Resource resource,
      Operation operation,
      Supplier<String> lookUp) {

    <T> T use(Function<String, T> action) {
      String kept = ids.get(key);
      String id = kept == null ? ids.get(key, lookUp) : kept;
      try {
        return action.apply(id);
      } catch (NotFoundException e) {
        ids.remove(key, id);
        boolean isGoneSince = kept == null || e.answerWasLost();
        if (isGoneSince && Absence.isProvedBy(e, resource)) {
          throw e;
        }
        return action.apply(lookUpAnew(id, e));
      }
    }

    /** Looks the identifier up after a 404, which alone may come from anywhere on the way. */
    private String lookUpAnew(String id, NotFoundException e) {
      String listed;
      try {
        listed = ids.getOtherThan(id, key, lookUp);
      } catch (NotFoundException missing) {
        boolean isByOurOwnHand = e.answerWasLost() && Absence.isProvedBy(missing, resource);
        throw isByOurOwnHand ? Absence.notListedAnyMore(operation, e) : missing;
      }
      if (e.answerWasLost() && !listed.equals(id)) {
        throw Absence.notListedAnyMore(
            operation, e); // it was deleted, and another of this name created
      }
      return listed;
    }
  }

  /** Looks an image up, as {@link #findImage} does, and keeps its identifier. */
  ScwImage lookUpImage(ImageRef image, Operation operation) {
    ScwImage found = findImage(image, operation);
    imageIds.put(image, idOf(found, operation));
    return found;
  }

  /**
   * Looks an image up, with one request if its namespace is known, else with two. A namespace that
   * was deleted and created again has another identifier, and its images are not found by the old one.
   */
  private ScwImage findImage(ImageRef image, Operation operation) {
    String namespace = namespaceOf(image);
    String kept = namespaceIds.get(namespace);
    String searched = null;
    Optional<ScwImage> found = Optional.empty();
    if (kept != null) {
      try {
        found = find(image, kept, operation);
        searched = kept;
      } catch (NotFoundException e) {
        // Never recorded: whether a deleted namespace lists no images or answers 404.
        namespaceIds.remove(namespace, kept);
      }
    }
    if (found.isEmpty()) {
      String current =
          namespaceIds.getOtherThan(kept, namespace, () -> findNamespaceId(namespace, operation));
      if (!current.equals(searched)) {
        found = find(image, current, operation);
      }
    }
    return found.orElseThrow(() -> operation.missing("there is no such image"));
  }

  private Optional<ScwImage> find(ImageRef image, String namespaceId, Operation operation) {
    String name = image.path().substring(namespaceOf(image).length() + 1);
    return listed(namespaceId, name, operation).stream()
        .min(Comparator.comparing(found -> isDeleting(found.getStatus())));
  }

  /** Returns the images of that name in a namespace; two, if one is being deleted. */
  List<ScwImage> listed(String namespaceId, String name, Operation operation) {
    ImageQuery query = ImageQuery.in(namespaceId, name, ListingDefaults.MAX_PAGE_SIZE);
    PageNumbers<ScwImage, ScwImage> pages = new PageNumbers<>(
        operation,
        api.cursors(query),
        page -> api.listImages(operation, page, query),
        query.pageSize(),
        ScwImage::getId,
        Function.identity());
    return api.listing(
            pages,
            Optional.empty(),
            found -> idOf(found, operation),
            found -> name.equals(found.getName()) && namespaceId.equals(found.getNamespaceId()))
        .toList();
  }

  private String findNamespaceId(String namespace, Operation operation) {
    return findNamespace(namespace, operation)
        .map(ScalewayNamespace::id)
        .orElseThrow(() -> operation.missing("there is no namespace " + namespace));
  }

  /** Looks a namespace up, with one request, and keeps its identifier. */
  Optional<ScalewayNamespace> findNamespace(String namespace, Operation operation) {
    NamespaceQuery query = NamespaceQuery.named(namespace);
    PageNumbers<ScwNamespace, ScalewayNamespace> pages = new PageNumbers<>(
        operation,
        api.cursors(query),
        page -> api.listNamespaces(operation, page, query),
        query.pageSize(),
        ScwNamespace::getId,
        answers -> answers.stream()
            .map(each -> ScalewayMapper.namespace(each, operation))
            .toList());
    Optional<ScalewayNamespace> found = api
        .listing(
            pages,
            Optional.empty(),
            ScalewayNamespace::id,
            listed -> listed.name().equals(namespace))
        .stream()
        .min(Comparator.comparing(listed -> listed.status().equals(Status.DELETING)));
    found.ifPresent(listed -> namespaceIds.put(namespace, listed.id()));
    return found;
  }

  /** Returns the identifier a namespace had when it was last looked up, if that is kept. */
  Optional<String> keptNamespaceId(String namespace) {
    return Optional.ofNullable(namespaceIds.get(namespace));
  }

  void forget(ImageRef image) {
    imageIds.remove(image);
  }

  void forgetNamespace(String namespace) {
    namespaceIds.remove(namespace);
    imageIds.removeIf(image -> namespaceOf(image).equals(namespace));
  }

  static String namespaceOf(ImageRef image) {
    return image.path().substring(0, image.path().indexOf('/'));
  }

  private static String idOf(ScwImage image, Operation operation) {
    return ScalewayMapper.required(image.getId(), "image", "id", operation);
  }

  private static boolean isDeleting(@Nullable String status) {
    return "deleting".equals(status);
  }
}
