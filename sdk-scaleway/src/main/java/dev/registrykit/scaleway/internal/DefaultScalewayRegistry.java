package dev.registrykit.scaleway.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.CreateNamespaceOptions;
import dev.registrykit.scaleway.ImageFilter;
import dev.registrykit.scaleway.ListNamespacesOptions;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.scaleway.ScalewayTag;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks arguments and hands over to the operations on namespaces, images and tags. */
public final class DefaultScalewayRegistry extends AbstractRegistry implements ScalewayRegistry {

  static final String PROVIDER = "scaleway";

  private static final Set<Feature> FEATURES = Set.of(
      Feature.LIST_IMAGES,
      Feature.TAG_DIGEST,
      Feature.TAG_CREATED_AT,
      Feature.TAG_UPDATED_AT,
      Feature.ORDER_BY_NAME,
      Feature.ORDER_BY_CREATED,
      Feature.ORDER_BY_UPDATED,
      Feature.ORDER_BY_CHANGED,
      Feature.SERVER_ORDER_BY_NAME,
      Feature.SERVER_ORDER_BY_CREATED,
      Feature.DELETE_TAG,
      Feature.DELETE_IMAGE,
      Feature.FORCE_DELETE,
      Feature.DELETE_ONLY_IF_DIGEST);

  private final ScalewayConfiguration configuration;
  private final Transport transport;
  private final NamespaceOperations namespaces;
  private final ImageOperations images;
  private final TagOperations tags;

  /** Makes a registry. Sends nothing. */
  public DefaultScalewayRegistry(ScalewayConfiguration configuration) {
    super(ProviderTraits.builder(PROVIDER)
        .features(FEATURES)
        .hosts("rg." + configuration.region() + ".scw.cloud")
        .maxPageSize(PageNumbers.MAX_PAGE_SIZE)
        .maxPages(configuration.httpOptions().maxPages())
        .build());
    this.configuration = configuration;
    ServiceTraits service = ServiceTraits.of(configuration.baseUrl(), "registrykit-scaleway")
        .showingHeaders(
            "x-envoy-ratelimited",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset")
        .showingParameters(
            "force",
            "name",
            "namespace_id",
            "order_by",
            "organization_id",
            "page",
            "page_size",
            "project_id");
    this.transport = new Transport(service, configuration.httpOptions(), configuration.time())
        .with(new SecretKey(configuration.secretKey()));
    ScalewayApi api = new ScalewayApi(
        transport,
        configuration.baseUrl().toString(),
        configuration.region(),
        configuration.time());
    ImageIds ids = new ImageIds(api);
    this.namespaces = new NamespaceOperations(configuration, api, ids);
    this.images =
        new ImageOperations(configuration, api, ids, new NamespaceNames(api, namespaces::all));
    this.tags = new TagOperations(configuration, api, ids);
  }

  @Override
  protected void requireOpen() {
    transport.requireOpen();
  }

  @Override
  protected OperationRunner operations() {
    return transport::operation;
  }

  @Override
  protected void requireImagePath(ImageRef image) {
    if (image.path().indexOf('/') < 0) {
      throw new IllegalArgumentException(
          "on Scaleway an image is namespace/image, not \"" + image.path() + "\"");
    }
    Checks.namespaceName(ImageIds.namespaceOf(image));
  }

  @Override
  protected PageFetcher<Image> imagePages(ListImagesOptions options, int pageSize) {
    return images.pages(options, pageSize);
  }

  @Override
  protected Image readImage(ImageRef image) {
    return images.read(image);
  }

  @Override
  protected PageFetcher<Tag> tagPages(ImageRef image, ListTagsOptions options, int pageSize) {
    return tags.pages(image, options, pageSize);
  }

  @Override
  protected Tag readTag(ImageRef image, String tag) {
    return tags.read(image, tag);
  }

  @Override
  protected DeleteResult removeTag(ImageRef image, String tag, DeleteOptions options) {
    return tags.remove(image, tag, options);
  }

  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    return tags.remove(tag, options);
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    return images.remove(image);
  }

  @Override
  public String region() {
    return configuration.region();
  }

  @Override
  public ScalewayNamespace createNamespace(CreateNamespaceOptions options) {
    Objects.requireNonNull(options, "options");
    requireOpen();
    return transport.operation(() -> namespaces.create(options));
  }

  @Override
  public PagedIterable<ScalewayNamespace> listNamespaces() {
    return listNamespaces(ListNamespacesOptions.defaults());
  }

  @Override
  public PagedIterable<ScalewayNamespace> listNamespaces(ListNamespacesOptions options) {
    Objects.requireNonNull(options, "options");
    requireOpen();
    return namespaces.list(options);
  }

  @Override
  public ScalewayNamespace getNamespace(String name) {
    Checks.namespaceName(name);
    requireOpen();
    return transport.operation(() -> namespaces.get(name));
  }

  @Override
  public ScalewayNamespace getNamespaceById(String namespaceId) {
    Checks.id(namespaceId, "namespace");
    requireOpen();
    return transport.operation(() -> namespaces.getById(namespaceId));
  }

  @Override
  public ScalewayNamespace updateNamespace(String name, UpdateNamespaceOptions options) {
    Checks.namespaceName(name);
    Objects.requireNonNull(options, "options");
    requireOpen();
    return transport.operation(() -> namespaces.update(name, options));
  }

  @Override
  public ScalewayNamespace updateNamespaceById(String namespaceId, UpdateNamespaceOptions options) {
    Checks.id(namespaceId, "namespace");
    Objects.requireNonNull(options, "options");
    requireOpen();
    return transport.operation(() -> namespaces.updateById(namespaceId, options));
  }

  @Override
  public Optional<ScalewayNamespace> deleteNamespace(String name) {
    Checks.namespaceName(name);
    requireOpen();
    return transport.operation(() -> namespaces.delete(name));
  }

  @Override
  public Optional<ScalewayNamespace> deleteNamespaceById(String namespaceId) {
    Checks.id(namespaceId, "namespace");
    requireOpen();
    return transport.operation(() -> namespaces.deleteById(namespaceId));
  }

  @Override
  public void waitUntilNamespaceGone(String name, WaitOptions options) {
    Checks.namespaceName(name);
    Objects.requireNonNull(options, "options");
    requireOpen();
    namespaces.awaitGone(name, options);
  }

  @Override
  public void waitUntilNamespaceGoneById(String namespaceId, WaitOptions options) {
    Checks.id(namespaceId, "namespace");
    Objects.requireNonNull(options, "options");
    requireOpen();
    namespaces.awaitGoneById(namespaceId, options);
  }

  @Override
  public PagedIterable<ScalewayImage> findImages(ImageFilter filter) {
    Objects.requireNonNull(filter, "filter");
    requireOpen();
    return images.find(filter);
  }

  @Override
  public ScalewayImage getImageById(String imageId) {
    Checks.id(imageId, "image");
    requireOpen();
    return transport.operation(() -> images.getById(imageId));
  }

  @Override
  public ScalewayImage setVisibility(ImageRef image, Visibility visibility) {
    ImageRef target = target(image);
    Objects.requireNonNull(visibility, "visibility");
    requireOpen();
    return transport.operation(() -> images.setVisibility(target, visibility));
  }

  @Override
  public ScalewayImage setVisibilityById(String imageId, Visibility visibility) {
    Checks.id(imageId, "image");
    Objects.requireNonNull(visibility, "visibility");
    requireOpen();
    return transport.operation(() -> images.setVisibilityById(imageId, visibility));
  }

  @Override
  public Optional<ScalewayImage> deleteImageById(String imageId) {
    Checks.id(imageId, "image");
    requireOpen();
    return transport.operation(() -> images.deleteById(imageId));
  }

  @Override
  protected void awaitImageGone(ImageRef image, WaitOptions options) {
    ImageRef target = target(image);
    Objects.requireNonNull(options, "options");
    requireOpen();
    images.awaitGone(target, options);
  }

  @Override
  public void waitUntilImageGoneById(String imageId, WaitOptions options) {
    Checks.id(imageId, "image");
    Objects.requireNonNull(options, "options");
    requireOpen();
    images.awaitGoneById(imageId, options);
  }

  @Override
  public PagedIterable<ScalewayTag> listTagsByImageId(String imageId, ListTagsOptions options) {
    Checks.id(imageId, "image");
    Objects.requireNonNull(options, "options");
    int pageSize = requirePageSize(options.pageSize());
    requireOpen();
    return tags.listByImageId(imageId, options, pageSize);
  }

  @Override
  public ScalewayTag getTagById(String tagId) {
    Checks.id(tagId, "tag");
    requireOpen();
    return transport.operation(() -> tags.getById(tagId));
  }

  @Override
  public DeleteResult deleteTagById(String tagId) {
    return deleteTagById(tagId, DeleteOptions.defaults());
  }

  @Override
  public DeleteResult deleteTagById(String tagId, DeleteOptions options) {
    Checks.id(tagId, "tag");
    Objects.requireNonNull(options, "options");
    requireOpen();
    return transport.operation(() -> tags.deleteById(tagId, options));
  }

  @Override
  protected void awaitTagGone(ImageRef image, String tag, WaitOptions options) {
    ImageRef target = target(image, tag);
    Objects.requireNonNull(options, "options");
    requireOpen();
    tags.awaitGone(target, tag, options);
  }

  @Override
  public void waitUntilTagGoneById(String tagId, WaitOptions options) {
    Checks.id(tagId, "tag");
    Objects.requireNonNull(options, "options");
    requireOpen();
    tags.awaitGoneById(tagId, options);
  }

  @Override
  public void close() {
    transport.close();
  }

  /** Names provider, region and address, never the secret. */
  @Override
  public String toString() {
    return "ScalewayRegistry[region=" + region() + ", baseUrl=" + configuration.baseUrl() + "]";
  }
}
