package dev.registrykit.oci.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.ImagePartlyDeletedException;
import dev.registrykit.oci.internal.generated.model.RepositoryList;
import dev.registrykit.spi.FetchedPage;
import dev.registrykit.spi.Intent;
import dev.registrykit.spi.PageFetcher;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done with images, which are repositories here. */
final class ImageOperations {

  /** The catalogue is Docker's and no part of the specification, so a registry may lack it. */
  private static final Set<Integer> NO_CATALOGUE = Set.of(404, 405, 501);

  private final OciConfiguration configuration;
  private final OciApi api;
  private final TaggedManifests tagged;
  private final DeletionProbe probe;
  private final Disappearance disappearance;

  ImageOperations(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      DeletionProbe probe,
      Disappearance disappearance) {
    this.configuration = configuration;
    this.api = api;
    this.tagged = tagged;
    this.probe = probe;
    this.disappearance = disappearance;
  }

  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    Intent intent = Intent.on("list images");
    PageLinks links = new PageLinks(configuration.baseUrl(), "images");
    options.cursor().map(PageCursor::value).ifPresent(links::parse);
    return cursor -> {
      URI page = cursor == null ? null : links.parse(cursor);
      JsonPage<RepositoryList> answer = catalogue(intent, pageSize, page);
      return new FetchedPage<>(OciMapper.images(answer.body()), links.format(answer.next()), null);
    };
  }

  private JsonPage<RepositoryList> catalogue(Intent intent, int pageSize, @Nullable URI page) {
    try {
      return api.listRepositories(intent, pageSize, page);
    } catch (RegistryServiceException e) {
      if (page == null && NO_CATALOGUE.contains(e.statusCode())) {
        throw new UnsupportedFeatureException(
            intent.description() + " failed: there is no catalogue of images at this address (HTTP "
                + e.statusCode() + ")",
            e);
      }
      throw e;
    }
  }

  /** An image is there if it has a tag: some registries go on naming one whose tags are gone. */
  Image read(ImageRef image) {
    Intent intent = Intent.onImage("get image " + image, image);
    if (!tagged.hasAny(intent, image)) {
      throw intent.missing("it has no tags");
    }
    return Image.builder(image).build();
  }

  DeleteResult remove(ImageRef image) {
    Intent intent = Intent.onImage("delete image " + image, image);
    Map<String, ManifestHead> heads = tagged.heads(intent, image);
    if (heads.isEmpty()) {
      throw intent.missing("it has no tags");
    }
    Map<String, Set<String>> parts = tagged.partsOfIndexes(intent, image, heads);
    probe.requireEnabled(intent, image);
    List<String> deleted = new ArrayList<>();
    try {
      for (String digest : inOrder(heads, parts)) {
        delete(intent, image, digest, TaggedManifests.pointingTo(digest, heads));
        deleted.add(digest);
      }
    } catch (RegistryException e) {
      throw deleted.isEmpty() ? e : new ImagePartlyDeletedException(image, deleted, e);
    }
    boolean isGone = heads.entrySet().stream()
        .allMatch(entry -> disappearance.outcome(
                intent, image, entry.getKey(), entry.getValue().digest())
            == DeleteOutcome.DELETED);
    return DeleteResult.of(isGone ? DeleteOutcome.DELETED : DeleteOutcome.ACCEPTED, null);
  }

  /** Indexes go before what they list: some registries protect the parts of an index. */
  private static Set<String> inOrder(
      Map<String, ManifestHead> heads, Map<String, Set<String>> parts) {
    Set<String> allParts = new LinkedHashSet<>();
    parts.values().forEach(allParts::addAll);
    Set<String> ordered = new LinkedHashSet<>(parts.keySet());
    ordered.removeAll(allParts); // an index in an index comes after that
    heads.values().stream().map(ManifestHead::digest).forEach(ordered::add);
    ordered.removeAll(allParts);
    ordered.addAll(allParts);
    return ordered;
  }

  private void delete(Intent intent, ImageRef image, String digest, List<String> tags) {
    Intent step = Intent.on(intent.description());
    try {
      api.deleteManifest(step, image, digest);
    } catch (NotFoundException e) {
      // Gone with another, or Quay's, which forgets a manifest with its last tag.
    } catch (ConflictException e) {
      // Google's registry wants the tags gone first.
      tags.forEach(tag -> unlessGone(() -> api.deleteManifest(step, image, tag)));
      unlessGone(() -> api.deleteManifest(step, image, digest));
    } catch (RegistryServiceException e) {
      if (DeletionAnswer.of(e) == DeletionAnswer.UNSUPPORTED) {
        throw probe.disabled(intent, e);
      }
      throw e;
    }
  }

  private static void unlessGone(Runnable deletion) {
    try {
      deletion.run();
    } catch (NotFoundException e) {
      // which is what was wanted
    }
  }
}
