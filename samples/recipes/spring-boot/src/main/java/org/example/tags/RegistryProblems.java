package org.example.tags;

import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

// snippet: spring-problems
/** What the registry refuses, as problem details. */
@RestControllerAdvice(assignableTypes = TagController.class)
class RegistryProblems {

  private static final Logger LOGGER = LoggerFactory.getLogger(RegistryProblems.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> answer(RegistryException e) {
    HttpStatus status = statusOf(e);
    String detail = e.getMessage();
    if (status.is5xxServerError()) {
      LOGGER.warn("The registry could not serve a request", e);
      detail = e.operation() + " failed"; // what the registry says is not for strangers
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setProperty("mayHaveTakenEffect", e.mayHaveTakenEffect());
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE && e instanceof RegistryServiceException refusal) {
      refusal
          .retryAfter()
          .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, "" + seconds(wait)));
    }
    return answer.body(problem);
  }

  /** A name, a digest, a page size or a cursor that cannot be. Nothing was sent. */
  @ExceptionHandler
  ProblemDetail answer(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  private static HttpStatus statusOf(RegistryException e) {
    if (e instanceof TagNotFoundException || e instanceof ImageNotFoundException) {
      return HttpStatus.NOT_FOUND;
    }
    if (e instanceof ConflictException
        || e instanceof TagInUseException
        || e instanceof ImageInUseException) {
      return HttpStatus.CONFLICT;
    }
    if (e instanceof PreconditionFailedException) {
      return HttpStatus.PRECONDITION_FAILED;
    }
    if (e instanceof BadRequestException) {
      return HttpStatus.BAD_REQUEST;
    }
    if (e instanceof RateLimitException
        || e instanceof ServerException
        || e instanceof RegistryInterruptedException) {
      return HttpStatus.SERVICE_UNAVAILABLE;
    }
    if (e instanceof RegistryTimeoutException) {
      return HttpStatus.GATEWAY_TIMEOUT;
    }
    if (e instanceof UnsupportedFeatureException) {
      return HttpStatus.NOT_IMPLEMENTED;
    }
    return HttpStatus.BAD_GATEWAY; // our login, a proxy, no connection: not for the caller to mend
  }

  private static long seconds(Duration wait) {
    return wait.plusMillis(999).toSeconds();
  }
}
// end
