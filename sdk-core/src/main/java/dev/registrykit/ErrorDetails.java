package dev.registrykit;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a failure; the parts of a {@link RegistryException}. Immutable.
 *
 * <p>Callers need it only to make such exceptions in their own tests.
 *
 * @since 0.1.0
 */
public final class ErrorDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How much of a response body an exception keeps, in bytes of UTF-8. */
  private static final int MAX_BODY_BYTES = 8 * 1024;

  private static final int MAX_MESSAGE_CHARS = 500;

  private final String operation;
  private final int statusCode;
  private final @Nullable String errorCode;
  private final @Nullable String serverMessage;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;
  private final int attempts;
  private final boolean answerWasLost;
  private final boolean mayHaveTakenEffect;
  private final Map<String, List<String>> headers;
  private final String body;

  private ErrorDetails(Builder builder) {
    this.operation = builder.operation;
    this.statusCode = builder.statusCode;
    this.errorCode = oneLine(builder.redacted(builder.errorCode));
    this.serverMessage = oneLine(builder.redacted(builder.serverMessage));
    this.requestId = oneLine(builder.redacted(builder.requestId));
    this.retryAfter = builder.retryAfter;
    this.attempts = builder.attempts;
    this.answerWasLost = builder.answerWasLost;
    this.mayHaveTakenEffect = builder.mayHaveTakenEffect || builder.answerWasLost;
    this.headers = builder.headers.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(
            Map.Entry::getKey,
            header -> header.getValue().stream()
                .map(value -> withoutControls(builder.redactor.apply(value)))
                .toList()));
    this.body = beginning(builder.redactor.apply(builder.body));
  }

  /**
   * Starts the details of a failed operation.
   *
   * @param operation what failed, in words, such as {@code delete tag 1.2 of ns/app}
   */
  public static Builder builder(String operation) {
    return new Builder(operation);
  }

  /**
   * Makes the details of a failure of which nothing more is known.
   *
   * @param operation what failed, in words, such as {@code delete tag 1.2 of ns/app}
   * @param why why it failed, in words
   */
  public static ErrorDetails of(String operation, String why) {
    return builder(operation).serverMessage(why).build();
  }

  /** Returns a builder that holds the same. */
  public Builder toBuilder() {
    Builder builder = new Builder(operation);
    builder.statusCode = statusCode;
    builder.errorCode = errorCode;
    builder.serverMessage = serverMessage;
    builder.requestId = requestId;
    builder.retryAfter = retryAfter;
    builder.attempts = attempts;
    builder.answerWasLost = answerWasLost;
    builder.mayHaveTakenEffect = mayHaveTakenEffect;
    builder.headers = headers;
    builder.body = body;
    return builder;
  }

  /** Makes text of a server fit for one line of a log. */
  private static @Nullable String oneLine(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String line = withoutControls(text).strip();
    if (line.isEmpty()) {
      return null;
    }
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "…";
  }

  private static String withoutControls(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
  }

  /** Cuts only what has been redacted, so that no half of a secret is left at the end. */
  private static String beginning(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BODY_BYTES) {
      return body;
    }
    int end = MAX_BODY_BYTES;
    while (isInsideCharacter(bytes[end])) { // half of one would become another, longer one
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static boolean isInsideCharacter(byte utf8) {
    return (utf8 & 0xc0) == 0x80;
  }

  String message() {
    StringBuilder message = new StringBuilder(operation).append(" failed: ");
    if (statusCode != 0) {
      message.append("HTTP ").append(statusCode);
      if (errorCode != null) {
        message.append(' ').append(errorCode);
      }
      if (serverMessage != null) {
        message.append(": ");
      }
    }
    if (serverMessage != null) {
      message.append(serverMessage);
    }
    if (requestId != null && attempts > 1) {
      message.append(" (request-id ").append(requestId).append(", ").append(attempts);
      message.append(" attempts)");
    } else if (requestId != null) {
      message.append(" (request-id ").append(requestId).append(')');
    } else if (attempts > 1) {
      message.append(" (").append(attempts).append(" attempts)");
    }
    return message.toString();
  }

  /** Returns what failed, in words. */
  public String operation() {
    return operation;
  }

  /** Returns the HTTP status, or 0 if there was none. */
  public int statusCode() {
    return statusCode;
  }

  /** Returns the provider's own word for the error. */
  public Optional<String> errorCode() {
    return Optional.ofNullable(errorCode);
  }

  /** Returns the provider's explanation, on one line of bounded length. */
  public Optional<String> serverMessage() {
    return Optional.ofNullable(serverMessage);
  }

  /** Returns the identifier of the request at the provider. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** Returns how long the provider asks to wait. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Returns how many times the request was sent; 0 if it was refused unsent. */
  public int attempts() {
    return attempts;
  }

  /** Returns whether an earlier attempt may have taken effect. */
  public boolean answerWasLost() {
    return answerWasLost;
  }

  /** Returns whether anything that the operation sent may have changed something. */
  public boolean mayHaveTakenEffect() {
    return mayHaveTakenEffect;
  }

  /** Returns the response headers that may be logged, by lower-case name. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the beginning of the response body as text, at most 8 KiB. */
  public String body() {
    return body;
  }

  /**
   * Collects {@link ErrorDetails}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String operation;
    private int statusCode;
    private @Nullable String errorCode;
    private @Nullable String serverMessage;
    private @Nullable String requestId;
    private @Nullable Duration retryAfter;
    private int attempts = 1;
    private boolean answerWasLost;
    private boolean mayHaveTakenEffect;
    private Map<String, List<String>> headers = Map.of();
    private String body = "";
    private UnaryOperator<String> redactor = UnaryOperator.identity();

    private Builder(String operation) {
      this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** Sets the HTTP status; 0 for none. */
    public Builder statusCode(int statusCode) {
      this.statusCode = statusCode;
      return this;
    }

    /** Sets the provider's own word for the error. */
    public Builder errorCode(@Nullable String errorCode) {
      this.errorCode = errorCode;
      return this;
    }

    /** Sets the provider's explanation, or the SDK's own where the status is 0. */
    public Builder serverMessage(@Nullable String serverMessage) {
      this.serverMessage = serverMessage;
      return this;
    }

    /** Sets the identifier of the request at the provider. */
    public Builder requestId(@Nullable String requestId) {
      this.requestId = requestId;
      return this;
    }

    /** Sets how long the provider asks to wait. */
    public Builder retryAfter(@Nullable Duration retryAfter) {
      this.retryAfter = retryAfter;
      return this;
    }

    /** Sets how many times the request was sent. */
    public Builder attempts(int attempts) {
      this.attempts = attempts;
      return this;
    }

    /** Sets whether an earlier attempt may have taken effect. */
    public Builder answerWasLost(boolean answerWasLost) {
      this.answerWasLost = answerWasLost;
      return this;
    }

    /** Sets whether anything that the operation sent may have changed something. */
    public Builder mayHaveTakenEffect(boolean mayHaveTakenEffect) {
      this.mayHaveTakenEffect = mayHaveTakenEffect;
      return this;
    }

    /** Sets the response headers that may be logged, by lower-case name. */
    public Builder headers(Map<String, List<String>> headers) {
      this.headers = Objects.requireNonNull(headers, "headers");
      return this;
    }

    /** Sets the response body, of which the beginning is kept; malformed UTF-8 is replaced. */
    public Builder body(byte[] body) {
      this.body = new String(body, StandardCharsets.UTF_8);
      return this;
    }

    /**
     * Passes all text that a server sent through this when the details are made, to hide secrets in
     * it, whenever it was set.
     */
    public Builder redactedBy(UnaryOperator<String> redactor) {
      this.redactor = Objects.requireNonNull(redactor, "redactor");
      return this;
    }

    private @Nullable String redacted(@Nullable String text) {
      return text == null ? null : redactor.apply(text);
    }

    /** Makes the details. */
    public ErrorDetails build() {
      return new ErrorDetails(this);
    }
  }
}
