package dev.registrykit.http;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One request that was sent, with its answer or failure. Immutable. */
public final class RequestEvent {

  private final String operation;
  private final String method;
  private final URI uri;
  private final int attempt;
  private final Duration duration;
  private final @Nullable Integer status;
  private final @Nullable Exception failure;

  private RequestEvent(
      String operation,
      String method,
      URI uri,
      int attempt,
      Duration duration,
      @Nullable Integer status,
      @Nullable Exception failure) {
    this.operation = Objects.requireNonNull(operation, "operation");
    this.method = Objects.requireNonNull(method, "method");
    this.uri = Objects.requireNonNull(uri, "uri");
    this.attempt = attempt;
    this.duration = Objects.requireNonNull(duration, "duration");
    this.status = status;
    this.failure = failure;
  }

  /** Makes an event of a request that was answered. */
  public static RequestEvent answered(
      String operation, String method, URI uri, int attempt, Duration duration, int status) {
    return new RequestEvent(operation, method, uri, attempt, duration, status, null);
  }

  /** Makes an event of a request that got no answer. */
  public static RequestEvent failed(
      String operation, String method, URI uri, int attempt, Duration duration, Exception failure) {
    return new RequestEvent(operation, method, uri, attempt, duration, null, failure);
  }

  /**
   * Returns the operation's name in the provider's API description, such as {@code ListTags}: one
   * of few, fit for the label of a metric.
   */
  public String operation() {
    return operation;
  }

  /** Returns the HTTP method. */
  public String method() {
    return method;
  }

  /** Returns the URI; values of query parameters that are not known to be harmless are hidden. */
  public URI uri() {
    return uri;
  }

  /** Returns which attempt of the call this was, from 1; the hops of a redirect share a number. */
  public int attempt() {
    return attempt;
  }

  /** Returns the time from sending to the last byte of the answer, or to the failure. */
  public Duration duration() {
    return duration;
  }

  /** Returns the HTTP status, if the request was answered. */
  public OptionalInt status() {
    return status == null ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Returns why there was no answer, if so. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns all parts on one line, for logs. */
  @Override
  public String toString() {
    return "%s %s -> %s in %s ms (%s, attempt %s)"
        .formatted(
            method,
            uri,
            failure == null ? String.valueOf(status) : failure.getClass().getSimpleName(),
            duration.toMillis(),
            operation,
            attempt);
  }
}
