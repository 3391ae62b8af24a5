package dev.registrykit.blaxel.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.blaxel.internal.generated.ApiRequest;
import dev.registrykit.blaxel.internal.generated.JsonInput;
import dev.registrykit.blaxel.internal.generated.api.ImagesApi;
import dev.registrykit.blaxel.internal.generated.api.SharesApi;
import dev.registrykit.blaxel.internal.generated.api.TokensApi;
import dev.registrykit.blaxel.internal.generated.model.CleanupImagesResponse;
import dev.registrykit.blaxel.internal.generated.model.CreateImageRequest;
import dev.registrykit.blaxel.internal.generated.model.CreateImageResponse;
import dev.registrykit.blaxel.internal.generated.model.ImagePage;
import dev.registrykit.blaxel.internal.generated.model.ImageShareTarget;
import dev.registrykit.blaxel.internal.generated.model.ImageTag;
import dev.registrykit.blaxel.internal.generated.model.ImageTagPage;
import dev.registrykit.blaxel.internal.generated.model.PendingImageShare;
import dev.registrykit.blaxel.internal.generated.model.ShareImageRequest;
import dev.registrykit.blaxel.internal.generated.model.TokenAnswer;
import dev.registrykit.blaxel.internal.generated.model.TokenRequest;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.blaxel.internal.wire.CursorPages.CursorPage;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fourteen operations of the API: the generated requests through our transport. Thread-safe. Every
 * piece of a path is checked here once more, because an empty one would send the purge of the workspace.
 */
public final class BlaxelApi {

  private static final int ACCEPTED = 202;

  /** The most bytes of a token's answer. */
  private static final long MAX_TOKEN_BYTES = 128 * 1024;

  private final Transport transport;
  private final String baseUrl;
  private final String version;
  private final String workspace;

  /**
   * Makes the client. Sends nothing.
   *
   * @param transport what requests go through, with the credentials that they need
   */
  public BlaxelApi(Transport transport, URI baseUrl, ApiVersion version, String workspace) {
    this.transport = transport;
    this.baseUrl = baseUrl.toString();
    this.version = version.text();
    this.workspace = workspace;
  }

  /** Returns what runs work as one operation, within the time that it may take. */
  public OperationRunner operations() {
    return transport::operation;
  }

  /** Lists images; a bare array is what older versions of the API answer. */
  public CursorPage<WireImage> listImages(
      BlaxelOperation operation, @Nullable String cursor, ImageQuery query) {
    return listImages(
        operation,
        ImagesApi.listImages(
            version, workspace, cursor, query.pageSize(), query.sort(), query.prefix()),
        cursor == null);
  }

  /** Lists images as older versions of the API do, which know no parameters. */
  public CursorPage<WireImage> listImages(BlaxelOperation operation) {
    return listImages(
        operation, ImagesApi.listImages(version, workspace, null, null, null, null), true);
  }

  private CursorPage<WireImage> listImages(
      BlaxelOperation operation, ApiRequest<JsonNode> request, boolean isFirst) {
    return call(
        reading("ListImages", operation),
        operation,
        request.answeredBy(parser -> imagePage(parser, isFirst)));
  }

  /** An array is the whole list, which only the first request can be answered with. */
  private static @Nullable CursorPage<WireImage> imagePage(JsonParser parser, boolean isFirst)
      throws IOException {
    if (isFirst && parser.isExpectedStartArrayToken()) {
      return CursorPage.whole(JsonInput.list(parser, WireImage::read));
    }
    ImagePage page = ImagePage.read(parser);
    return page == null ? null : CursorPage.of(page.getData(), page.getMeta());
  }

  public WireImage getImage(
      BlaxelOperation operation, ImageRef image, @Nullable String sourceWorkspace) {
    return call(
        reading("GetImage", operation),
        operation,
        ImagesApi.getImage(type(image), name(image), version, workspace, sourceWorkspace));
  }

  public CursorPage<ImageTag> listTags(
      BlaxelOperation operation, ImageRef image, @Nullable String cursor, TagQuery query) {
    ImageTagPage page = call(
        reading("ListImageTags", operation),
        operation,
        ImagesApi.listImageTags(
            type(image),
            name(image),
            version,
            workspace,
            cursor,
            query.pageSize(),
            query.sort(),
            query.prefix(),
            query.name(),
            query.sourceWorkspace()));
    return CursorPage.of(page.getData(), page.getMeta());
  }

  /** Deletes a tag; the answer has no data where the service sent none, which newer ones may. */
  public ApiAnswer<WireImage> deleteTag(BlaxelOperation operation, ImageRef image, String tag) {
    return send(
        changing("DeleteImageTag", operation),
        operation,
        ImagesApi.deleteImageTag(
            type(image), name(image), Checks.segment(tag), version, workspace));
  }

  /** Deletes an image, with an answer as that of {@link #deleteTag}. */
  public ApiAnswer<WireImage> deleteImage(BlaxelOperation operation, ImageRef image) {
    return send(
        changing("DeleteImage", operation),
        operation,
        ImagesApi.deleteImage(type(image), name(image), version, workspace));
  }

  /** Deletes every unused image of the workspace; the only way to that request. */
  public CleanupImagesResponse purgeWorkspace(BlaxelOperation operation) {
    Call once = changing("CleanupImages", operation).once();
    return call(once, operation, ImagesApi.cleanupImages(version, workspace));
  }

  /** Creates an image; the address for sources stands in a header of the answer. */
  public ApiAnswer<CreateImageResponse> createImage(
      BlaxelOperation operation,
      CreateImageRequest body,
      @Nullable Boolean upload,
      @Nullable Boolean skipBuild) {
    String dockerConfig = body.getDockerConfig();
    Call call = changing("CreateImage", operation).notIdempotent();
    Call hiding = dockerConfig == null ? call : call.hiding(DockerConfig.secrets(dockerConfig));
    return send(
        hiding, operation, ImagesApi.createImage(body, version, workspace, upload, skipBuild));
  }

  public List<ImageShareTarget> listShares(BlaxelOperation operation, ImageRef image) {
    return call(
        reading("ListImageShares", operation),
        operation,
        SharesApi.listImageShares(type(image), name(image), version, workspace));
  }

  /** Shares an image; returns the pending share if the service says that it has to be accepted. */
  public Shared shareImage(BlaxelOperation operation, ImageRef image, ShareImageRequest body) {
    TransportResponse response = transport.send(
        changing("ShareImage", operation).notIdempotent(),
        SharesApi.shareImage(type(image), name(image), body, version, workspace).toHttp(baseUrl));
    byte[] answer = response.body();
    return response.status() == ACCEPTED
        ? new Shared(null, read(operation, answer, PendingImageShare::read))
        : new Shared(read(operation, answer, WireImage::read), null);
  }

  /**
   * What became of a share: one of the two is there.
   *
   * @param image the image, where it is shared
   * @param pending the pending share, where it has to be accepted
   */
  public record Shared(@Nullable WireImage image, @Nullable PendingImageShare pending) {}

  /** Takes a share back, with an answer as that of {@link #deleteTag}. */
  public ApiAnswer<WireImage> unshareImage(
      BlaxelOperation operation, ImageRef image, String targetWorkspace) {
    return send(
        changing("UnshareImage", operation),
        operation,
        SharesApi.unshareImage(
            type(image), name(image), Checks.segment(targetWorkspace), version, workspace));
  }

  public List<PendingImageShare> listPendingShares(BlaxelOperation operation, String direction) {
    return call(
        reading("ListPendingImageShares", operation),
        operation,
        SharesApi.listPendingImageShares(version, workspace, direction));
  }

  /**
   * Accepts a pending share.
   *
   * @param force whether tags that collide are overwritten; sent if true, null sends nothing
   */
  public WireImage acceptShare(
      BlaxelOperation operation, String pendingShareId, @Nullable Boolean force) {
    return call(
        changing("AcceptImageShare", operation).notIdempotent(),
        operation,
        SharesApi.acceptImageShare(Checks.segment(pendingShareId), version, workspace, force));
  }

  public void declineShare(BlaxelOperation operation, String pendingShareId) {
    ApiAnswer<JsonNode> answer = send(
        changing("DeclineImageShare", operation).notIdempotent(),
        operation,
        SharesApi.declineImageShare(Checks.segment(pendingShareId), version, workspace));
    if (answer.body() != null) {
      throw operation.invalid("the answer is not the empty one promised");
    }
  }

  /**
   * Requests an access token for the client whose credentials the transport has. In the midst of
   * another call's attempt it takes no longer than that has left.
   *
   * @throws AuthenticationException if the client is not known or its secret wrong, to which the
   *     service answers 400
   */
  public TokenGrant getToken() {
    BlaxelOperation operation = BlaxelOperation.on("get an access token");
    Call call =
        reading("GetToken", operation).notIdempotent().withMaxResponseBytes(MAX_TOKEN_BYTES);
    TokenRequest body = new TokenRequest().grantType("client_credentials");
    try {
      return grant(operation, call(call, operation, TokensApi.getToken(body)));
    } catch (BadRequestException e) {
      throw new AuthenticationException(e.details());
    } catch (RegistryServiceException e) {
      throw ErrorMapper.ofTokenEndpoint(e);
    }
  }

  private static TokenGrant grant(BlaxelOperation operation, TokenAnswer answer) {
    String token = answer.getAccessToken();
    if (token == null || !token.matches("[!-~]+")) {
      throw operation.invalid("the registry sent no access token that fits into a header");
    }
    Long seconds = answer.getExpiresIn();
    return new TokenGrant(
        token,
        seconds == null || seconds <= 0 || seconds > Integer.MAX_VALUE
            ? null
            : Duration.ofSeconds(seconds));
  }

  private static String type(ImageRef image) {
    return Checks.segment(ResourceTypes.typeOf(image));
  }

  private static String name(ImageRef image) {
    return Checks.segment(ResourceTypes.nameOf(image));
  }

  private <T> T call(Call call, BlaxelOperation operation, ApiRequest<T> request) {
    return present(operation, send(call, operation, request).body());
  }

  private Call reading(String operationId, BlaxelOperation operation) {
    return Call.reading(operationId, operation.description(), new BlaxelErrors(operation));
  }

  private Call changing(String operationId, BlaxelOperation operation) {
    return Call.changing(operationId, operation.description(), new BlaxelErrors(operation));
  }

  private <T> ApiAnswer<T> send(Call call, BlaxelOperation operation, ApiRequest<T> request) {
    TransportResponse response = transport.send(call, request.toHttp(baseUrl));
    T body = request.read(response.body(), operation::invalid);
    return new ApiAnswer<>(response.status(), response.headers(), body);
  }

  private static <T> T present(BlaxelOperation operation, @Nullable T answer) {
    if (answer == null) {
      throw operation.invalid("the answer is empty");
    }
    return answer;
  }

  private static <T> T read(BlaxelOperation operation, byte[] answer, JsonInput.Reader<T> reader) {
    return present(operation, JsonInput.read(answer, reader, operation::invalid));
  }
}
