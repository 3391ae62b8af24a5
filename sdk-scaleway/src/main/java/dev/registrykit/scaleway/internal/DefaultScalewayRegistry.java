package dev.registrykit.scaleway.internal;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
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
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.scaleway.CreateNamespaceOptions;
import dev.registrykit.scaleway.ListNamespacesOptions;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayImageFilter;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.scaleway.ScalewayRegistryById;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.scaleway.internal.deletion.ManyTagsDeletion;
import dev.registrykit.scaleway.internal.wire.ListingDefaults;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.SecretKey;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TagsToDelete;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Checks arguments and calls the operations on namespaces, images and tags. */
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
  private final ScalewayRegistryById byId;

  /** Makes a registry. Sends nothing. */
  public DefaultScalewayRegistry(ScalewayConfiguration configuration) {
    super(ProviderTraits.builder(PROVIDER)
        .features(FEATURES)
        .hosts("rg." + configuration.region() + ".scw.cloud")
        .maxPageSize(ListingDefaults.MAX_PAGE_SIZE)
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
    this.namespaces = new NamespaceOperations(configuration, api, ids, reads());
    this.images = new ImageOperations(
        configuration, api, ids, new NamespaceNames(api, namespaces::all), reads());
    this.tags = new TagOperations(configuration, api, ids, reads());
    this.byId = new ByIdView(transport, namespaces, images, tags);
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
  protected RetryPolicy retryPolicy() {
    return transport.options().retryPolicy();
  }

  @Override
  protected TimeSource time() {
    return configuration.time();
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
  protected BulkDeleteResult removeTags(ImageRef image, TagsToDelete request) {
    BulkDeletion deletion = bulkDeletion(image, request);
    ManyTagsDeletion many = tags.many(image, deletion);
    if (deletion.once(many::look).isPresent()) {
      Function<String, Entry> remove = name -> Entry.deleted(
          name,
          unlessAbsent(deletion.options(), () -> many.remove(name, deletion.optionsFor(name))));
      deletion.each(many.oneOfEachDigest(deletion.tags()), remove);
      deletion.each(deletion.waiting(), remove);
    }
    BulkDeleteResult result = deletion.result();
    return many.isToBeLookedAt(result)
        ? deletion.once(() -> many.afterwards(result)).orElse(result)
        : result;
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
  public ScalewayRegistryById byId() {
    return byId;
  }

  @Override
  public ScalewayNamespace createNamespace(CreateNamespaceOptions options) {
    Objects.requireNonNull(options, "options");
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
    return transport.operation(() -> namespaces.get(name));
  }

  @Override
  public ScalewayNamespace updateNamespace(String name, UpdateNamespaceOptions options) {
    Checks.namespaceName(name);
    Objects.requireNonNull(options, "options");
    return transport.operation(() -> namespaces.update(name, options));
  }

  @Override
  public DeleteResult deleteNamespace(String name) {
    Checks.namespaceName(name);
    return transport.operation(() -> namespaces.delete(name));
  }

  @Override
  public void waitUntilNamespaceGone(String name, WaitOptions options) {
    Checks.namespaceName(name);
    Objects.requireNonNull(options, "options");
    namespaces.awaitGone(name, options);
  }

  @Override
  public PagedIterable<ScalewayImage> listScalewayImages(ScalewayImageFilter filter) {
    Objects.requireNonNull(filter, "filter");
    requireOpen();
    return images.list(filter);
  }

  @Override
  public ScalewayImage setVisibility(ImageRef image, Visibility visibility) {
    ImageRef target = target(image);
    Objects.requireNonNull(visibility, "visibility");
    return transport.operation(() -> images.setVisibility(target, visibility));
  }

  @Override
  protected void awaitImageGone(ImageRef image, WaitOptions options) {
    images.awaitGone(image, options);
  }

  @Override
  protected void awaitTagGone(ImageRef image, String tag, WaitOptions options) {
    tags.awaitGone(image, tag, options);
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
