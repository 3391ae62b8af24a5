package dev.registrykit.spi.transport;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;

/**
 * Turns an answer that says no into the exception a caller can act on.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorMapper {

  /** Returns the exception to throw. */
  RegistryServiceException map(FailedResponse failure);

  /** Returns what the answer says about sending the request again. */
  default RetryAdvice advice(FailedResponse failure) {
    return RetryAdvice.NONE;
  }

  /** Returns the exception that stands for the status alone. */
  static RegistryServiceException byStatus(ErrorDetails details) {
    return switch (details.statusCode()) {
      case 400, 422 -> new BadRequestException(details);
      case 401 -> new AuthenticationException(details);
      case 403 -> new PermissionDeniedException(details);
      case 404 -> new NotFoundException(details);
      case 409, 423 -> new ConflictException(details);
      case 412 -> new PreconditionFailedException(details);
      case 429 -> new RateLimitException(details);
      default ->
        details.statusCode() >= 500
            ? new ServerException(details)
            : new RegistryServiceException(details);
    };
  }

  /**
   * Returns what a caller is told of an endpoint that refused a token: an {@link AuthenticationException} with the
   * status 401, for its own, such as 404, 405 or 410, would be taken for the registry's word on what was asked. What
   * passes, or is of the login, stays: 401, 403, 408, 429, and from 500 on all but 501.
   */
  static RegistryServiceException ofTokenEndpoint(RegistryServiceException refusal) {
    int status = refusal.statusCode();
    boolean stays = switch (status) {
      case 401, 403, 408, 429 -> true;
      case 501 -> false;
      default -> status >= 500;
    };
    if (stays) {
      return refusal;
    }
    ErrorDetails details = refusal.details();
    AuthenticationException told = new AuthenticationException(details.toBuilder()
        .statusCode(401)
        .serverMessage(details.serverMessage().orElse("no token") + " (HTTP " + status + " there)")
        .build());
    for (Throwable suppressed : refusal.getSuppressed()) {
      told.addSuppressed(suppressed);
    }
    return told;
  }
}
