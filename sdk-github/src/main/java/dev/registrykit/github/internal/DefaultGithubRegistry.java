package dev.registrykit.github.internal;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.internal.auth.BearerToken;
import dev.registrykit.github.internal.deletion.Look;
import dev.registrykit.github.internal.deletion.Patience;
import dev.registrykit.github.internal.deletion.PlaceholderDeletion;
import dev.registrykit.github.internal.deletion.Restoration;
import dev.registrykit.github.internal.deletion.Siblings;
import dev.registrykit.github.internal.deletion.TagDeletion;
import dev.registrykit.github.internal.deletion.TaggedIndexes;
import dev.registrykit.github.internal.deletion.Versions;
import dev.registrykit.github.internal.deletion.WholeVersions;
import dev.registrykit.github.internal.wire.GithubApi;
import dev.registrykit.github.internal.wire.GithubMapper;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Owners;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TagsToDelete;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks arguments and hands over to the operations on images and tags. */
public final class DefaultGithubRegistry extends AbstractRegistry implements GithubRegistry {

  static final String PROVIDER = "github";

  /** GitHub asks not to change many things at the same time. */
  private static final int CONCURRENT_DELETIONS = 4;

  /** What a package's name can be to ghcr.io, by the grammar of the OCI Distribution specification. */
  private static final Pattern PACKAGE = Pattern.compile(
      "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*)*");

  private static final Set<Feature> FEATURES = Set.of(
      Feature.LIST_IMAGES,
      Feature.TAG_DIGEST,
      Feature.TAG_CREATED_AT,
      Feature.TAG_UPDATED_AT,
      Feature.ORDER_BY_NAME,
      Feature.ORDER_BY_CREATED,
      Feature.ORDER_BY_UPDATED,
      Feature.ORDER_BY_CHANGED,
      Feature.DELETE_TAG,
      Feature.DELETE_IMAGE,
      Feature.FORCE_DELETE,
      Feature.DELETE_ONLY_IF_DIGEST);

  private final GithubConfiguration configuration;
  private final Transport transport;
  private final OciRegistry oci;
  private final Manifests manifests;
  private final VersionLists lists;
  private final TaggedIndexes indexes;
  private final ImageOperations images;
  private final TagOperations tags;
  private final TagDeletion deletion;
  private final Restoration restoration;

  /**
   * Makes a registry. Sends nothing.
   *
   * @param oci the registry's other half, which is closed with it
   */
  public DefaultGithubRegistry(GithubConfiguration configuration, OciRegistry oci) {
    super(ProviderTraits.builder(PROVIDER)
        .features(FEATURES)
        .hosts(configuration.registryHost())
        .maxPageSize(VersionLists.MAX_PAGE_SIZE)
        .maxPages(configuration.httpOptions().maxPages())
        .concurrentDeletions(CONCURRENT_DELETIONS)
        .build());
    this.configuration = configuration;
    this.oci = oci;
    ServiceTraits service = ServiceTraits.of(configuration.baseUrl(), "registrykit-github")
        .withRequestIdHeader("x-github-request-id")
        .showingHeaders(
            "x-accepted-oauth-scopes",
            "x-oauth-scopes",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "x-ratelimit-resource",
            "x-ratelimit-used")
        .showingParameters("package_type", "page", "per_page", "state", "visibility");
    this.transport = new Transport(service, configuration.httpOptions(), configuration.time())
        .with(new BearerToken(configuration.token()));
    GithubApi api = new GithubApi(
        transport, configuration.baseUrl(), configuration.token(), configuration.time());
    Owners owners = new Owners(api, configuration.owner(), configuration.ownerKind());
    Patience patience = new Patience(configuration.patience(), configuration.time());
    Versions versions = new Versions(api, owners);
    this.lists = new VersionLists(api, owners, configuration.httpOptions().maxPages());
    this.manifests = new Manifests(oci);
    this.indexes = new TaggedIndexes(oci, manifests, reads());
    Siblings siblings = new Siblings(manifests, reads());
    this.deletion = new TagDeletion(
        versions,
        manifests,
        patience,
        new PlaceholderDeletion(lists, versions, manifests, siblings, patience),
        new WholeVersions(lists, versions, manifests, indexes, siblings, patience),
        configuration.strictDeletion(),
        configuration.keepsLastTag());
    this.images = new ImageOperations(configuration.owner(), api, owners, versions);
    this.tags = new TagOperations(lists, versions, manifests, patience, transport::operation);
    this.restoration = new Restoration(api, owners, lists, versions, manifests, patience);
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

  /** Names are of lower case on ghcr.io, and logins of any. */
  @Override
  protected String canonicalPath(String path) {
    return path.toLowerCase(Locale.ROOT);
  }

  @Override
  protected void requireImagePath(ImageRef image) {
    String path = image.path();
    String owner = configuration.owner() + "/";
    if (!path.startsWith(owner)) {
      throw new IllegalArgumentException(
          "an image of this registry is " + owner + "name, not \"" + path + "\"");
    }
    if (!PACKAGE.matcher(path.substring(owner.length())).matches()) {
      throw new IllegalArgumentException("no package of ghcr.io can be named \"" + path + "\"");
    }
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
    return deletion.remove(image, tag, options, Look.forOne(lists, indexes));
  }

  /** Its identifier says which version it was on, not which it is on now. */
  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    tag.providerId().ifPresent(id -> GithubMapper.requireProviderId(id, tag.name()));
    return removeTag(target(tag.image()), tag.name(), options);
  }

  @Override
  protected BulkDeleteResult removeTags(ImageRef image, TagsToDelete request) {
    BulkDeletion run = bulkDeletion(image, request);
    Look.ForMany look = Look.forMany(lists, indexes, configuration.time(), run);
    Function<String, List<Entry>> remove = tag -> entries(
        run.tags(),
        tag,
        unlessAbsent(run.options(), () -> deletion.remove(image, tag, run.optionsFor(tag), look)));
    run.each(run.waiting().subList(0, 1), List::of, remove); // reads the list of versions
    for (List<String> left = run.waiting();
        !left.isEmpty() && !run.isOver();
        left = run.waiting()) {
      run.each(look.oneOfEachVersion(left), List::of, remove);
    }
    return run.result();
  }

  /** Those that went along and were to go have the same result, whatever becomes of their own deletion. */
  private static List<Entry> entries(List<String> asked, String tag, DeleteResult result) {
    DeleteResult taken = DeleteResult.of(result.outcome(), result.digest().orElse(null));
    Stream<Entry> others = result.deletedWith().stream()
        .filter(asked::contains)
        .map(other -> Entry.deleted(other, taken));
    return Stream.concat(Stream.of(Entry.deleted(tag, result)), others).toList();
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    return images.remove(image);
  }

  @Override
  protected boolean putTagBack(ImageRef image, String tag) {
    return manifests.restore(image, tag);
  }

  @Override
  protected void awaitTagGone(ImageRef image, String tag, WaitOptions options) {
    requireOpen();
    tags.awaitGone(image, tag, options);
  }

  @Override
  public String owner() {
    return configuration.owner();
  }

  @Override
  public String restoreTagVersion(ImageRef image, String tag) {
    ImageRef target = target(image, tag);
    return transport.operation(() -> restoration.restoreTag(target, tag));
  }

  @Override
  public void restoreImage(ImageRef image) {
    ImageRef target = target(image);
    if (image.tag().isPresent() || image.digest().isPresent()) {
      throw new IllegalArgumentException(
          image + " names a tag or a digest, but the whole image would be restored");
    }
    transport.operation(() -> restoration.restoreImage(target));
  }

  @Override
  public void close() {
    transport.close();
    oci.close();
  }

  /** Names owner and address, never the token. */
  @Override
  public String toString() {
    return "GithubRegistry[owner=" + owner() + ", baseUrl=" + configuration.baseUrl() + "]";
  }
}
