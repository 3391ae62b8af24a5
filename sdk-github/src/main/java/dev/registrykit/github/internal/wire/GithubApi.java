package dev.registrykit.github.internal.wire;

import dev.registrykit.ImageRef;
import dev.registrykit.github.internal.auth.TokenKind;
import dev.registrykit.github.internal.auth.TokenSource;
import dev.registrykit.github.internal.generated.ApiRequest;
import dev.registrykit.github.internal.generated.api.OwnersApi;
import dev.registrykit.github.internal.generated.api.PackagesApi;
import dev.registrykit.github.internal.generated.api.VersionsApi;
import dev.registrykit.github.internal.generated.model.AccountDocument;
import dev.registrykit.github.internal.generated.model.PackageDocument;
import dev.registrykit.github.internal.generated.model.VersionDocument;
import dev.registrykit.github.internal.wire.GithubErrors.Resource;
import dev.registrykit.spi.paging.LinkHeader;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the API that are used: the generated requests through our transport, at the documented
 * pace. Thread-safe.
 */
public final class GithubApi {

  /** The version of the API that the document in the folder spec is of. */
  public static final String API_VERSION = "2026-03-10";

  private static final String CONTAINER = "container";

  private final Transport transport;
  private final String baseUrl;
  private final TokenSource token;
  private final RateLimits limits;
  private final Pace pace;

  /** Makes the operations of an address. */
  public GithubApi(Transport transport, URI baseUrl, TokenSource token, TimeSource time) {
    this.transport = transport;
    this.baseUrl = baseUrl.toString();
    this.token = token;
    this.limits = new RateLimits(time::now);
    this.pace = new Pace(time);
  }

  /** Which versions are listed. */
  public enum State {
    /** Those that are there. */
    ACTIVE,
    /** Those that were deleted in the past 30 days. */
    DELETED
  }

  /** Returns the kind of the token, as far as it is known. */
  public TokenKind tokenKind() {
    return token.kind();
  }

  /** Returns what does work as one operation. */
  OperationRunner operations() {
    return transport::operation;
  }

  /** Reads an account. */
  AccountDocument account(Operation operation, String login) {
    return required(
        operation,
        read(
            "GetAccount",
            operation,
            Resource.ACCOUNT,
            tokenKind().whatReadingTakes(),
            OwnersApi.getAccount(login)));
  }

  /** Reads the account of the token. */
  AccountDocument tokenUser(Operation operation) {
    return required(
        operation,
        read(
            "GetMe",
            operation,
            Resource.ACCOUNT,
            tokenKind().whatReadingTakes(),
            OwnersApi.getMe()));
  }

  /** Asks for a page of packages, by its number from 1. */
  public NumberedPage<PackageDocument> listPackages(
      Operation operation, Owner owner, int page, int pageSize) {
    return page(
        operation,
        "ListPackages",
        null,
        tokenKind().whatListingTakes(),
        by(
            owner,
            org -> PackagesApi.listPackagesForOrg(org, CONTAINER, null, page, pageSize),
            user -> PackagesApi.listPackagesForUser(user, CONTAINER, null, page, pageSize),
            () -> PackagesApi.listPackagesForMe(CONTAINER, null, page, pageSize)));
  }

  /** Reads a package. */
  public PackageDocument getPackage(Operation operation, Owner owner, ImageRef image) {
    String name = name(image);
    return required(
        operation,
        read(
            "GetPackage",
            operation,
            Resource.PACKAGE,
            tokenKind().whatReadingTakes(),
            by(
                owner,
                org -> PackagesApi.getPackageForOrg(org, CONTAINER, name),
                user -> PackagesApi.getPackageForUser(user, CONTAINER, name),
                () -> PackagesApi.getPackageForMe(CONTAINER, name))));
  }

  /** Deletes a package with all its versions. A 404 proves nothing. */
  public void deletePackage(Operation operation, Owner owner, ImageRef image) {
    String name = name(image);
    change(
        Call.changing(
            "DeletePackage",
            operation.description(),
            errors(operation, Resource.VERSION, tokenKind().whatDeletingTakes())),
        operation,
        by(
            owner,
            org -> PackagesApi.deletePackageForOrg(org, CONTAINER, name),
            user -> PackagesApi.deletePackageForUser(user, CONTAINER, name),
            () -> PackagesApi.deletePackageForMe(CONTAINER, name)));
  }

  /** Undoes the deletion of a package. Never repeated. A 404 proves nothing. */
  public void restorePackage(Operation operation, Owner owner, ImageRef image) {
    String name = name(image);
    change(
        Call.changing(
                "RestorePackage",
                operation.description(),
                errors(operation, Resource.VERSION, tokenKind().whatRestoringTakes()))
            .notIdempotent(),
        operation,
        by(
            owner,
            org -> PackagesApi.restorePackageForOrg(org, CONTAINER, name),
            user -> PackagesApi.restorePackageForUser(user, CONTAINER, name),
            () -> PackagesApi.restorePackageForMe(CONTAINER, name)));
  }

  /** Asks for a page of versions, by its number from 1. */
  public NumberedPage<VersionDocument> listVersions(
      Operation operation, Owner owner, ImageRef image, int page, int pageSize, State state) {
    String name = name(image);
    String asked = state == State.DELETED ? "deleted" : null;
    return page(
        operation,
        "ListVersions",
        Resource.PACKAGE,
        tokenKind().whatReadingTakes(),
        by(
            owner,
            org -> VersionsApi.listVersionsForOrg(org, CONTAINER, name, page, pageSize, asked),
            user -> VersionsApi.listVersionsForUser(user, CONTAINER, name, page, pageSize, asked),
            () -> VersionsApi.listVersionsForMe(CONTAINER, name, page, pageSize, asked)));
  }

  /** Reads a version. A 404 is a plain {@link dev.registrykit.NotFoundException}. */
  public VersionDocument getVersion(Operation operation, Owner owner, ImageRef image, long id) {
    String name = name(image);
    return required(
        operation,
        read(
            "GetVersion",
            operation,
            Resource.VERSION,
            tokenKind().whatReadingTakes(),
            by(
                owner,
                org -> VersionsApi.getVersionForOrg(org, CONTAINER, name, id),
                user -> VersionsApi.getVersionForUser(user, CONTAINER, name, id),
                () -> VersionsApi.getVersionForMe(CONTAINER, name, id))));
  }

  /** Deletes a version with all its tags. A 404 proves nothing, but after a lost answer. */
  public void deleteVersion(Operation operation, Owner owner, ImageRef image, long id) {
    String name = name(image);
    change(
        Call.changing(
            "DeleteVersion",
            operation.description(),
            errors(operation, Resource.VERSION, tokenKind().whatDeletingTakes())),
        operation,
        by(
            owner,
            org -> VersionsApi.deleteVersionForOrg(org, CONTAINER, name, id),
            user -> VersionsApi.deleteVersionForUser(user, CONTAINER, name, id),
            () -> VersionsApi.deleteVersionForMe(CONTAINER, name, id)));
  }

  /** Undoes the deletion of a version. Never repeated. A 404 proves nothing. */
  public void restoreVersion(Operation operation, Owner owner, ImageRef image, long id) {
    String name = name(image);
    change(
        Call.changing(
                "RestoreVersion",
                operation.description(),
                errors(operation, Resource.VERSION, tokenKind().whatRestoringTakes()))
            .notIdempotent(),
        operation,
        by(
            owner,
            org -> VersionsApi.restoreVersionForOrg(org, CONTAINER, name, id),
            user -> VersionsApi.restoreVersionForUser(user, CONTAINER, name, id),
            () -> VersionsApi.restoreVersionForMe(CONTAINER, name, id)));
  }

  /** Returns the name of a package: the path without the owner. */
  private static String name(ImageRef image) {
    return image.path().substring(image.path().indexOf('/') + 1);
  }

  private static <T> ApiRequest<T> by(
      Owner owner,
      Function<String, ApiRequest<T>> org,
      Function<String, ApiRequest<T>> user,
      Supplier<ApiRequest<T>> me) {
    return switch (owner.kind()) {
      case ORGANIZATION -> org.apply(owner.login());
      case USER -> user.apply(owner.login());
      case TOKEN_USER -> me.get();
    };
  }

  private GithubErrors errors(Operation operation, @Nullable Resource resource, String advice) {
    return new GithubErrors(operation, resource, advice, limits);
  }

  private <R> NumberedPage<R> page(
      Operation operation,
      String operationId,
      @Nullable Resource resource,
      String advice,
      ApiRequest<List<R>> request) {
    Call call =
        Call.reading(operationId, operation.description(), errors(operation, resource, advice));
    HttpRequest http = http(request);
    TransportResponse response = send(call, operation, http, Pace.READ);
    List<R> items = required(operation, request.read(response.body(), operation::invalid));
    boolean hasLinks = response.headers().firstValue("link").isPresent();
    boolean hasNext =
        LinkHeader.next(http.uri(), response.headers(), operation.description()).isPresent();
    return NumberedPage.of(items, hasLinks ? hasNext : null);
  }

  private <T> @Nullable T read(
      String operationId,
      Operation operation,
      Resource resource,
      String advice,
      ApiRequest<T> request) {
    Call call =
        Call.reading(operationId, operation.description(), errors(operation, resource, advice));
    TransportResponse response = send(call, operation, http(request), Pace.READ);
    return request.read(response.body(), operation::invalid);
  }

  private void change(Call call, Operation operation, ApiRequest<Void> request) {
    TransportResponse response = send(call, operation, http(request), Pace.CHANGE);
    if (response.body().length > 0) {
      throw operation.invalid("GitHub answers a change with nothing, and this answer has a body");
    }
  }

  private TransportResponse send(Call call, Operation operation, HttpRequest request, int points) {
    transport.requireOpen();
    pace.spend(points, operation);
    return transport.send(call, request);
  }

  private HttpRequest http(ApiRequest<?> request) {
    return request.header("X-GitHub-Api-Version", API_VERSION).toHttp(baseUrl);
  }

  private static <T> T required(Operation operation, @Nullable T answer) {
    if (answer == null) {
      throw operation.invalid("the answer is empty");
    }
    return answer;
  }
}
