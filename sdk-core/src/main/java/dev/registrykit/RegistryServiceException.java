package dev.registrykit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry said no, or what was asked for is not there. The subclass tells what a caller can do;
 * this class itself stands for a status without a class of its own.
 *
 * @since 0.1.0
 */
public class RegistryServiceException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public RegistryServiceException(ErrorDetails details) {
    super(details, null);
  }

  /**
   * Returns the HTTP status, or 0 if the SDK concluded the failure from a successful answer, such
   * as an empty look-up.
   */
  public int statusCode() {
    return details().statusCode();
  }

  /** Returns the provider's own word for the error, if it sent one. */
  public Optional<String> errorCode() {
    return details().errorCode();
  }

  /** Returns the identifier the provider's support asks for, if it sent one. */
  public Optional<String> requestId() {
    return details().requestId();
  }

  /** Returns how long the provider asks to wait before trying again, if it does. */
  public Optional<Duration> retryAfter() {
    return details().retryAfter();
  }

  /**
   * Returns whether the answer to an earlier attempt of this request was lost, so that it may have
   * taken effect.
   */
  public boolean answerWasLost() {
    return details().answerWasLost();
  }

  /** Returns those response headers that may be logged, by lower-case name. */
  public Map<String, List<String>> headers() {
    return details().headers();
  }

  /**
   * Returns the beginning of the response body as text, at most 8 KiB, possibly empty. It is
   * whatever the server sent: do not log it unseen.
   */
  public String body() {
    return details().body();
  }
}
