package dev.registrykit.scaleway.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.scaleway.internal.generated.ApiClient;
import dev.registrykit.scaleway.internal.generated.ApiException;
import dev.registrykit.scaleway.internal.generated.api.ImagesApi;
import dev.registrykit.scaleway.internal.generated.api.NamespacesApi;
import dev.registrykit.scaleway.internal.generated.api.TagsApi;
import dev.registrykit.scaleway.internal.generated.model.CreateNamespaceRequest;
import dev.registrykit.scaleway.internal.generated.model.ListImagesResponse;
import dev.registrykit.scaleway.internal.generated.model.ListNamespacesResponse;
import dev.registrykit.scaleway.internal.generated.model.ListTagsResponse;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.scaleway.internal.generated.model.ScwTag;
import dev.registrykit.scaleway.internal.generated.model.UpdateImageRequest;
import dev.registrykit.scaleway.internal.generated.model.UpdateNamespaceRequest;
import dev.registrykit.spi.Call;
import dev.registrykit.spi.Intent;
import dev.registrykit.spi.Transport;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** The twelve operations of the API: the generated client behind our transport. Thread-safe. */
final class ScalewayApi {

  private final Transport transport;
  private final String baseUrl;
  private final String region;
  private final ObjectMapper json = newMapper();
  private final ScalewayErrors errors = new ScalewayErrors(json);

  ScalewayApi(Transport transport, String baseUrl, String region) {
    this.transport = transport;
    this.baseUrl = baseUrl;
    this.region = region;
  }

  private static ObjectMapper newMapper() {
    ObjectMapper json = ApiClient.createDefaultObjectMapper();
    json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    json.getFactory()
        .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature(), false);
    return json;
  }

  ListNamespacesResponse listNamespaces(Intent intent, int page, NamespaceQuery query) {
    return call(
        "ListNamespaces",
        intent,
        client -> new NamespacesApi(client)
            .listNamespaces(
                region,
                page,
                query.pageSize(),
                query.orderBy(),
                query.organizationId(),
                query.projectId(),
                query.name()));
  }

  ScwNamespace createNamespace(Intent intent, CreateNamespaceRequest body) {
    return call(
        "CreateNamespace",
        intent,
        client -> new NamespacesApi(client).createNamespace(region, body));
  }

  ScwNamespace getNamespace(Intent intent, String id) {
    return call(
        "GetNamespace", intent, client -> new NamespacesApi(client).getNamespace(region, id));
  }

  ScwNamespace updateNamespace(Intent intent, String id, UpdateNamespaceRequest body) {
    return call(
        "UpdateNamespace",
        intent,
        client -> new NamespacesApi(client).updateNamespace(region, id, body));
  }

  ScwNamespace deleteNamespace(Intent intent, String id) {
    return call(
        "DeleteNamespace", intent, client -> new NamespacesApi(client).deleteNamespace(region, id));
  }

  ListImagesResponse listImages(Intent intent, int page, ImageQuery query) {
    return call(
        "ListImages",
        intent,
        client -> new ImagesApi(client)
            .listImages(
                region,
                page,
                query.pageSize(),
                query.orderBy(),
                query.namespaceId(),
                query.name(),
                query.organizationId(),
                query.projectId()));
  }

  ScwImage getImage(Intent intent, String id) {
    return call("GetImage", intent, client -> new ImagesApi(client).getImage(region, id));
  }

  ScwImage updateImage(Intent intent, String id, UpdateImageRequest body) {
    return call(
        "UpdateImage", intent, client -> new ImagesApi(client).updateImage(region, id, body));
  }

  ScwImage deleteImage(Intent intent, String id) {
    return call("DeleteImage", intent, client -> new ImagesApi(client).deleteImage(region, id));
  }

  ListTagsResponse listTags(Intent intent, String imageId, int page, TagQuery query) {
    return call(
        "ListTags",
        intent,
        client -> new TagsApi(client)
            .listTags(region, imageId, page, query.pageSize(), query.orderBy(), query.name()));
  }

  ScwTag getTag(Intent intent, String id) {
    return call("GetTag", intent, client -> new TagsApi(client).getTag(region, id));
  }

  /**
   * Deletes a tag.
   *
   * @param force sent if true; null sends nothing, since the parameter is deprecated
   */
  ScwTag deleteTag(Intent intent, String id, @Nullable Boolean force) {
    return call("DeleteTag", intent, client -> new TagsApi(client).deleteTag(region, id, force));
  }

  private <T> T call(String operation, Intent intent, Request<T> request) {
    Call call = new Call(
        operation,
        intent.description(),
        failure -> errors.map(failure, intent),
        null,
        intent.limit());
    T answer;
    try {
      answer = request.send(new BoundClient(transport.clientFor(call), json, baseUrl));
    } catch (ApiException e) {
      throw intent.invalid(notJson(e));
    }
    if (answer == null) {
      throw intent.invalid("the answer is empty");
    }
    return answer;
  }

  /** The transport maps every other failure, so only reading the body is left; it is not quoted. */
  private static String notJson(ApiException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      JsonLocation location = json.getLocation();
      return "the answer is not the JSON promised"
          + (location == null
              ? ""
              : ", from line " + location.getLineNr() + ", column " + location.getColumnNr());
    }
    throw new IllegalStateException("the generated client failed unexpectedly", e);
  }

  /** What generated code is asked. */
  @FunctionalInterface
  private interface Request<T> {
    @Nullable
    T send(ApiClient client) throws ApiException;
  }

  /** Gives generated code our transport and one mapper; it would make its own for each object. */
  private static final class BoundClient extends ApiClient {

    private final HttpClient http;
    private final ObjectMapper json;

    BoundClient(HttpClient http, ObjectMapper json, String baseUrl) {
      super(HttpClient.newBuilder(), json, baseUrl);
      this.http = http;
      this.json = json;
    }

    @Override
    public HttpClient getHttpClient() {
      return http;
    }

    @Override
    public ObjectMapper getObjectMapper() {
      return json;
    }
  }
}
