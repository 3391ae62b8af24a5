package dev.registrykit.http;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One request that was sent, with its answer or failure. Immutable.
 *
 * @since 0.1.0
 */
public final class RequestEvent {

  private final String operation;
  private final String method;
  private final URI uri;
  private final int attempt;
  private final Duration duration;
  private final @Nullable Integer status;
  private final @Nullable Exception failure;

  private RequestEvent(Builder builder) {
    this.operation = builder.operation;
    this.method = builder.method;
    this.uri = builder.uri;
    this.attempt = builder.attempt;
    this.duration = builder.duration;
    this.status = builder.status;
    this.failure = builder.failure;
  }

  /** Starts an event, for tests of listeners and for the transport. */
  public static Builder builder(String operation, String method, URI uri) {
    return new Builder(operation, method, uri);
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

  /**
   * Collects the parts of a {@link RequestEvent}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String operation;
    private final String method;
    private final URI uri;
    private int attempt = 1;
    private Duration duration = Duration.ZERO;
    private @Nullable Integer status;
    private @Nullable Exception failure;

    private Builder(String operation, String method, URI uri) {
      this.operation = Objects.requireNonNull(operation, "operation");
      this.method = Objects.requireNonNull(method, "method");
      this.uri = Objects.requireNonNull(uri, "uri");
    }

    /** Sets which attempt of the call this was, from 1, which it is by default. */
    public Builder attempt(int attempt) {
      this.attempt = attempt;
      return this;
    }

    /** Sets the time from sending to the last byte of the answer, or to the failure. */
    public Builder duration(Duration duration) {
      this.duration = Objects.requireNonNull(duration, "duration");
      return this;
    }

    /** Sets the HTTP status of the answer. */
    public Builder status(int status) {
      this.status = status;
      return this;
    }

    /** Sets why there was no answer. */
    public Builder failure(Exception failure) {
      this.failure = Objects.requireNonNull(failure, "failure");
      return this;
    }

    /**
     * Makes the event.
     *
     * @throws IllegalStateException unless it has either a status or a failure
     */
    public RequestEvent build() {
      if ((status == null) == (failure == null)) {
        throw new IllegalStateException("a request is answered or it fails");
      }
      return new RequestEvent(this);
    }
  }
}
