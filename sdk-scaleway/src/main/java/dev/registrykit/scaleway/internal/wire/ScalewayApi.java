package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.scaleway.internal.generated.ApiRequest;
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
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The twelve operations of the API: the generated requests through our transport. Thread-safe. */
public final class ScalewayApi {

  private final Transport transport;
  private final String baseUrl;
  private final String region;
  private final TimeSource time;

  /** Makes the operations of one region. */
  public ScalewayApi(Transport transport, String baseUrl, String region, TimeSource time) {
    this.transport = transport;
    this.baseUrl = baseUrl;
    this.region = region;
    this.time = time;
  }

  /** Returns what does work as one operation. */
  public OperationRunner operations() {
    return transport::operation;
  }

  /** Returns the most pages to read of one listing. */
  public int maxPages() {
    return transport.options().maxPages();
  }

  /**
   * Returns the cursors of a listing of this region.
   *
   * @param parts what tells it from the other listings, order and page size included
   */
  public ListingCursors cursors(@Nullable Object... parts) {
    return ListingCursors.of(
        Stream.concat(Stream.of("scaleway", region), Arrays.stream(parts)).toArray());
  }

  /** Returns the listing of these pages from a cursor on; {@link PageNumbers#listing}. */
  public <T> PagedIterable<T> listing(
      PageNumbers<?, T> pages,
      Optional<PageCursor> cursor,
      Function<? super T, ?> identity,
      Predicate<? super T> filter) {
    return listing(pages, cursor, identity, filter, UnaryOperator.identity());
  }

  /** Returns such a listing, read as the caller's options say. */
  public <T> PagedIterable<T> listing(
      PageNumbers<?, T> pages,
      Optional<PageCursor> cursor,
      Function<? super T, ?> identity,
      Predicate<? super T> filter,
      UnaryOperator<Listing<T>> options) {
    return Pages.of(
        options.apply(pages.listing(cursor, identity, filter, maxPages(), operations())));
  }

  /** Asks for a page of namespaces, by its number from 1. */
  public NumberedPage<ScwNamespace> listNamespaces(
      Operation operation, int page, NamespaceQuery query) {
    ListNamespacesResponse answer = call(
        Call::reading,
        "ListNamespaces",
        operation,
        null,
        NamespacesApi.listNamespaces(
            region,
            page,
            query.pageSize(),
            query.orderBy(),
            query.organizationId(),
            query.projectId(),
            query.name()));
    return NumberedPage.of(answer.getNamespaces(), answer.getTotalCount());
  }

  /** Creates a namespace. */
  public ScwNamespace createNamespace(Operation operation, CreateNamespaceRequest body) {
    return call(
        ScalewayApi::notIdempotent,
        "CreateNamespace",
        operation,
        null,
        NamespacesApi.createNamespace(region, body));
  }

  /** Reads a namespace. */
  public ScwNamespace getNamespace(Operation operation, String id) {
    ScwNamespace answer = call(
        Call::reading,
        "GetNamespace",
        operation,
        Resource.NAMESPACE,
        NamespacesApi.getNamespace(region, id));
    return requireId(id, answer.getId(), Resource.NAMESPACE, answer, operation);
  }

  /** Changes a namespace. */
  public ScwNamespace updateNamespace(Operation operation, String id, UpdateNamespaceRequest body) {
    ScwNamespace answer = call(
        ScalewayApi::notIdempotent,
        "UpdateNamespace",
        operation,
        Resource.NAMESPACE,
        NamespacesApi.updateNamespace(region, id, body));
    return requireId(id, answer.getId(), Resource.NAMESPACE, answer, operation);
  }

  /** Deletes a namespace. */
  public ScwNamespace deleteNamespace(Operation operation, String id) {
    ScwNamespace answer = call(
        Call::changing,
        "DeleteNamespace",
        operation,
        Resource.NAMESPACE,
        NamespacesApi.deleteNamespace(region, id));
    return requireId(id, answer.getId(), Resource.NAMESPACE, answer, operation);
  }

  /** Asks for a page of images, by its number from 1. */
  public NumberedPage<ScwImage> listImages(Operation operation, int page, ImageQuery query) {
    ListImagesResponse answer = call(
        Call::reading,
        "ListImages",
        operation,
        null,
        ImagesApi.listImages(
            region,
            page,
            query.pageSize(),
            query.orderBy(),
            query.namespaceId(),
            query.name(),
            query.organizationId(),
            query.projectId()));
    return NumberedPage.of(answer.getImages(), answer.getTotalCount());
  }

  /** Reads an image. */
  public ScwImage getImage(Operation operation, String id) {
    ScwImage answer =
        call(Call::reading, "GetImage", operation, Resource.IMAGE, ImagesApi.getImage(region, id));
    return requireId(id, answer.getId(), Resource.IMAGE, answer, operation);
  }

  /** Changes an image. */
  public ScwImage updateImage(Operation operation, String id, UpdateImageRequest body) {
    ScwImage answer = call(
        ScalewayApi::notIdempotent,
        "UpdateImage",
        operation,
        Resource.IMAGE,
        ImagesApi.updateImage(region, id, body));
    return requireId(id, answer.getId(), Resource.IMAGE, answer, operation);
  }

  /** Deletes an image. */
  public ScwImage deleteImage(Operation operation, String id) {
    ScwImage answer = call(
        Call::changing,
        "DeleteImage",
        operation,
        Resource.IMAGE,
        ImagesApi.deleteImage(region, id));
    return requireId(id, answer.getId(), Resource.IMAGE, answer, operation);
  }

  /** Asks for a page of tags, by its number from 1. */
  public NumberedPage<ScwTag> listTags(
      Operation operation, String imageId, int page, TagQuery query) {
    ListTagsResponse answer = call(
        Call::reading,
        "ListTags",
        operation,
        Resource.IMAGE,
        TagsApi.listTags(region, imageId, page, query.pageSize(), query.orderBy(), query.name()));
    return NumberedPage.of(answer.getTags(), answer.getTotalCount());
  }

  /** Reads a tag. */
  public ScwTag getTag(Operation operation, String id) {
    ScwTag answer =
        call(Call::reading, "GetTag", operation, Resource.TAG, TagsApi.getTag(region, id));
    return requireId(id, answer.getId(), Resource.TAG, answer, operation);
  }

  /**
   * Deletes a tag.
   *
   * @param force sent if true; null sends nothing, since the parameter is deprecated
   */
  public ScwTag deleteTag(Operation operation, String id, @Nullable Boolean force) {
    ScwTag answer = call(
        Call::changing, "DeleteTag", operation, Resource.TAG, TagsApi.deleteTag(region, id, force));
    return requireId(id, answer.getId(), Resource.TAG, answer, operation);
  }

  /**
   * Returns the answer, after checking that it is about the identifier that was asked for. For a deletion,
   * an answer about anything else is no success.
   */
  private static <T> T requireId(
      String id, @Nullable String sent, Resource resource, T answer, Operation operation) {
    String present = ScalewayMapper.required(sent, resource.word(), "id", operation);
    if (!present.equalsIgnoreCase(id)) {
      throw operation.invalid("the registry sent another " + resource.word() + " than asked for");
    }
    return answer;
  }

  private <T> T call(
      Kind kind,
      String operationId,
      Operation operation,
      @Nullable Resource resource,
      ApiRequest<T> request) {
    ScalewayErrors errors = new ScalewayErrors(operation, resource, time::now);
    Call call = kind.of(operationId, operation.description(), errors);
    TransportResponse response = transport.send(call, request.toHttp(baseUrl));
    T answer = request.read(response.body(), operation::invalid);
    if (answer == null) {
      throw operation.invalid("the answer is empty");
    }
    return answer;
  }

  private static Call notIdempotent(String operationId, String description, ErrorMapper errors) {
    return Call.changing(operationId, description, errors).notIdempotent();
  }

  /** Makes a call that reads or changes. */
  @FunctionalInterface
  private interface Kind {
    Call of(String operationId, String description, ErrorMapper errors);
  }
}
