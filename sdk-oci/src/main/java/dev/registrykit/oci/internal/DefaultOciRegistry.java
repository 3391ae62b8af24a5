package dev.registrykit.oci.internal;

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
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciPreset;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.internal.Preset.WhoMayDelete;
import dev.registrykit.oci.internal.auth.OciCredentials;
import dev.registrykit.oci.internal.deletion.Capabilities;
import dev.registrykit.oci.internal.deletion.DeletionCheck;
import dev.registrykit.oci.internal.deletion.DeletionSupport;
import dev.registrykit.oci.internal.deletion.ImageDeletion;
import dev.registrykit.oci.internal.deletion.ManifestDeletion;
import dev.registrykit.oci.internal.deletion.PlaceholderDeletion;
import dev.registrykit.oci.internal.deletion.PlaceholderRemoval;
import dev.registrykit.oci.internal.deletion.RepositoryTurns;
import dev.registrykit.oci.internal.deletion.TagDeletion;
import dev.registrykit.oci.internal.detail.DetailReader;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.oci.internal.wire.RepositoryNames;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.DetailProgress;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TagsToDelete;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks arguments and hands over to the operations on images, tags and manifests. */
public final class DefaultOciRegistry extends AbstractRegistry implements OciRegistry {

  static final String PROVIDER = "oci";

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final OciConfiguration configuration;
  private final Transport transport;
  private final ImageOperations images;
  private final TagOperations tags;
  private final ManifestOperations manifests;
  private final PlaceholderDeletion placeholders;
  private final DeletionCheck deletionCheck;
  private final DeletionSupport deletionSupport;

  /** Makes a registry. Sends nothing. */
  public DefaultOciRegistry(OciConfiguration configuration) {
    super(ProviderTraits.builder(PROVIDER)
        .features(configuration.preset().features())
        .uncertainFeatures(configuration.preset().uncertainFeatures().toArray(Feature[]::new))
        .hosts(hosts(configuration))
        .maxPageSize(configuration.preset().maxPageSize())
        .maxPages(configuration.httpOptions().maxPages())
        .listedDetail(TagDetail.NAMES)
        .build());
    this.configuration = configuration;
    ServiceTraits service = ServiceTraits.of(configuration.baseUrl(), "registrykit-oci")
        .showingHeaders(
            "docker-content-digest",
            "docker-distribution-api-version",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset")
        .showingParameters("artifactType", "last", "n", "scope", "service");
    Transport anonymous = new Transport(service, configuration.httpOptions(), configuration.time());
    this.transport = anonymous.with(new OciCredentials(configuration.auth(), anonymous));
    OciApi api = new OciApi(transport, configuration);
    TaggedManifests tagged = new TaggedManifests(configuration, api, reads());
    RepositoryTurns turns = new RepositoryTurns();
    ManifestDeletion byDigest = new ManifestDeletion(api, turns);
    this.deletionCheck = new DeletionCheck(api, reads(), configuration.time());
    PlaceholderRemoval removal =
        new PlaceholderRemoval(configuration, api, tagged, byDigest, deletionCheck, turns);
    this.placeholders =
        new PlaceholderDeletion(api, tagged, byDigest, removal, turns, configuration.time());
    Capabilities capabilities = new Capabilities();
    this.deletionSupport = new DeletionSupport(configuration, api, capabilities, byDigest);
    TagDeletion tagDeletion = new TagDeletion(
        configuration, api, tagged, capabilities, byDigest, deletionCheck, removal, placeholders);
    ImageDeletion imageDeletion = new ImageDeletion(api, tagged, byDigest, deletionCheck, removal);
    this.images = new ImageOperations(configuration, api, tagged, imageDeletion);
    this.tags = new TagOperations(configuration, api, new DetailReader(api), reads(), tagDeletion);
    this.manifests =
        new ManifestOperations(configuration, api, tagged, byDigest, deletionCheck, removal);
  }

  /** A reference may name the registry as people do, and by its address; another port is another. */
  private static Set<String> hosts(OciConfiguration configuration) {
    Set<String> hosts = new LinkedHashSet<>(configuration.preset().hosts());
    URI baseUrl = configuration.baseUrl();
    String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
    int usual = baseUrl.getScheme().equalsIgnoreCase("https") ? HTTPS : HTTP;
    int port = baseUrl.getPort() < 0 ? usual : baseUrl.getPort();
    hosts.add(host + ":" + port);
    if (port == usual) {
      hosts.add(host);
    }
    return hosts;
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
    return configuration.preset().canonicalPath(path);
  }

  @Override
  protected void requireImagePath(ImageRef image) {
    RepositoryNames.require(image);
  }

  @Override
  protected String adviceWithout(Feature feature) {
    return configuration.preset().adviceWithout(feature);
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
  protected List<Tag> readDetails(
      ImageRef image,
      List<Tag> listed,
      TagDetail detail,
      int concurrency,
      DetailProgress progress) {
    return tags.details(image, progress).read(listed, detail, concurrency);
  }

  @Override
  protected Tag readTag(ImageRef image, String tag) {
    return tags.read(image, tag);
  }

  @Override
  protected DeleteResult removeTag(ImageRef image, String tag, DeleteOptions options) {
    return explained(WhoMayDelete::tag, () -> tags.remove(image, tag, options));
  }

  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    if (tag.providerId().isPresent()) {
      throw new IllegalArgumentException("a tag with an identifier is not of this registry");
    }
    return removeTag(target(tag.image()), tag.name(), options);
  }

  @Override
  protected BulkDeleteResult removeTags(ImageRef image, TagsToDelete request) {
    BulkDeletion deletion = bulkDeletion(image, request);
    List<String> names = deletion.tags();
    TagDeletion ofMany = tags.deletionOf(deletion);
    Function<String, List<Entry>> remove = name -> entries(
        names,
        name,
        unlessAbsent(
            deletion.options(),
            () -> explained(
                WhoMayDelete::tag, () -> ofMany.remove(image, name, deletion.optionsFor(name)))));
    deletion.each(names.subList(0, 1), List::of, remove); // tells how this registry deletes
    for (List<String> left = deletion.waiting();
        !left.isEmpty() && !deletion.isOver();
        left = deletion.waiting()) {
      deletion.each(ofMany.oneOfEachDigest(left), List::of, remove);
    }
    return deletion.result();
  }

  /** Those that went along and were to go have the same result. */
  private static List<Entry> entries(List<String> names, String name, DeleteResult result) {
    DeleteResult taken = DeleteResult.of(result.outcome(), result.digest().orElse(null));
    List<Entry> entries = new ArrayList<>(List.of(Entry.deleted(name, result)));
    result.deletedWith().stream()
        .filter(names::contains)
        .forEach(other -> entries.add(Entry.deleted(other, taken)));
    return entries;
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    return explained(WhoMayDelete::image, () -> images.remove(image));
  }

  @Override
  protected boolean askForSupport(ImageRef image, Feature feature) {
    return switch (feature) {
      case LIST_IMAGES -> images.hasCatalogue();
      case DELETE_TAG -> explained(WhoMayDelete::tag, () -> deletionSupport.deletesTags(image));
      case DELETE_IMAGE ->
        explained(WhoMayDelete::image, () -> deletionSupport.deletesImages(image));
      default -> throw new IllegalStateException(feature + " is certain");
    };
  }

  /** Adds which permission is missing where that is known. */
  private <T> T explained(Function<WhoMayDelete, String> explanation, Supplier<T> deletion) {
    try {
      return deletion.get();
    } catch (PermissionDeniedException e) {
      WhoMayDelete who = configuration.preset().whoMayDelete();
      if (who == null) {
        throw e;
      }
      String said = e.details().serverMessage().map(message -> message + "; ").orElse("");
      throw new PermissionDeniedException(
          e.details().toBuilder().serverMessage(said + explanation.apply(who)).build());
    }
  }

  @Override
  public URI baseUrl() {
    return configuration.baseUrl();
  }

  @Override
  public OciPreset preset() {
    return configuration.preset().name();
  }

  @Override
  public String resolveTag(ImageRef image, String tag) {
    ImageRef target = target(image, tag);
    return transport.operation(() -> tags.resolve(target, tag));
  }

  @Override
  public OciManifest getManifest(ImageRef image, String tagOrDigest) {
    ImageRef target = requireReference(image, tagOrDigest);
    return transport.operation(() -> manifests.get(target, tagOrDigest));
  }

  @Override
  public String putManifest(ImageRef image, String tagOrDigest, String mediaType, byte[] bytes) {
    ImageRef target = requireReference(image, tagOrDigest);
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(bytes, "bytes");
    OciManifest manifest = manifests.checked(tagOrDigest, mediaType, bytes);
    return transport.operation(() -> manifests.put(target, tagOrDigest, manifest));
  }

  @Override
  public String tagManifest(ImageRef image, String tagOrDigest, String newTag) {
    ImageRef target = requireReference(image, tagOrDigest);
    ImageRef.requireTag(newTag);
    return transport.operation(() -> manifests.tag(target, tagOrDigest, newTag));
  }

  @Override
  protected boolean putTagBack(ImageRef image, String tag) {
    return placeholders.restore(image, tag);
  }

  @Override
  public DeleteResult deleteManifest(ImageRef image, String digest, DeleteOptions options) {
    ImageRef target = requireReference(image, Digests.requireVerifiable(digest));
    Objects.requireNonNull(options, "options");
    if (options.requiredDigest().isPresent() || !options.requiredDigests().isEmpty()) {
      throw new IllegalArgumentException("a required digest is for tags, a manifest has its own");
    }
    if (!options.allowedSiblings().isEmpty()) {
      throw new IllegalArgumentException("siblings are a tag's, a manifest goes with its tags");
    }
    requireOpen();
    requireFeature(Feature.FORCE_DELETE, "delete a manifest");
    return transport.operation(
        () -> explained(WhoMayDelete::tag, () -> manifests.delete(target, digest, options)));
  }

  @Override
  public PagedIterable<OciDescriptor> listReferrers(ImageRef image, String digest) {
    ImageRef target = target(image);
    Digests.requireVerifiable(digest);
    requireOpen();
    return manifests.referrers(target, digest, null);
  }

  @Override
  public PagedIterable<OciDescriptor> listReferrers(
      ImageRef image, String digest, String artifactType) {
    ImageRef target = target(image);
    Digests.requireVerifiable(digest);
    Objects.requireNonNull(artifactType, "artifactType");
    requireOpen();
    return manifests.referrers(target, digest, artifactType);
  }

  @Override
  protected void awaitTagGone(ImageRef image, String tag, WaitOptions options) {
    tags.awaitGone(image, tag, options);
  }

  @Override
  public void waitUntilManifestGone(ImageRef image, String digest, WaitOptions options) {
    ImageRef target = target(image);
    Digests.requireVerifiable(digest);
    Objects.requireNonNull(options, "options");
    deletionCheck.awaitManifestGone(target, digest, options);
  }

  /** Returns the image by its path alone, once it is known not to contradict the tag or digest. */
  private ImageRef requireReference(ImageRef image, String tagOrDigest) {
    Objects.requireNonNull(tagOrDigest, "tagOrDigest");
    if (tagOrDigest.indexOf(':') < 0) {
      return target(image, tagOrDigest);
    }
    ImageRef target = target(image);
    Digests.requireVerifiable(tagOrDigest);
    if (image.digest().filter(named -> !named.equals(tagOrDigest)).isPresent()) {
      throw new IllegalArgumentException(image + " contradicts the digest " + tagOrDigest);
    }
    return target;
  }

  @Override
  public void close() {
    transport.close();
  }

  /** Names provider, address and preset, never a secret. */
  @Override
  public String toString() {
    return "OciRegistry[baseUrl=" + baseUrl() + ", preset=" + preset() + "]";
  }
}
