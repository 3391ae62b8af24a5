package dev.registrykit.oci.internal.auth;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.Redactor;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Attempt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** One request that has to be authenticated: what it wants to do, by when, and how it fails. */
final class AuthRequest {

  private final Attempt attempt;
  private final Access access;
  private final boolean isChallenged;
  private final KnownSecrets secrets;
  private final TimeSource time;
  private final long endNanos;

  /**
   * Begins now.
   *
   * @param isChallenged whether the registry itself demands it; else it is foreseen
   */
  AuthRequest(
      Attempt attempt, Access access, boolean isChallenged, KnownSecrets secrets, TimeSource time) {
    this.attempt = attempt;
    this.access = access;
    this.isChallenged = isChallenged;
    this.secrets = secrets;
    this.time = time;
    this.endNanos = time.nanoTime() + attempt.left().toNanos();
  }

  /** Returns what a token has to be good for. */
  Access access() {
    return access;
  }

  /** Returns whether the registry itself demands authentication; else it is foreseen. */
  boolean isChallenged() {
    return isChallenged;
  }

  /** Returns the call that the request is a part of, in words. */
  String what() {
    return attempt.call().description();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - time.nanoTime()));
  }

  /** Waits for others, or loads itself, no longer than the attempt may take. */
  <T> T inTime(Supplier<T> loading) {
    return OperationContext.within(left(), time, loading);
  }

  /** Fails if waiting for another thread has used up the time, or was interrupted. */
  void requireTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(new InterruptedException());
    }
    if (left().isZero()) {
      throw new RegistryTimeoutException(
          Operation.on(what()).details("no token within " + attempt.left().toMillis() + " ms"),
          null);
    }
  }

  RegistryInterruptedException interrupted(InterruptedException e) {
    return Operation.on(what()).interrupted(e);
  }

  /** Says that the registry demands authentication which cannot be given. */
  AuthenticationException refused(String why) {
    return new AuthenticationException(Operation.on(what()).details(why).toBuilder()
        .statusCode(401)
        .redactedBy(Redactor.of(secrets.all()))
        .build());
  }

  /** Says of this call what another one was told. */
  RegistryServiceException refusedAs(ErrorDetails other) {
    ErrorDetails details =
        Operation.on(what()).details(other.serverMessage().orElse("")).toBuilder()
            .statusCode(other.statusCode())
            .errorCode(other.errorCode().orElse(null))
            .requestId(other.requestId().orElse(null))
            .retryAfter(other.retryAfter().orElse(null))
            .headers(other.headers())
            .body(other.body().getBytes(StandardCharsets.UTF_8))
            .build();
    return TokenErrors.asException(details);
  }
}
