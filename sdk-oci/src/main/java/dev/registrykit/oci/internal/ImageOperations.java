package dev.registrykit.oci.internal;

import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.internal.deletion.ImageDeletion;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.JsonPage;
import dev.registrykit.oci.internal.wire.LinkedPages;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.oci.internal.wire.PageLinks;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done with images, which are repositories here. */
final class ImageOperations {

  /** The catalogue is Docker's and no part of the specification, so a registry may lack it. */
  private static final Set<Integer> NO_CATALOGUE = Set.of(404, 405, 501);

  private final OciConfiguration configuration;
  private final OciApi api;
  private final TaggedManifests tagged;
  private final ImageDeletion deletion;

  ImageOperations(
      OciConfiguration configuration, OciApi api, TaggedManifests tagged, ImageDeletion deletion) {
    this.configuration = configuration;
    this.api = api;
    this.tagged = tagged;
    this.deletion = deletion;
  }

  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    Operation operation = Operation.on("list images");
    LinkedPages<Image> pages = new LinkedPages<>(
        operation,
        PageLinks.ofImages(configuration.baseUrl()),
        image -> image.ref().path(),
        configuration.httpOptions().maxPages(),
        page -> catalogue(operation, pageSize, page));
    return pages.startingAt(options.cursor());
  }

  /** Returns whether there is a catalogue; one request. */
  boolean hasCatalogue() {
    try {
      catalogue(Operation.on("find out whether images can be listed"), 1, null);
      return true;
    } catch (UnsupportedFeatureException e) {
      return false; // which is the answer to the question
    }
  }

  private JsonPage<List<Image>> catalogue(Operation operation, int pageSize, @Nullable URI page) {
    try {
      return api.listRepositories(operation, pageSize, page);
    } catch (RegistryServiceException e) {
      if (page == null && NO_CATALOGUE.contains(e.statusCode())) {
        throw operation.unsupported(
            "there is no catalogue of images at this address (HTTP " + e.statusCode() + ")",
            Feature.LIST_IMAGES,
            e);
      }
      throw e;
    }
  }

  /** An image is there if it has a tag: some registries go on naming one whose tags are gone. */
  Image read(ImageRef image) {
    Operation operation = Operation.onImage("get image " + image, image);
    if (!tagged.hasAny(operation, image)) {
      throw operation.missing("it has no tags");
    }
    return Image.builder(image).build();
  }

  DeleteResult remove(ImageRef image) {
    return deletion.remove(image);
  }
}
