package dev.registrykit.github.internal.wire;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.github.DownloadLimitException;
import dev.registrykit.github.LastVersionException;
import java.nio.charset.StandardCharsets;

/**
 * Tells a failure again, as one of the same class: as a failure of what the caller asked for, or with what is
 * left of it. The first telling is the cause, where the class takes one, or is suppressed. What went wrong with a
 * connection or with time has the cause that it had.
 */
public final class Retold {

  private Retold() {}

  /** Returns the failure as one of this operation. */
  public static RegistryException as(String operation, RegistryException e) {
    return e.operation().equals(operation) ? e : of(e, renamed(operation, e.details()));
  }

  /** Returns the failure with more words, and as one that may have changed something if it did. */
  public static RegistryException adding(String more, boolean hasChanged, RegistryException e) {
    ErrorDetails details = e.details();
    return of(
        e,
        details.toBuilder()
            .serverMessage(
                details.serverMessage().map(said -> said + "; " + more).orElse(more))
            .mayHaveTakenEffect(details.mayHaveTakenEffect() || hasChanged)
            .build());
  }

  private static ErrorDetails renamed(String operation, ErrorDetails details) {
    return ErrorDetails.builder(operation)
        .statusCode(details.statusCode())
        .errorCode(details.errorCode().orElse(null))
        .serverMessage(details.serverMessage().orElse(null))
        .requestId(details.requestId().orElse(null))
        .retryAfter(details.retryAfter().orElse(null))
        .attempts(details.attempts())
        .answerWasLost(details.answerWasLost())
        .mayHaveTakenEffect(details.mayHaveTakenEffect())
        .headers(details.headers())
        .body(details.body().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static RegistryException of(RegistryException e, ErrorDetails details) {
    RegistryException again = e instanceof RegistryServiceException service
        ? ofService(service, details)
        : ofOther(e, details);
    if (again.getCause() != e) {
      again.addSuppressed(e);
    }
    return again;
  }

  private static RegistryException ofOther(RegistryException e, ErrorDetails details) {
    if (e instanceof RegistryInterruptedException) {
      return new RegistryInterruptedException(details, e.getCause());
    }
    if (e instanceof RegistryTimeoutException) {
      return new RegistryTimeoutException(details, e.getCause());
    }
    if (e instanceof RegistryIOException) {
      return new RegistryIOException(details, e.getCause());
    }
    if (e instanceof InvalidResponseException) {
      return new InvalidResponseException(details, e);
    }
    if (e instanceof UnsupportedFeatureException unsupported) {
      return new UnsupportedFeatureException(details, unsupported.feature().orElse(null), e);
    }
    return new RegistryException(details, e);
  }

  private static RegistryServiceException ofService(
      RegistryServiceException e, ErrorDetails details) {
    if (e instanceof NotFoundException) {
      return ofNotFound(e, details);
    }
    if (e instanceof ConflictException) {
      return ofConflict(e, details);
    }
    if (e instanceof AuthenticationException) {
      return new AuthenticationException(details);
    }
    if (e instanceof PermissionDeniedException) {
      return new PermissionDeniedException(details);
    }
    if (e instanceof RateLimitException) {
      return new RateLimitException(details);
    }
    if (e instanceof ServerException) {
      return new ServerException(details);
    }
    if (e instanceof PreconditionFailedException) {
      return new PreconditionFailedException(details);
    }
    return e instanceof BadRequestException
        ? new BadRequestException(details)
        : new RegistryServiceException(details);
  }

  private static NotFoundException ofNotFound(RegistryServiceException e, ErrorDetails details) {
    if (e instanceof TagNotFoundException tag) {
      return new TagNotFoundException(tag.image(), tag.tag(), details);
    }
    return e instanceof ImageNotFoundException image
        ? new ImageNotFoundException(image.image(), details)
        : new NotFoundException(details);
  }

  private static ConflictException ofConflict(RegistryServiceException e, ErrorDetails details) {
    if (e instanceof LastVersionException) {
      return new LastVersionException(details);
    }
    return e instanceof DownloadLimitException
        ? new DownloadLimitException(details)
        : new ConflictException(details);
  }
}
