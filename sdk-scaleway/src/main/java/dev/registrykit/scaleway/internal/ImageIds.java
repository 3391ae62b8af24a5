package dev.registrykit.scaleway.internal;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.internal.Absence.Thing;
import dev.registrykit.scaleway.internal.PageNumbers.NumberedPage;
import dev.registrykit.scaleway.internal.generated.model.ListImagesResponse;
import dev.registrykit.scaleway.internal.generated.model.ListNamespacesResponse;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.spi.support.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
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
    Supplier<String> lookUp = () -> idOf(lookUpImage(image, operation), operation);
    return new Identified<>(imageIds, image, Thing.IMAGE, operation, lookUp).use(action);
  }

  /** Does something with a namespace's identifier, again with a new one if a kept one is gone. */
  <T> T withNamespaceId(String namespace, Operation operation, Function<String, T> action) {
    Supplier<String> lookUp = () -> lookUpNamespaceId(namespace, operation);
    return new Identified<>(namespaceIds, namespace, Thing.NAMESPACE, operation, lookUp)
        .use(action);
  }

  /** A thing of a name, whose identifier may be kept. */
  private record Identified<K>(
      Map<K, String> ids, K key, Thing thing, Operation operation, Supplier<String> lookUp) {

    <T> T use(Function<String, T> action) {
      String kept = ids.get(key);
      String id = kept == null ? lookUp.get() : kept;
      try {
        return action.apply(id);
      } catch (NotFoundException e) {
        ids.remove(key, id);
        boolean isGoneSince = kept == null || e.answerWasLost();
        if (isGoneSince && Absence.isProvedBy(e, thing)) {
          throw e;
        }
        return action.apply(lookUpAnew(id, e));
      }
    }

    /** Returns its identifier as it is listed now; the 404 alone may be somebody else's. */
    private String lookUpAnew(String id, NotFoundException e) {
      String listed;
      try {
        listed = lookUp.get();
      } catch (NotFoundException missing) {
        boolean isByOurOwnHand = e.answerWasLost() && Absence.isProvedBy(missing, thing);
        throw isByOurOwnHand ? Absence.concluded(operation, e) : missing;
      }
      if (e.answerWasLost() && !listed.equals(id)) {
        throw Absence.concluded(operation, e); // another of that name was made since
      }
      return listed;
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
    return listed(namespaceId, name, operation).stream()
        .min(Comparator.comparing(found -> isDeleting(found.getStatus())));
  }

  /** Returns the images of that name in a namespace; a name may be there twice for a while. */
  List<ScwImage> listed(String namespaceId, String name, Operation operation) {
    ImageQuery query = ImageQuery.in(namespaceId, name, PageNumbers.MAX_PAGE_SIZE);
    return new PageNumbers<ScwImage, ScwImage>(
            operation,
            "",
            page -> numbered(api.listImages(operation, page, query)),
            ScwImage::getId,
            Function.identity())
        .listing(
            api,
            Optional.empty(),
            found -> idOf(found, operation),
            found -> name.equals(found.getName()) && namespaceId.equals(found.getNamespaceId()))
        .toList();
  }

  static NumberedPage<ScwImage> numbered(ListImagesResponse answer) {
    return NumberedPage.of(answer.getImages(), answer.getTotalCount());
  }

  private String lookUpNamespaceId(String namespace, Operation operation) {
    return findNamespace(namespace, operation)
        .map(ScalewayNamespace::id)
        .orElseThrow(() -> operation.missing("there is no namespace " + namespace));
  }

  /** Looks a namespace up, with one request. */
  Optional<ScalewayNamespace> findNamespace(String namespace, Operation operation) {
    NamespaceQuery query = NamespaceQuery.named(namespace);
    Optional<ScalewayNamespace> found = new PageNumbers<ScwNamespace, ScalewayNamespace>(
            operation,
            "",
            page -> numbered(api.listNamespaces(operation, page, query)),
            ScwNamespace::getId,
            answers -> answers.stream()
                .map(answer -> ScalewayMapper.namespace(answer, operation))
                .toList())
            .listing(
                api,
                Optional.empty(),
                ScalewayNamespace::id,
                answer -> answer.name().equals(namespace))
            .stream()
            .min(Comparator.comparing(answer -> answer.status().equals(Status.DELETING)));
    found.ifPresent(answer -> keep(namespaceIds, namespace, answer.id()));
    return found;
  }

  static NumberedPage<ScwNamespace> numbered(ListNamespacesResponse answer) {
    return NumberedPage.of(answer.getNamespaces(), answer.getTotalCount());
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

  private static <K> void keep(Map<K, String> ids, K key, String id) {
    if (ids.size() >= MAX_KEPT) {
      ids.clear();
    }
    ids.put(key, id);
  }
}
