package dev.registrykit.blaxel.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.BlaxelImageFilter;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.blaxel.CreateImageOptions;
import dev.registrykit.blaxel.CreatedImage;
import dev.registrykit.blaxel.ImageShare;
import dev.registrykit.blaxel.PendingShare;
import dev.registrykit.blaxel.PurgeResult;
import dev.registrykit.blaxel.ShareDirection;
import dev.registrykit.blaxel.ShareResult;
import dev.registrykit.blaxel.internal.auth.AccessTokens;
import dev.registrykit.blaxel.internal.auth.ApiKey;
import dev.registrykit.blaxel.internal.auth.ClientSecret;
import dev.registrykit.blaxel.internal.wire.ApiVersion;
import dev.registrykit.blaxel.internal.wire.BlaxelApi;
import dev.registrykit.blaxel.internal.wire.Checks;
import dev.registrykit.blaxel.internal.wire.CursorPages;
import dev.registrykit.blaxel.internal.wire.ResourceTypes;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Credentials;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks arguments and hands over to the operations on images, tags and shares. */
public final class DefaultBlaxelRegistry extends AbstractRegistry implements BlaxelRegistry {

  static final String PROVIDER = "blaxel";

  private static final Set<Feature> FEATURES = Set.of(
      Feature.LIST_IMAGES,
      Feature.TAG_CREATED_AT,
      Feature.TAG_UPDATED_AT,
      Feature.TAG_SIZE,
      Feature.ORDER_BY_NAME,
      Feature.ORDER_BY_CREATED,
      Feature.ORDER_BY_UPDATED,
      Feature.ORDER_BY_CHANGED,
      Feature.SERVER_ORDER_BY_NAME,
      Feature.DELETE_TAG,
      Feature.DELETE_IMAGE);

  private final BlaxelConfiguration configuration;
  private final Transport transport;
  private final ImageOperations images;
  private final TagOperations tags;
  private final ShareOperations shares;

  /** Makes a registry. Sends nothing. */
  public DefaultBlaxelRegistry(BlaxelConfiguration configuration) {
    // No hosts: the vendor's registry hosts go with workspace/name, which is no path of this API.
    super(ProviderTraits.builder(PROVIDER)
        .features(featuresOf(configuration.apiVersion()))
        .maxPageSize(CursorPages.MAX_PAGE_SIZE)
        .maxPages(configuration.httpOptions().maxPages())
        .build());
    this.configuration = configuration;
    ServiceTraits service = ServiceTraits.of(configuration.baseUrl(), "registrykit-blaxel")
        .showingParameters("direction", "limit", "name", "q", "sort", "sourceWorkspace");
    Transport anonymous = new Transport(service, configuration.httpOptions(), configuration.time());
    this.transport = anonymous.with(credentials(configuration, anonymous));
    BlaxelApi api = api(configuration, transport);
    this.images = new ImageOperations(configuration, api);
    this.tags = new TagOperations(configuration, api, images, reads());
    this.shares = new ShareOperations(api, images.absence());
  }

  /** In which order older versions send tags is not said. */
  private static Set<Feature> featuresOf(ApiVersion version) {
    Set<Feature> features = EnumSet.copyOf(FEATURES);
    if (!version.hasPages()) {
      features.remove(Feature.SERVER_ORDER_BY_NAME);
    }
    return features;
  }

  private static Credentials credentials(BlaxelConfiguration configuration, Transport anonymous) {
    if (configuration.apiKey() != null) {
      return new ApiKey(configuration.apiKey());
    }
    ClientSecret client = Objects.requireNonNull(configuration.client(), "client");
    BlaxelApi tokens = api(configuration, anonymous.with(client));
    return new AccessTokens(client, tokens::getToken, configuration.time());
  }

  private static BlaxelApi api(BlaxelConfiguration configuration, Transport transport) {
    return new BlaxelApi(
        transport, configuration.baseUrl(), configuration.apiVersion(), configuration.workspace());
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
  protected String canonicalPath(String path) {
    return ResourceTypes.canonicalPath(path);
  }

  @Override
  protected void requireImagePath(ImageRef image) {
    ResourceTypes.requirePath(image);
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

  /** Tags have no identifiers here, so one that carries any is of another registry. */
  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    if (tag.providerId().isPresent()) {
      throw new IllegalArgumentException("a tag with an identifier is not of this registry");
    }
    return tags.remove(target(tag.image()), tag.name(), options);
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    return images.remove(image);
  }

  @Override
  public String workspace() {
    return configuration.workspace();
  }

  @Override
  public String apiVersion() {
    return configuration.apiVersion().text();
  }

  @Override
  public PagedIterable<BlaxelImage> listBlaxelImages(BlaxelImageFilter filter) {
    Objects.requireNonNull(filter, "filter");
    requireOpen();
    requirePages("list images by filter");
    return images.list(filter);
  }

  @Override
  public BlaxelImage describeImage(ImageRef image) {
    ImageRef target = target(image);
    return transport.operation(() -> images.describe(target));
  }

  @Override
  public BlaxelImage describeSharedImage(ImageRef image, String sourceWorkspace) {
    ImageRef target = target(image);
    Checks.otherWorkspace(sourceWorkspace);
    requirePages("read an image that another workspace shares");
    return transport.operation(() -> images.describeShared(target, sourceWorkspace));
  }

  @Override
  public PagedIterable<Tag> listSharedTags(
      ImageRef image, String sourceWorkspace, ListTagsOptions options) {
    ImageRef target = target(image);
    Checks.otherWorkspace(sourceWorkspace);
    Objects.requireNonNull(options, "options");
    int pageSize = requirePageSize(options.pageSize());
    requireOpen();
    requirePages("list the tags of an image that another workspace shares");
    requireOrderByName(options.order());
    return tags.listShared(target, sourceWorkspace, options, pageSize);
  }

  private void requirePages(String what) {
    if (!configuration.apiVersion().hasPages()) {
      throw unsupported(what, "version " + apiVersion() + " of Blaxel's API cannot do that");
    }
  }

  /** Tags of another workspace come as the server orders them, which is by name. */
  private static void requireOrderByName(TagOrder order) {
    switch (order) {
      case PROVIDER_DEFAULT, NAME_ASC, NAME_DESC -> {}
      case CREATED_ASC, CREATED_DESC, UPDATED_ASC, UPDATED_DESC, CHANGED_ASC, CHANGED_DESC ->
        throw unsupported(
            "order the tags of an image that another workspace shares by " + order,
            "the server orders them by name only");
    }
  }

  private static UnsupportedFeatureException unsupported(String what, String why) {
    ErrorDetails details =
        ErrorDetails.builder(what).serverMessage(why).attempts(0).build();
    return new UnsupportedFeatureException(details, null, null);
  }

  @Override
  public CreatedImage createImage(CreateImageOptions options) {
    Objects.requireNonNull(options, "options");
    ImageRef target = target(options.image());
    return transport.operation(() -> images.create(target, options));
  }

  @Override
  public BlaxelImage waitUntilBuilt(ImageRef image, WaitOptions options) {
    ImageRef target = target(image);
    Objects.requireNonNull(options, "options");
    return images.awaitBuilt(target, options);
  }

  @Override
  public PurgeResult purgeAllUnusedImagesOfWorkspace(String workspaceName) {
    Objects.requireNonNull(workspaceName, "workspaceName");
    if (!workspaceName.equals(workspace())) {
      throw new IllegalArgumentException(
          "this registry is of another workspace than the one named," + " so nothing is purged");
    }
    return transport.operation(() -> images.purge());
  }

  @Override
  public List<ImageShare> listShares(ImageRef image) {
    ImageRef target = target(image);
    return transport.operation(() -> shares.list(target));
  }

  /** Returns the image as {@link #target(ImageRef)} does, once it is known to mean all of it. */
  private ImageRef wholeImage(ImageRef image) {
    ImageRef target = target(image);
    if (image.tag().isPresent() || image.digest().isPresent()) {
      throw new IllegalArgumentException(
          image + " names a tag or a digest, but whole images are shared");
    }
    return target;
  }

  @Override
  public ShareResult shareImage(ImageRef image, String targetWorkspace) {
    ImageRef target = wholeImage(image);
    Checks.otherWorkspace(targetWorkspace);
    return transport.operation(() -> shares.share(target, targetWorkspace, null));
  }

  @Override
  public ShareResult shareImage(ImageRef image, String targetWorkspace, String targetAccountId) {
    ImageRef target = wholeImage(image);
    Checks.otherWorkspace(targetWorkspace);
    Checks.line(targetAccountId, "targetAccountId");
    return transport.operation(() -> shares.share(target, targetWorkspace, targetAccountId));
  }

  @Override
  public void unshareImage(ImageRef image, String targetWorkspace) {
    ImageRef target = wholeImage(image);
    Checks.otherWorkspace(targetWorkspace);
    transport.operation(() -> shares.unshare(target, targetWorkspace));
  }

  @Override
  public List<PendingShare> listPendingShares(ShareDirection direction) {
    Objects.requireNonNull(direction, "direction");
    return transport.operation(() -> shares.listPending(direction));
  }

  @Override
  public BlaxelImage acceptShare(String pendingShareId) {
    Checks.pendingShareId(pendingShareId);
    return transport.operation(() -> shares.accept(pendingShareId, false));
  }

  @Override
  public BlaxelImage acceptShareOverwritingTags(String pendingShareId) {
    Checks.pendingShareId(pendingShareId);
    return transport.operation(() -> shares.accept(pendingShareId, true));
  }

  @Override
  public void declineShare(String pendingShareId) {
    Checks.pendingShareId(pendingShareId);
    transport.operation(() -> shares.decline(pendingShareId));
  }

  @Override
  public void close() {
    transport.close();
  }

  /** Names provider, workspace and address, never the secret. */
  @Override
  public String toString() {
    return "BlaxelRegistry[workspace=" + workspace() + ", baseUrl=" + configuration.baseUrl() + "]";
  }
}
