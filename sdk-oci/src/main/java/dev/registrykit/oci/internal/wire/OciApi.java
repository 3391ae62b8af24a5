package dev.registrykit.oci.internal.wire;

import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.Tag;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.auth.RepositoryAlias;
import dev.registrykit.oci.internal.generated.ApiRequest;
import dev.registrykit.oci.internal.generated.api.ListingsApi;
import dev.registrykit.oci.internal.generated.model.ManifestDocument;
import dev.registrykit.oci.internal.generated.model.RepositoryList;
import dev.registrykit.oci.internal.generated.model.TagList;
import dev.registrykit.oci.internal.wire.ManifestReader.UnreadableException;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.paging.LinkHeader;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol's operations behind our transport: listings through the generated client, manifests
 * and blobs as exact bytes. Thread-safe.
 *
 * <p>Names, tags and digests arrive here checked: none has a character that means something in a
 * URL.
 */
public final class OciApi {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  private static final String DIGEST_HEADER = "docker-content-digest";

  private static final String CONTENT_TYPE = "content-type";

  /** Copied for each request, because a builder looks at every character of a header that it is given. */
  private static final HttpRequest.Builder FOR_A_MANIFEST =
      HttpRequest.newBuilder().header("Accept", ManifestReader.ACCEPT);

  /** The most bytes of a manifest, which every registry should take at least. */
  public static final long MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

  /** A configuration may be as large as a manifest; what is larger is none. */
  private static final long MAX_CONFIG_BYTES = MAX_MANIFEST_BYTES;

  /** Refusals of HEAD, which have no words, that GET may explain, or not share. */
  private static final Set<Integer> WORTH_A_GET = Set.of(400, 403, 404, 405);

  /** Refusals of a page size, recorded or reported; others have none of these. */
  private static final Set<Integer> PAGE_SIZE_REFUSED = Set.of(400, 413);

  private final Transport transport;
  private final String baseUrl;
  private final OciConfiguration configuration;
  private final TagListCheck tagList;

  public OciApi(Transport transport, OciConfiguration configuration) {
    this.transport = transport;
    this.baseUrl = configuration.baseUrl().toString();
    this.configuration = configuration;
    this.tagList = new TagListCheck(configuration, transport::operation, this::listTagNames);
  }

  /** Returns what does work as one operation. */
  public OperationRunner operations() {
    return transport::operation;
  }

  // Listings

  /** Returns how to fetch the pages of the tags of an image, with links as cursors. */
  public LinkedPages<Tag> tagPages(Operation operation, ImageRef image, int pageSize) {
    return new LinkedPages<>(
        operation,
        PageLinks.ofTags(configuration.baseUrl(), image),
        Tag::name,
        configuration.httpOptions().maxPages(),
        page ->
            listTags(operation, image, pageSize, page).map(list -> OciMapper.tags(image, list)));
  }

  /** Without the name of the repository, nothing shows what the list is one of. */
  private JsonPage<List<String>> listTagNames(
      Operation operation, ImageRef image, @Nullable URI page) {
    return listTags(operation, image, configuration.preset().maxPageSize(), page)
        .map(list -> {
          if (list.getName() == null) {
            throw operation.invalid("the list of tags does not name its repository");
          }
          return list.getTags() == null
              ? List.of()
              : list.getTags().stream().filter(Objects::nonNull).toList();
        });
  }

  /**
   * Returns the names of all tags if one answer has them all and says whose they are; one request. Empty
   * where it is the first page of several: from one to the next a tag may be missed.
   *
   * @throws ImageNotFoundException if the registry says that there is no such image
   */
  public Optional<List<String>> findTagNames(Operation operation, ImageRef image) {
    Operation onImage = Operation.onImage(operation.description(), image);
    JsonPage<List<String>> page = listTagNames(onImage, image, null);
    return page.next() == null ? Optional.of(page.body()) : Optional.empty();
  }

  /** A missing array is tolerated where at least the name of the image is there. */
  private JsonPage<TagList> listTags(
      Operation operation, ImageRef image, int pageSize, @Nullable URI page) {
    JsonPage<TagList> answer = list(
        "listTags",
        onPage(operation, page),
        image,
        page,
        pageSize,
        n -> ListingsApi.listTags(image.path(), n, null));
    String named = answer.body().getName();
    if (answer.body().getTags() == null && named == null) {
      throw operation.invalid("the answer is no list of tags");
    }
    if (named != null && !RepositoryAlias.isOf(image.path(), named)) {
      throw operation.invalid("the answer is about another repository");
    }
    return answer;
  }

  /** Lists images. */
  public JsonPage<List<Image>> listRepositories(
      Operation operation, int pageSize, @Nullable URI page) {
    JsonPage<RepositoryList> answer = list(
        "listRepositories",
        operation,
        null,
        page,
        pageSize,
        n -> ListingsApi.listRepositories(n, null));
    if (answer.body().getRepositories() == null) {
      throw operation.invalid("the answer is no list of repositories");
    }
    return answer.map(OciMapper::images);
  }

  /** Only its first page tells that a thing is missing: zot has no page after a tag that is gone. */
  private static Operation onPage(Operation operation, @Nullable URI page) {
    return page == null ? operation : Operation.on(operation.description());
  }

  /** Lists what refers to a manifest. */
  JsonPage<List<OciDescriptor>> listReferrers(
      Operation operation,
      ImageRef image,
      String digest,
      @Nullable String artifactType,
      @Nullable URI page) {
    JsonPage<ManifestDocument> answer = list(
        "listReferrers",
        operation,
        image,
        page,
        null,
        n -> ListingsApi.listReferrers(image.path(), digest, artifactType));
    try {
      return new JsonPage<>(
          ManifestReader.descriptors(answer.body().getManifests()), answer.next());
    } catch (UnreadableException e) {
      throw operation.invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Asks once more without a page size where the registry takes none, or none as large. */
  private <T> JsonPage<T> list(
      String operationId,
      Operation operation,
      @Nullable ImageRef image,
      @Nullable URI page,
      @Nullable Integer pageSize,
      Function<@Nullable Integer, ApiRequest<T>> request) {
    try {
      return send(operationId, operation, image, page, request.apply(pageSize));
    } catch (RegistryServiceException e) {
      if (page != null || pageSize == null || !PAGE_SIZE_REFUSED.contains(e.statusCode())) {
        throw e;
      }
      return send(operationId, operation, image, null, request.apply(null));
    }
  }

  private <T> JsonPage<T> send(
      String operationId,
      Operation operation,
      @Nullable ImageRef image,
      @Nullable URI page,
      ApiRequest<T> request) {
    URI asked = page != null ? page : plain(request.uri(baseUrl));
    TransportResponse response =
        transport.send(reading(operationId, operation, image), request.toHttp(asked));
    T body = request.read(response.body(), operation::invalid);
    if (body == null) {
      throw operation.invalid("the answer is empty");
    }
    URI next = LinkHeader.next(response.uri(), response.headers(), operation.description())
        .map(link -> nextPage(operation, asked, response.uri(), link))
        .orElse(null);
    return new JsonPage<>(body, next);
  }

  /**
   * Follows a link to this listing's own address and nowhere else, since the login goes with it. What
   * is taken of the link is its query: its path may be that of a place to which the request was
   * redirected, or lack what a proxy puts before it, and its scheme may be that behind a proxy.
   */
  private URI nextPage(Operation operation, URI asked, URI answered, URI link) {
    String listing = asked.getPath().substring(URI.create(baseUrl).getPath().length());
    if (!link.getPath().equals(answered.getPath()) && !link.getPath().endsWith(listing)) {
      throw operation.invalid("the link to the next page leads to another listing");
    }
    if (link.getRawQuery() == null || link.getRawQuery().isEmpty()) {
      throw operation.invalid("the link to the next page leads back to the first");
    }
    return URI.create(asked.toString().replaceFirst("\\?.*", "") + "?" + link.getRawQuery());
  }

  /** Path parameters are sent escaped; a repository name has slashes, and a digest a colon. */
  private static URI plain(URI escaped) {
    return URI.create(escaped.toString().replace("%2F", "/").replace("%3A", ":"));
  }

  // Manifests

  /**
   * Asks what a tag or digest points to. A registry that does not know HEAD, or does not answer it
   * with a digest and a type that can be believed, is asked for the manifest instead; so is one that
   * says 404, since a HEAD cannot say who says so.
   *
   * @throws NotFoundException as {@link #getManifest} does
   */
  public ManifestHead headManifest(Operation operation, ImageRef image, String reference) {
    try {
      TransportResponse response = transport.send(
          reading("headManifest", operation, image).withMaxResponseBytes(MAX_MANIFEST_BYTES),
          manifestRequest(image, reference)
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build());
      String digest = header(response, DIGEST_HEADER);
      boolean isOther = isDigest(reference) && !reference.equals(digest);
      if (digest != null && Digests.isVerifiable(digest) && !isOther) {
        return new ManifestHead(digest, ManifestReader.mediaType(header(response, CONTENT_TYPE)));
      }
    } catch (RegistryServiceException e) {
      if (!WORTH_A_GET.contains(e.statusCode())) {
        throw e;
      }
    } catch (UnreadableException e) {
      String why =
          operation.details(String.valueOf(e.getMessage())).serverMessage().orElse("");
      LOG.debug("{}: HEAD did not tell, so GET is asked: {}", operation.description(), why);
    }
    OciManifest manifest = getManifest(operation, image, reference);
    return new ManifestHead(manifest.digest(), manifest.mediaType());
  }

  private static boolean isDigest(String reference) {
    return reference.indexOf(':') >= 0;
  }

  /**
   * Reads a manifest and holds its bytes against the digest that was asked for, or that the answer
   * names. One request; only after a 404 that does not prove that a tag is not there, its list is
   * read, too.
   *
   * @throws NotFoundException as the operation makes it, or of a tag or image, where it is proved that
   *     it is not there; else a plain one, which {@link Absence#isProved} tells from the others
   */
  public OciManifest getManifest(Operation operation, ImageRef image, String reference) {
    try {
      return readManifest(operation, image, reference);
    } catch (NotFoundException e) {
      throw isDigest(reference) || Absence.isProved(e) ? e : tagList.explain(image, reference, e);
    }
  }

  /**
   * Reads a manifest as {@link #getManifest} does, or finds that there is none.
   *
   * @throws NotFoundException if it is not proved that it is not there
   */
  public Optional<OciManifest> findManifest(Operation operation, ImageRef image, String reference) {
    try {
      return Optional.of(getManifest(operation, image, reference));
    } catch (NotFoundException e) {
      if (!Absence.isProved(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private OciManifest readManifest(Operation operation, ImageRef image, String reference) {
    TransportResponse response = transport.send(
        reading("getManifest", operation, image).withMaxResponseBytes(MAX_MANIFEST_BYTES),
        manifestRequest(image, reference).GET().build());
    byte[] bytes = response.body();
    String named = header(response, DIGEST_HEADER);
    String digest = isDigest(reference)
        ? reference
        : Digests.isVerifiable(named) ? Objects.requireNonNull(named) : Digests.of(bytes);
    if (!Digests.matches(digest, bytes)) {
      throw operation.invalid("the manifest's bytes do not have the digest " + digest);
    }
    try {
      return ManifestReader.read(header(response, CONTENT_TYPE), digest, bytes);
    } catch (UnreadableException e) {
      throw operation.invalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes a manifest.
   *
   * @return whether the registry keeps the list of referrers itself
   */
  public boolean putManifest(
      Operation operation, ImageRef image, String reference, OciManifest manifest) {
    TransportResponse response = transport.send(
        changing("putManifest", operation, null),
        request(image, "/manifests/" + reference)
            .header("Content-Type", manifest.mediaType())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest.bytes()))
            .build());
    String named = header(response, DIGEST_HEADER);
    if (named != null && Digests.isVerifiable(named) && !Digests.matches(named, manifest.bytes())) {
      throw operation.invalid("the registry stored other bytes, of digest " + named);
    }
    return header(response, "oci-subject") != null;
  }

  /**
   * Deletes a tag, where the registry can, or a manifest with all its tags.
   *
   * @throws NotFoundException as the operation makes it
   */
  public void deleteManifest(Operation operation, ImageRef image, String reference) {
    transport.send(
        changing("deleteManifest", operation, image),
        request(image, "/manifests/" + reference).DELETE().build());
  }

  // Blobs

  /** Reads a configuration, or whatever else is no larger than a manifest may be. */
  public byte[] getConfig(Operation operation, ImageRef image, String digest) {
    TransportResponse response = transport.send(
        reading("getBlob", operation, image).withMaxResponseBytes(MAX_CONFIG_BYTES),
        request(image, "/blobs/" + digest).GET().build());
    if (!Digests.matches(digest, response.body())) {
      throw operation.invalid("the blob's bytes do not have the digest " + digest);
    }
    return response.body();
  }

  /** Writes a blob of a few bytes at once. */
  public void putBlob(Operation operation, ImageRef image, String digest, byte[] bytes) {
    TransportResponse started = transport.send(
        changing("startUpload", operation, null).notIdempotent(),
        request(image, "/blobs/uploads/")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
    transport.send(
        changing("finishUpload", operation, null),
        HttpRequest.newBuilder(uploadUrl(operation, started, digest))
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build());
  }

  /** Keeps the query of the location, which often holds the upload's state. */
  private static URI uploadUrl(Operation operation, TransportResponse started, String digest) {
    String location = header(started, "location");
    if (location == null) {
      throw operation.invalid("the registry did not say where to upload");
    }
    URI target;
    try {
      target = started.uri().resolve(location);
      target = URI.create(target + (target.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
    } catch (IllegalArgumentException e) {
      throw operation.invalid("the registry named no URL to upload to");
    }
    // Another origin would get the bytes without credentials, but our placeholder needs no storage
    // service, and whoever names one for it is not to be trusted.
    if (!BaseUrl.isUsable(target) || !BaseUrl.isSameOrigin(started.uri(), target)) {
      throw operation.invalid("the registry names another origin to upload to");
    }
    return target;
  }

  private HttpRequest.Builder manifestRequest(ImageRef image, String reference) {
    return FOR_A_MANIFEST.copy().uri(uri(image, "/manifests/" + reference));
  }

  private HttpRequest.Builder request(ImageRef image, String rest) {
    return HttpRequest.newBuilder(uri(image, rest));
  }

  private URI uri(ImageRef image, String rest) {
    return URI.create(baseUrl + "/v2/" + image.path() + rest);
  }

  private Call reading(String operationId, Operation operation, @Nullable ImageRef image) {
    return Call.reading(
        operationId, operation.description(), failure -> OciErrors.map(failure, operation, image));
  }

  private Call changing(String operationId, Operation operation, @Nullable ImageRef image) {
    return Call.changing(
        operationId, operation.description(), failure -> OciErrors.map(failure, operation, image));
  }

  private static @Nullable String header(TransportResponse response, String name) {
    List<String> values = response.headers().allValues(name);
    return values.isEmpty() ? null : values.get(0);
  }
}
