package dev.registrykit.scaleway.internal;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.internal.generated.model.ListImagesResponse;
import dev.registrykit.scaleway.internal.generated.model.ListNamespacesResponse;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.spi.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the identifiers of namespaces and images by their names, and keeps them until one turns out
 * to be gone. Thread-safe; two threads may look the same name up at once.
 */
final class ImageIds {

  /** Enough for any registry; beyond it the names are looked up anew. */
  static final int MAX_KEPT = 10_000;

  private final ScalewayApi api;
  private final Map<String, String> namespaceIds = new ConcurrentHashMap<>();
  private final Map<ImageRef, String> imageIds = new ConcurrentHashMap<>();

  ImageIds(ScalewayApi api) {
    this.api = api;
  }

  /** Does something with an image's identifier, again with a new one if a kept one is gone. */
  <T> T withImageId(ImageRef image, Operation operation, Function<String, T> action) {
    return withId(imageIds, image, () -> idOf(lookUpImage(image, operation), operation), action);
  }

  /** Does something with a namespace's identifier, again with a new one if a kept one is gone. */
  <T> T withNamespaceId(String namespace, Operation operation, Function<String, T> action) {
    return withId(namespaceIds, namespace, () -> lookUpNamespaceId(namespace, operation), action);
  }

  private static <K, T> T withId(
      Map<K, String> ids, K key, Supplier<String> lookUp, Function<String, T> action) {
    String kept = ids.get(key);
    if (kept == null) {
      return action.apply(lookUp.get());
    }
    try {
      return action.apply(kept);
    } catch (NotFoundException e) {
      ids.remove(key, kept);
      if (e.answerWasLost()) {
        throw e; // what is gone is gone by our own hand
      }
      return action.apply(lookUp.get());
    }
  }

  /**
   * Looks an image up, with one request if its namespace is known, else with two. A namespace that
   * was deleted and made anew has another identifier, and its images are not found by the old one.
   */
  ScwImage lookUpImage(ImageRef image, Operation operation) {
    String namespace = namespaceOf(image);
    String kept = namespaceIds.get(namespace);
    Optional<ScwImage> found = kept == null ? Optional.empty() : findIn(kept, image, operation);
    if (found.isEmpty()) {
      String searched = namespaceIds.get(namespace);
      String current = lookUpNamespaceId(namespace, operation);
      if (!current.equals(searched)) {
        found = find(image, current, operation);
      }
    }
    ScwImage answer = found.orElseThrow(() -> operation.missing("there is no such image"));
    keep(imageIds, image, idOf(answer, operation));
    return answer;
  }

  /** What was never recorded is whether a namespace that is gone lists no images, or answers 404. */
  private Optional<ScwImage> findIn(String keptNamespaceId, ImageRef image, Operation operation) {
    try {
      return find(image, keptNamespaceId, operation);
    } catch (NotFoundException e) {
      namespaceIds.remove(namespaceOf(image), keptNamespaceId);
      return Optional.empty();
    }
  }

  private Optional<ScwImage> find(ImageRef image, String namespaceId, Operation operation) {
    String name = image.path().substring(namespaceOf(image).length() + 1);
    ImageQuery query = ImageQuery.in(namespaceId, name, PageNumbers.MAX_PAGE_SIZE);
    ListImagesResponse answer = api.listImages(lookUp(operation), 1, query);
    return present(answer.getImages(), answer.getTotalCount(), operation)
        .filter(found -> name.equals(found.getName()))
        .filter(found -> namespaceId.equals(found.getNamespaceId()))
        .min(Comparator.comparing(found -> isDeleting(found.getStatus())));
  }

  private String lookUpNamespaceId(String namespace, Operation operation) {
    return findNamespace(namespace, operation)
        .map(ScalewayNamespace::id)
        .orElseThrow(() -> operation.missing("there is no namespace " + namespace));
  }

  /** Looks a namespace up, with one request. */
  Optional<ScalewayNamespace> findNamespace(String namespace, Operation operation) {
    ListNamespacesResponse response =
        api.listNamespaces(lookUp(operation), 1, NamespaceQuery.named(namespace));
    Optional<ScalewayNamespace> found = present(
            response.getNamespaces(), response.getTotalCount(), operation)
        .map(answer -> ScalewayMapper.namespace(answer, operation))
        .filter(answer -> answer.name().equals(namespace))
        .min(Comparator.comparing(answer -> answer.status().equals(Status.DELETING)));
    found.ifPresent(answer -> keep(namespaceIds, namespace, answer.id()));
    return found;
  }

  /** Returns the identifier a namespace had when it was last looked up, if that is kept. */
  Optional<String> keptNamespaceId(String namespace) {
    return Optional.ofNullable(namespaceIds.get(namespace));
  }

  /** A 404 to a listing means a wrong address, never that the thing looked for is missing. */
  private static Operation lookUp(Operation operation) {
    return Operation.on(operation.description());
  }

  void forget(ImageRef image) {
    imageIds.remove(image);
  }

  void forgetNamespace(String namespace) {
    namespaceIds.remove(namespace);
    imageIds.keySet().removeIf(image -> namespaceOf(image).equals(namespace));
  }

  static String namespaceOf(ImageRef image) {
    return image.path().substring(0, image.path().indexOf('/'));
  }

  static String idOf(ScwImage image, Operation operation) {
    return ScalewayMapper.required(image.getId(), "image", "id", operation);
  }

  private static boolean isDeleting(@Nullable String status) {
    return "deleting".equals(status);
  }

  /** An object with neither items nor their count is somebody else's, such as a portal's. */
  private static <T> Stream<T> present(
      @Nullable List<@Nullable T> items, @Nullable Long totalCount, Operation operation) {
    boolean isEmpty = items == null || items.isEmpty();
    if (isEmpty && totalCount == null) {
      throw operation.invalid("the answer has neither items nor a count of them");
    }
    return items == null ? Stream.empty() : items.stream().filter(Objects::nonNull);
  }

  private static <K> void keep(Map<K, String> ids, K key, String id) {
    if (ids.size() >= MAX_KEPT) {
      ids.clear();
    }
    ids.put(key, id);
  }
}
