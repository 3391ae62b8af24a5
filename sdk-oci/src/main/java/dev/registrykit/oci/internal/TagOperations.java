package dev.registrykit.oci.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.WaitOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.deletion.TagDeletion;
import dev.registrykit.oci.internal.detail.DetailReader;
import dev.registrykit.oci.internal.detail.ImageDetails;
import dev.registrykit.oci.internal.detail.ListedTags;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.paging.DetailProgress;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import dev.registrykit.spi.support.Waiting;

/** What can be done with tags. */
final class TagOperations {

  private final OciConfiguration configuration;
  private final OciApi api;
  private final DetailReader details;
  private final ParallelReads reads;
  private final TagDeletion deletion;

  TagOperations(
      OciConfiguration configuration,
      OciApi api,
      DetailReader details,
      ParallelReads reads,
      TagDeletion deletion) {
    this.configuration = configuration;
    this.api = api;
    this.details = details;
    this.reads = reads;
    this.deletion = deletion;
  }

  PageFetcher<Tag> pages(ImageRef image, ListTagsOptions options, int pageSize) {
    Operation operation = Operation.onImage("list tags of " + image, image);
    return api.tagPages(operation, image, pageSize).startingAt(options.cursor());
  }

  /** Returns what fills in the details of listed tags. */
  ListedTags details(ImageRef image, DetailProgress progress) {
    return new ListedTags(
        api, details, reads, configuration.preset().readsByTag(), this::readOnce, image, progress);
  }

  Tag read(ImageRef image, String name) {
    Operation operation = Operation.onTag("get", image, name);
    OciManifest manifest = api.getManifest(operation, image, name);
    try {
      return tag(image, name, manifest, details.of(operation, image, manifest));
    } catch (NotFoundException e) {
      return readOnce(operation, image, name);
    }
  }

  /** Reads a tag of which a part was missing before: if it still is, the registry has lost it. */
  private Tag readOnce(Operation operation, ImageRef image, String name) {
    OciManifest manifest = api.getManifest(operation, image, name);
    try {
      return tag(image, name, manifest, details.of(operation, image, manifest));
    } catch (NotFoundException e) {
      throw operation.invalid(
          "a part of the image is missing: "
              + e.details().serverMessage().orElse("HTTP " + e.statusCode()),
          e);
    }
  }

  private static Tag tag(ImageRef image, String name, OciManifest manifest, ImageDetails read) {
    return Tag.builder(image, name)
        .digest(manifest.digest())
        .createdAt(read.createdAt())
        .sizeBytes(read.sizeBytes())
        .build();
  }

  String resolve(ImageRef image, String name) {
    return api.headManifest(Operation.onTag("resolve", image, name), image, name)
        .digest();
  }

  DeleteResult remove(ImageRef image, String name, DeleteOptions options) {
    return deletion.remove(image, name, options);
  }

  /** Returns what deletes each of many tags of one image. */
  TagDeletion deletionOf(BulkDeletion run) {
    return deletion.forMany(run);
  }

  void awaitGone(ImageRef image, String name, WaitOptions options) {
    Operation operation = Operation.onTag("get", image, name);
    Waiting.until(
        () -> isGone(operation, image, name),
        "wait until tag " + name + " of " + image + " is gone",
        options,
        configuration.time());
  }

  private boolean isGone(Operation operation, ImageRef image, String name) {
    try {
      api.headManifest(operation, image, name);
      return false;
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return true;
    }
  }
}
