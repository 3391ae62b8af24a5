package dev.registrykit.spi;

import dev.registrykit.ErrorDetails;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last answer to a call that failed, for an {@link ErrorMapper}. Immutable. */
public final class FailedResponse {

  /** Headers whose values tell nothing secret and help to find the cause. */
  static final Set<String> SHOWN_HEADERS = Set.of(
      "content-length",
      "content-type",
      "date",
      "docker-content-digest",
      "docker-distribution-api-version",
      "ratelimit-limit",
      "ratelimit-remaining",
      "ratelimit-reset",
      "retry-after",
      "server",
      "via",
      "warning",
      "x-envoy-ratelimited",
      "x-ratelimit-limit",
      "x-ratelimit-remaining",
      "x-ratelimit-reset",
      "x-request-id");

  private final Call call;
  private final TransportResponse response;
  private final @Nullable Duration retryAfter;
  private final int attempts;
  private final boolean answerWasLost;

  FailedResponse(
      Call call,
      TransportResponse response,
      @Nullable Duration retryAfter,
      int attempts,
      boolean answerWasLost) {
    this.call = Objects.requireNonNull(call, "call");
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
    return ErrorDetails.of(call.description())
        .statusCode(response.status())
        .requestId(response.headers().firstValue("x-request-id").orElse(null))
        .retryAfter(retryAfter)
        .attempts(attempts)
        .answerWasLost(answerWasLost)
        .mayHaveTakenEffect(OperationContext.mayHaveTakenEffect())
        .headers(response.headers().map().entrySet().stream()
            .map(entry -> Map.entry(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()))
            .filter(entry -> SHOWN_HEADERS.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a)))
        .body(response.body())
        .redactedBy(response.redactor());
  }
}
