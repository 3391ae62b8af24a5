package dev.registrykit.github.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.github.DownloadLimitException;
import dev.registrykit.github.LastVersionException;
import dev.registrykit.github.internal.generated.JsonTrees;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.FailedResponse;
import dev.registrykit.spi.transport.RetryAdvice;
import org.jspecify.annotations.Nullable;

/**
 * Maps refusals of GitHub's API to exceptions. The status alone does not tell: 403 may be a limit, 400 a
 * refusal, and a 404 a missing permission. One for each call.
 *
 * @param operation what is done for the caller
 * @param resource what the call is about; null where nothing can be missing
 * @param advice what the token needs for it
 * @param limits tells limits from other refusals
 */
record GithubErrors(
    Operation operation, @Nullable Resource resource, String advice, RateLimits limits)
    implements ErrorMapper {

  /** What can be missing. */
  enum Resource {
    /** An image. */
    PACKAGE,
    /** A manifest, whose 404 is no word about an image or a tag. */
    VERSION,
    /** An account, likewise. */
    ACCOUNT
  }

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  @Override
  public RegistryServiceException map(FailedResponse failure) {
    JsonNode body = JsonTrees.readRefusal(failure.response().body());
    String message = body.path("message").asText("");
    ErrorDetails details = failure.details().serverMessage(message).build();
    if (limits.isLimit(failure, message)) {
      return new RateLimitException(
          details.toBuilder().retryAfter(limits.retryAfter(failure, message)).build());
    }
    return switch (failure.response().status()) {
      case BAD_REQUEST -> refused(details, message);
      case UNAUTHORIZED -> new AuthenticationException(details);
      case FORBIDDEN -> new PermissionDeniedException(with(details, scoped(failure)));
      case NOT_FOUND -> missing(details, body);
      default -> ErrorMapper.byStatus(details);
    };
  }

  @Override
  public RetryAdvice advice(FailedResponse failure) {
    String message =
        JsonTrees.readRefusal(failure.response().body()).path("message").asText("");
    return limits.isLimit(failure, message)
        ? new RetryAdvice(true, true, limits.retryAfter(failure, message))
        : RetryAdvice.NONE;
  }

  /** The two refusals are reported by users; GitHub's documentation knows the rules and not the answers. */
  private RegistryServiceException refused(ErrorDetails details, String message) {
    if (Refusals.isLastVersion(message)) {
      return new LastVersionException(with(details, LastVersionException.ADVICE));
    }
    if (Refusals.isDownloadLimit(message)) {
      return new DownloadLimitException(with(details, DownloadLimitException.ADVICE));
    }
    return new BadRequestException(with(details, advice));
  }

  private NotFoundException missing(ErrorDetails details, JsonNode body) {
    if (resource == Resource.PACKAGE && Absence.isSaidBy(body)) {
      NotFoundException missing = operation.notFound().apply(details);
      return missing instanceof TagNotFoundException tag
          ? new ImageNotFoundException(tag.image(), details)
          : missing;
    }
    String why = resource == Resource.ACCOUNT
        ? "there is no such account, or the token may not see it"
        : "this does not prove that it is missing";
    return new NotFoundException(with(details, why));
  }

  /** Adds the scopes that GitHub says the token has, where it does: only of classic tokens. */
  private String scoped(FailedResponse failure) {
    return failure
        .response()
        .headers()
        .firstValue("x-oauth-scopes")
        .filter(scopes -> scopes.matches("[a-z:_, ]{0,200}"))
        .map(scopes -> advice + "; this one has " + (scopes.isBlank() ? "none" : scopes))
        .orElse(advice);
  }

  private static ErrorDetails with(ErrorDetails details, String more) {
    return details.toBuilder()
        .serverMessage(details.serverMessage().map(said -> said + "; " + more).orElse(more))
        .build();
  }
}
