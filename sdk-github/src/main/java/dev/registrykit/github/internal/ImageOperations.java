package dev.registrykit.github.internal;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.github.internal.deletion.Versions;
import dev.registrykit.github.internal.generated.model.PackageDocument;
import dev.registrykit.github.internal.wire.GithubApi;
import dev.registrykit.github.internal.wire.GithubMapper;
import dev.registrykit.github.internal.wire.Owners;
import dev.registrykit.github.internal.wire.PageNumbers;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import java.util.Objects;

/** What can be done with images. */
final class ImageOperations {

  private final String owner;
  private final GithubApi api;
  private final Owners owners;
  private final Versions versions;

  ImageOperations(String owner, GithubApi api, Owners owners, Versions versions) {
    this.owner = owner;
    this.api = api;
    this.owners = owners;
    this.versions = versions;
  }

  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    Operation operation = Operation.on("list images");
    return new PageNumbers<PackageDocument, Image>(
            operation,
            ListingCursors.of("github", "packages", owner, pageSize),
            page -> api.listPackages(operation, owners.owner(operation), page, pageSize),
            pageSize,
            document -> Objects.requireNonNullElse(document.getId(), 0L),
            documents -> documents.stream()
                .map(document -> GithubMapper.image(owner, document, operation))
                .toList())
        .startingAt(options.cursor());
  }

  Image read(ImageRef image) {
    return read(Operation.onImage("get image " + image, image), image);
  }

  private Image read(Operation operation, ImageRef image) {
    PackageDocument document = api.getPackage(operation, owners.owner(operation), image);
    Image read = GithubMapper.image(owner, document, operation);
    if (!read.ref().path().equalsIgnoreCase(image.path())) {
      throw operation.invalid("GitHub sent another package than asked for");
    }
    return read;
  }

  /** A 404 to a deletion is also what one hears who may not delete; only a look tells. */
  DeleteResult remove(ImageRef image) {
    Operation operation = Operation.onImage("delete image " + image, image);
    try {
      api.deletePackage(operation, owners.owner(operation), image);
    } catch (NotFoundException e) {
      throw missing(operation, image, e);
    }
    return DeleteResult.of(DeleteOutcome.DELETED, null);
  }

  private RuntimeException missing(Operation operation, ImageRef image, NotFoundException e) {
    try {
      read(operation, image);
    } catch (ImageNotFoundException proof) {
      return new ImageNotFoundException(
          image, proof.details().toBuilder().answerWasLost(e.answerWasLost()).build());
    }
    return versions.explained(e);
  }
}
