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
}
