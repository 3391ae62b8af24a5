package dev.registrykit.spi.transport;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what may be repeated. The loop is resilience4j's; the waiting is done in its interval
 * function, which then answers 0, because its own sleeper can be neither injected nor bounded by a
 * deadline. The attempts are counted here, because those do not count that came with too many others
 * at a time, once fewer are sent.
 */
final class Retries {

  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

  /** By which a registry asks to slow down. */
  private static final Set<Integer> TOO_MUCH = Set.of(429, 503);

  private final ServiceTraits service;
  private final RetryPolicy policy;
  private final TimeSource time;
  private final Retry loop;

  Retries(ServiceTraits service, RetryPolicy policy, TimeSource time) {
    this.service = service;
    this.policy = policy;
    this.time = time;
    this.loop = Retry.of(
        "registrykit",
        RetryConfig.<TransportResponse>custom()
            .maxAttempts(Integer.MAX_VALUE)
            .retryOnException(e -> e instanceof AttemptFailed failed && failed.wait != null)
            .intervalBiFunction((attempt, outcome) -> waitAfter(outcome.getLeft()))
            .build());
  }

  /** Sends a request, again and again if that may help, within the time that its operation has. */
  TransportResponse run(Call call, HttpRequest request, Duration limit, Exchanges exchanges) {
    return OperationContext.within(limit, time, () -> runInTime(call, request, exchanges));
  }

  private TransportResponse runInTime(Call call, HttpRequest request, Exchanges exchanges) {
    CallState state = new CallState(call, request, OperationContext.deadline());
    try {
      return loop.executeCallable(() -> attempt(state, exchanges));
    } catch (AttemptFailed failed) {
      throw failed.outcome;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("unexpected " + e.getClass().getName(), e);
    }
  }

  private TransportResponse attempt(CallState state, Exchanges exchanges) throws AttemptFailed {
    state.attempts++;
    TransportResponse response;
    try {
      response = exchanges.attempt(state);
    } catch (NoAnswerException e) {
      state.answerWasLost |= state.changesSomething() && e.mayHaveTakenEffect();
      boolean isRepeatable = e.isTransient() && state.call.isIdempotent();
      throw new AttemptFailed(state, e.outcome(), isRepeatable ? delay(state, null) : null, false);
    }
    if (response.isSuccess()) {
      state.noteEffect(true);
      return response;
    }
    FailedResponse failure = new FailedResponse(
        state.call.description(),
        service,
        response,
        RetryAfter.of(response.headers(), time.now()),
        state.attempts,
        state.answerWasLost);
    RetryAdvice advice = state.call.errors().advice(failure);
    int status = response.status();
    boolean mayBeDone = (status == 408 || status >= 500) && !Boolean.TRUE.equals(advice.safe());
    state.answerWasLost |= state.noteEffect(mayBeDone);
    boolean isTooMuch = TOO_MUCH.contains(status);
    if (isTooMuch && OperationContext.slowDown()) {
      state.crowded++;
    }
    RegistryException outcome = state.call.errors().map(failure);
    throw new AttemptFailed(state, outcome, delayAfter(state, failure, advice), isTooMuch);
  }

  private @Nullable Duration delayAfter(
      CallState state, FailedResponse failure, RetryAdvice advice) {
    int status = failure.response().status();
    boolean isTransient = failure.response().isBrokenOff() // what it says is not known
        || (advice.retryable() == null ? TRANSIENT.contains(status) : advice.retryable());
    boolean isRepeatable = advice.safe() == null
        ? state.call.isIdempotent()
        : advice.safe() || !state.changesSomething();
    Duration retryAfter = failure.retryAfter() == null ? advice.retryAfter() : failure.retryAfter();
    return isTransient && isRepeatable ? delay(state, retryAfter) : null;
  }

  /** Returns how long to wait before the next attempt, or null if there must be none. */
  private @Nullable Duration delay(CallState state, @Nullable Duration retryAfter) {
    boolean isRepeated = policy.maxAttempts() > 1 && !state.call.isSentOnce();
    if (!isRepeated || state.attempts - state.crowded >= policy.maxAttempts()) {
      return null;
    }
    if (retryAfter != null && retryAfter.compareTo(policy.maxRetryAfter()) > 0) {
      return null;
    }
    Duration delay = retryAfter != null ? retryAfter : backoff(state.attempts);
    return delay.compareTo(state.deadline.left()) < 0 ? delay : null;
  }

  private Duration backoff(int attempts) {
    double ceiling = Math.min(
        seconds(policy.maxDelay()),
        seconds(policy.baseDelay()) * Math.pow(2, (double) attempts - 1));
    return Duration.ofNanos((long) (ceiling * time.jitter() * 1e9));
  }

  /** Not in nanoseconds, of which a {@code long} holds only three centuries. */
  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  private long waitAfter(Throwable failure) {
    AttemptFailed failed = (AttemptFailed) failure;
    try {
      if (failed.wait != null && failed.isTooMuch) {
        OperationContext.pause(failed.wait, time);
      } else if (failed.wait != null) {
        time.sleep(failed.wait);
      }
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      RegistryInterruptedException interrupted = new RegistryInterruptedException(
          failed.state.details("the thread was interrupted while it waited to try again"), e);
      interrupted.addSuppressed(failed.outcome);
      throw interrupted;
    }
  }

  /** Carries a failure through the loop. */
  private static final class AttemptFailed extends Exception {
    private static final long serialVersionUID = 1L;

    final transient CallState state;
    final transient RegistryException outcome;
    final transient @Nullable Duration wait;
    final boolean isTooMuch;

    AttemptFailed(
        CallState state, RegistryException outcome, @Nullable Duration wait, boolean isTooMuch) {
      super(null, null, false, false);
      this.state = state;
      this.outcome = outcome;
      this.wait = wait;
      this.isTooMuch = isTooMuch;
    }
  }
}
