package dev.registrykit.scaleway.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PagedIterable;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.ScalewayRegistryById;
import dev.registrykit.scaleway.ScalewayTag;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.scaleway.internal.wire.ListingDefaults;
import dev.registrykit.spi.transport.Transport;
import java.util.Objects;

/** Checks identifiers and calls the operations on namespaces, images and tags. */
final class ByIdView implements ScalewayRegistryById {

  private final Transport transport;
  private final NamespaceOperations namespaces;
  private final ImageOperations images;
  private final TagOperations tags;

  ByIdView(
      Transport transport,
      NamespaceOperations namespaces,
      ImageOperations images,
      TagOperations tags) {
    this.transport = transport;
    this.namespaces = namespaces;
    this.images = images;
    this.tags = tags;
  }

  @Override
  public ScalewayNamespace getNamespace(String namespaceId) {
    Checks.id(namespaceId, "namespace");
    return transport.operation(() -> namespaces.getById(namespaceId));
  }

  @Override
  public ScalewayNamespace updateNamespace(String namespaceId, UpdateNamespaceOptions options) {
    Checks.id(namespaceId, "namespace");
    Objects.requireNonNull(options, "options");
    return transport.operation(() -> namespaces.updateById(namespaceId, options));
  }

  @Override
  public DeleteResult deleteNamespace(String namespaceId) {
    Checks.id(namespaceId, "namespace");
    return transport.operation(() -> namespaces.deleteById(namespaceId));
  }

  @Override
  public void waitUntilNamespaceGone(String namespaceId, WaitOptions options) {
    Checks.id(namespaceId, "namespace");
    Objects.requireNonNull(options, "options");
    namespaces.awaitGoneById(namespaceId, options);
  }

  @Override
  public ScalewayImage getImage(String imageId) {
    Checks.id(imageId, "image");
    return transport.operation(() -> images.getById(imageId));
  }

  @Override
  public ScalewayImage setVisibility(String imageId, Visibility visibility) {
    Checks.id(imageId, "image");
    Objects.requireNonNull(visibility, "visibility");
    return transport.operation(() -> images.setVisibilityById(imageId, visibility));
  }

  @Override
  public DeleteResult deleteImage(String imageId) {
    Checks.id(imageId, "image");
    return transport.operation(() -> images.deleteById(imageId));
  }

  @Override
  public void waitUntilImageGone(String imageId, WaitOptions options) {
    Checks.id(imageId, "image");
    Objects.requireNonNull(options, "options");
    images.awaitGoneById(imageId, options);
  }

  @Override
  public PagedIterable<ScalewayTag> listTags(String imageId, ListTagsOptions options) {
    Checks.id(imageId, "image");
    Objects.requireNonNull(options, "options");
    int pageSize = options.pageSize().orElse(ListingDefaults.MAX_PAGE_SIZE);
    Checks.pageSize(pageSize);
    transport.requireOpen();
    return tags.listByImageId(imageId, options, pageSize);
  }

  @Override
  public ScalewayTag getTag(String tagId) {
    Checks.id(tagId, "tag");
    return transport.operation(() -> tags.getById(tagId));
  }

  @Override
  public DeleteResult deleteTag(String tagId) {
    return deleteTag(tagId, DeleteOptions.defaults());
  }

  @Override
  public DeleteResult deleteTag(String tagId, DeleteOptions options) {
    Checks.id(tagId, "tag");
    Objects.requireNonNull(options, "options");
    if (!options.requiredDigests().isEmpty()) {
      throw new IllegalArgumentException("digests of many tags are required, but this is one tag");
    }
    return transport.operation(() -> tags.deleteById(tagId, options));
  }

  @Override
  public void waitUntilTagGone(String tagId, WaitOptions options) {
    Checks.id(tagId, "tag");
    Objects.requireNonNull(options, "options");
    tags.awaitGoneById(tagId, options);
  }

  /** Returns a name for logs. */
  @Override
  public String toString() {
    return "ScalewayRegistryById";
  }
}
