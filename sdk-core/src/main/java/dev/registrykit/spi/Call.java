package dev.registrykit.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing a provider is asked to do: a request with its repetitions. Immutable.
 *
 * @param operation the operation's name in the provider's API description, such as {@code ListTags}
 * @param description what is done, in words for messages, such as {@code list tags of ns/app}
 * @param errors makes the exception when the answer is no
 * @param maxResponseBytes the most bytes of a good answer, decompressed; null for the caller's limit,
 *     {@link dev.registrykit.http.HttpOptions#maxResponseBytes()}
 * @param limit how long it may take with all its repetitions; null for the caller's limit, {@link
 *     dev.registrykit.http.HttpOptions#callTimeout()}, which it cannot exceed
 * @param isNeverRepeated whether it must be sent once at most, whatever its method
 * @param changesNothing whether it changes nothing that matters at the registry, whatever its method,
 *     such as asking for a token
 * @param redactor hides what is secret in the request itself, beside the credentials
 */
public record Call(
    String operation,
    String description,
    ErrorMapper errors,
    @Nullable Long maxResponseBytes,
    @Nullable Duration limit,
    boolean isNeverRepeated,
    boolean changesNothing,
    Redactor redactor) {

  /** The most bytes of a token's answer. */
  public static final long MAX_TOKEN_BYTES = 128 * 1024;

  /** The most bytes of a manifest, which every registry should take at least. */
  public static final long MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

  /** Refuses {@code null}. */
  public Call {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(errors, "errors");
    Objects.requireNonNull(redactor, "redactor");
  }

  /** Makes a call whose answer may have as many bytes as the caller allows. */
  public Call(String operation, String description, ErrorMapper errors) {
    this(operation, description, errors, null, null);
  }

  /** Makes a call that is repeated if its method allows it. */
  public Call(
      String operation,
      String description,
      ErrorMapper errors,
      @Nullable Long maxResponseBytes,
      @Nullable Duration limit) {
    this(operation, description, errors, maxResponseBytes, limit, false, false, Redactor.none());
  }

  /** Returns the same call, to be sent once at most. */
  public Call neverRepeated() {
    return new Call(
        operation, description, errors, maxResponseBytes, limit, true, changesNothing, redactor);
  }

  /** Returns the same call, which changes nothing that matters whatever its method. */
  public Call changingNothing() {
    return new Call(
        operation, description, errors, maxResponseBytes, limit, isNeverRepeated, true, redactor);
  }

  /**
   * Returns the same call, whose request holds secrets beside those of the {@link Credentials}, such
   * as a password in its body: they are hidden wherever a server says them back.
   */
  public Call hiding(Collection<String> secrets) {
    return new Call(
        operation,
        description,
        errors,
        maxResponseBytes,
        limit,
        isNeverRepeated,
        changesNothing,
        redactor.and(Redactor.of(secrets)));
  }
}
