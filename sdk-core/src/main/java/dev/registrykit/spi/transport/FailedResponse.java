package dev.registrykit.spi.transport;

import dev.registrykit.ErrorDetails;
import dev.registrykit.spi.support.OperationContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last answer to a call that failed, for an {@link ErrorMapper}. Immutable.
 *
 * @since 0.1.0
 */
public final class FailedResponse {

  private final String description;
  private final ServiceTraits service;
  private final TransportResponse response;
  private final @Nullable Duration retryAfter;
  private final int attempts;
  private final boolean answerWasLost;

  FailedResponse(
      String description,
      ServiceTraits service,
      TransportResponse response,
      @Nullable Duration retryAfter,
      int attempts,
      boolean answerWasLost) {
    this.description = Objects.requireNonNull(description, "description");
    this.service = Objects.requireNonNull(service, "service");
    this.response = Objects.requireNonNull(response, "response");
    this.retryAfter = retryAfter;
    this.attempts = attempts;
    this.answerWasLost = answerWasLost;
  }

  /** Returns the answer, as it was sent: secrets that it says back are still in it. */
  public TransportResponse response() {
    return response;
  }

  /** Returns how long {@code Retry-After} asks to wait; null where it does not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /**
   * Returns all that is known without looking into the body, to be completed by the provider. What is
   * secret in it, and in what is added, is hidden when the details are made.
   */
  public ErrorDetails.Builder details() {
    return ErrorDetails.builder(description)
        .statusCode(response.status())
        .requestId(response.headers().firstValue(service.requestIdHeader()).orElse(null))
        .retryAfter(retryAfter)
        .attempts(attempts)
        .answerWasLost(answerWasLost)
        .mayHaveTakenEffect(OperationContext.mayHaveTakenEffect())
        .headers(response.headers().map().entrySet().stream()
            .map(entry -> Map.entry(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()))
            .filter(entry -> service.showsHeader(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a)))
        .body(response.body())
        .redactedBy(response.redactor());
  }
}
