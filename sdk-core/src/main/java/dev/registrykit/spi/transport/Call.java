package dev.registrykit.spi.transport;

import dev.registrykit.spi.support.Redactor;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One thing a provider is asked to do: a request with its repetitions. Immutable: each method returns a
 * copy with that change.
 *
 * <p>Whether it may be repeated is the operation's own, whatever its HTTP method: {@link #reading} and
 * {@link #changing} are repeated after failures that may pass, {@link #notIdempotent()} only where the
 * answer says that nothing was done, and {@link #once()} never.
 *
 * @since 0.1.0
 */
public final class Call {

  private final String operation;
  private final String description;
  private final ErrorMapper errors;
  private final boolean changesSomething;
  private final Repetition repetition;
  private final @Nullable Long maxResponseBytes;
  private final @Nullable Duration limit;
  private final Redactor redactor;

  /** When a call is sent again. */
  private enum Repetition {
    IF_IT_MAY_HELP,
    IF_NOTHING_WAS_DONE,
    NEVER
  }

  private Call(
      String operation,
      String description,
      ErrorMapper errors,
      boolean changesSomething,
      Repetition repetition,
      @Nullable Long maxResponseBytes,
      @Nullable Duration limit,
      Redactor redactor) {
    this.operation = Objects.requireNonNull(operation, "operation");
    this.description = Objects.requireNonNull(description, "description");
    this.errors = Objects.requireNonNull(errors, "errors");
    this.changesSomething = changesSomething;
    this.repetition = repetition;
    this.maxResponseBytes = maxResponseBytes;
    this.limit = limit;
    this.redactor = redactor;
  }

  /**
   * Makes a call that changes nothing that matters at the registry, and may be repeated.
   *
   * @param operation the operation's name in the provider's API description, such as {@code ListTags}
   * @param description what is done, in words for messages, such as {@code list tags of ns/app}
   * @param errors makes the exception when the answer is no
   */
  public static Call reading(String operation, String description, ErrorMapper errors) {
    return of(operation, description, errors, false);
  }

  /**
   * Makes a call that changes something, and is idempotent: done twice, it changes no more than done
   * once. A failure that leaves open whether it took effect says so.
   *
   * @param operation the operation's name in the provider's API description, such as {@code DeleteTag}
   * @param description what is done, in words for messages, such as {@code delete tag 1.2 of ns/app}
   * @param errors makes the exception when the answer is no
   */
  public static Call changing(String operation, String description, ErrorMapper errors) {
    return of(operation, description, errors, true);
  }

  private static Call of(
      String operation, String description, ErrorMapper errors, boolean changesSomething) {
    return new Call(
        operation,
        description,
        errors,
        changesSomething,
        Repetition.IF_IT_MAY_HELP,
        null,
        null,
        Redactor.none());
  }

  /** Returns the same call, repeated only where {@link RetryAdvice} says that nothing was done. */
  public Call notIdempotent() {
    return with(Repetition.IF_NOTHING_WAS_DONE, maxResponseBytes, limit, redactor);
  }

  /**
   * Returns the same call, to be sent once at most. (The JDK's client repeats a GET or HEAD by itself if
   * its connection ends before an answer begins; a call for which that matters uses another method.)
   */
  public Call once() {
    return with(Repetition.NEVER, maxResponseBytes, limit, redactor);
  }

  /**
   * Returns the same call, whose good answer has so many bytes at most, decompressed; by default the
   * caller's limit, {@link dev.registrykit.http.HttpOptions#maxResponseBytes()}.
   */
  public Call withMaxResponseBytes(long bytes) {
    return with(repetition, bytes, limit, redactor);
  }

  /**
   * Returns the same call, which takes this long at most with all its repetitions; by default the
   * caller's limit, {@link dev.registrykit.http.HttpOptions#callTimeout()}, which it cannot exceed.
   */
  public Call withLimit(Duration longest) {
    return with(repetition, maxResponseBytes, Objects.requireNonNull(longest, "longest"), redactor);
  }

  /**
   * Returns the same call, whose request holds secrets beside those of the {@link Credentials}, such
   * as a password in its body: they are hidden wherever a server says them back.
   */
  public Call hiding(Collection<String> secrets) {
    return with(repetition, maxResponseBytes, limit, redactor.and(Redactor.of(secrets)));
  }

  private Call with(
      Repetition repetition,
      @Nullable Long maxResponseBytes,
      @Nullable Duration limit,
      Redactor redactor) {
    return new Call(
        operation,
        description,
        errors,
        changesSomething,
        repetition,
        maxResponseBytes,
        limit,
        redactor);
  }

  /** Returns the operation's name in the provider's API description. */
  public String operation() {
    return operation;
  }

  /** Returns what is done, in words for messages. */
  public String description() {
    return description;
  }

  /** Returns what makes the exception when the answer is no. */
  public ErrorMapper errors() {
    return errors;
  }

  /** Returns whether it changes something that matters at the registry. */
  boolean changesSomething() {
    return changesSomething;
  }

  /** Returns whether it may be sent again though it may have been carried out. */
  boolean isIdempotent() {
    return repetition == Repetition.IF_IT_MAY_HELP;
  }

  /** Returns whether it must not be sent again, whatever came of it. */
  boolean isSentOnce() {
    return repetition == Repetition.NEVER;
  }

  /** Returns the most bytes of a good answer, if it has a limit of its own. */
  OptionalLong maxResponseBytes() {
    return maxResponseBytes == null ? OptionalLong.empty() : OptionalLong.of(maxResponseBytes);
  }

  /** Returns how long it may take; null for the caller's limit. */
  @Nullable
  Duration limit() {
    return limit;
  }

  /** Returns what hides the secrets in the request itself. */
  Redactor redactor() {
    return redactor;
  }
}
