package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.FaultScript;
import dev.registrykit.testkit.internal.FaultScript.Break;
import dev.registrykit.testkit.internal.FaultScript.Filling;
import dev.registrykit.testkit.internal.FaultScript.Pace;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one request to an emulator.
 *
 * <p>Faults that answer or break in place of the service leave its state as it was, unless {@link
 * #afterwards} lets the request take effect first. {@link #lostAnswer}, {@link #delayed}, {@link
 * #stallBody}, {@link #slowBody} and {@link #truncatedBody} always let it take effect and spoil its
 * answer. All bodies are synthetic unless a method says otherwise.
 *
 * <p>The JDK's {@code HttpClient} may repeat a GET by itself when a connection it kept from an
 * earlier request ends before the first byte of an answer. The repetition counts as a request of
 * its own, so {@link #emptyResponse} and {@link #connectionReset} may need two times to be seen.
 *
 * <p>Immutable and thread-safe; one fault may be given to several emulators. Two that do the same are
 * equal.
 *
 * @since 0.1.0
 */
public final class Fault {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private final FaultScript script;

  private Fault(FaultScript script) {
    this.script = script;
  }

  FaultScript script() {
    return script;
  }

  /**
   * Answers with a status, no body and no content type.
   *
   * @param status an HTTP status from 200 to 599
   * @return the fault
   */
  public static Fault status(int status) {
    return answer(status, Map.of(), "");
  }

  /**
   * Answers with a status and a body.
   *
   * @param status an HTTP status from 200 to 599
   * @param contentType the Content-Type header; none if empty
   * @param body sent as UTF-8
   * @return the fault
   */
  public static Fault status(int status, String contentType, String body) {
    Objects.requireNonNull(contentType, "contentType");
    return contentType.isEmpty()
        ? answer(status, Map.of(), body)
        : answer(status, Map.of("Content-Type", contentType), body);
  }

  /**
   * Answers with a status and a JSON body, which is not checked.
   *
   * @param status an HTTP status from 200 to 599
   * @param body sent as UTF-8
   * @return the fault
   */
  public static Fault json(int status, String body) {
    return status(status, JSON, body);
  }

  /**
   * Refuses as the rate limit of Scaleway's gateway does: 429, {@code X-Envoy-Ratelimited: true},
   * no body, no Content-Type and no Retry-After. Recorded from other products of the vendor.
   *
   * @return the fault
   */
  public static Fault rateLimited() {
    return answer(429, Map.of("X-Envoy-Ratelimited", "true"), "");
  }

  /**
   * Answers with a status and a Retry-After header.
   *
   * @param status an HTTP status from 200 to 599, usually 429 or 503
   * @param value seconds or an HTTP date; not checked
   * @return the fault
   */
  public static Fault retryAfter(int status, String value) {
    return json(status, "{\"message\":\"try again later\"}").withHeader("Retry-After", value);
  }

  /**
   * Answers 504 with plain text, as a gateway does when the service behind it is too slow. The
   * wording is reported by users, the status is synthetic.
   *
   * @return the fault
   */
  public static Fault gatewayTimeout() {
    return status(504, TEXT, "upstream request timeout");
  }

  /**
   * Answers 200 with an HTML page, as a captive portal does.
   *
   * @return the fault
   */
  public static Fault html() {
    return status(200, "text/html", "<!DOCTYPE html><title>Sign in</title><p>Please sign in.</p>");
  }

  /**
   * Answers 200 and says JSON, with a body that is none.
   *
   * @return the fault
   */
  public static Fault malformedJson() {
    return json(200, "{\"tags\":[{\"id\":");
  }

  /**
   * Redirects without a body.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location the Location header; not checked
   * @return the fault
   */
  public static Fault redirect(int status, String location) {
    return status(status).withHeader("Location", location);
  }

  /**
   * Answers 200 with a JSON object of the given length, chunked and without a Content-Length.
   *
   * @param bytes length of the body in bytes; made while it is sent, so it costs no memory
   * @return the fault
   */
  public static Fault oversizedBody(long bytes) {
    return oversizedBody(200, bytes);
  }

  /**
   * Answers with a JSON object of the given length, chunked and without a Content-Length.
   *
   * @param status an HTTP status from 200 to 599
   * @param bytes length of the body in bytes; made while it is sent, so it costs no memory
   * @return the fault
   */
  public static Fault oversizedBody(int status, long bytes) {
    return oversized(status, bytes, Filling.TEXT);
  }

  /**
   * Answers 200 with a registry's list of tags of the given length, chunked and without a
   * Content-Length.
   *
   * @param bytes length of the body in bytes; made while it is sent, so it costs no memory
   * @return the fault
   */
  public static Fault oversizedTagList(long bytes) {
    return oversized(200, bytes, Filling.TAGS);
  }

  /**
   * Resets the connection instead of answering.
   *
   * @return the fault
   */
  public static Fault connectionReset() {
    return new Fault(new FaultScript.Broken(Break.RESET));
  }

  /**
   * Closes the connection instead of answering.
   *
   * @return the fault
   */
  public static Fault emptyResponse() {
    return new Fault(new FaultScript.Broken(Break.CLOSED_WITHOUT_ANSWER));
  }

  /**
   * Answers with bytes that are not HTTP and closes the connection.
   *
   * @return the fault
   */
  public static Fault garbage() {
    return new Fault(new FaultScript.Broken(Break.GARBAGE));
  }

  /**
   * Lets the request take effect, then resets the connection instead of answering.
   *
   * @return the fault
   */
  public static Fault lostAnswer() {
    return connectionReset().afterwards();
  }

  /**
   * Lets the request take effect and sends the whole answer late.
   *
   * @param duration how long nothing is sent, not even a header
   * @return the fault
   */
  public static Fault delayed(Duration duration) {
    return paced(Pace.LATE, duration);
  }

  /**
   * Lets the request take effect, sends the headers and half of the body, and stalls.
   *
   * @param duration how long it stalls before the other half comes; closing or resetting the
   *     emulator ends it
   * @return the fault
   */
  public static Fault stallBody(Duration duration) {
    return paced(Pace.STALLED, duration);
  }

  /**
   * Lets the request take effect, sends the headers at once and the body in small pieces.
   *
   * @param total how long the body takes
   * @return the fault
   */
  public static Fault slowBody(Duration total) {
    return paced(Pace.DRIBBLED, total);
  }

  /**
   * Lets the request take effect, sends half of the promised body and ends the connection.
   *
   * @return the fault
   */
  public static Fault truncatedBody() {
    return paced(Pace.CUT, Duration.ZERO);
  }

  /**
   * The same fault, after the request has taken effect: what a proxy does that passes a request on
   * and then answers for itself, such as {@code Fault.status(403).afterwards()}.
   *
   * @return a new fault; this one where it lets the request take effect already
   */
  public Fault afterwards() {
    return script.carriesOut() ? this : new Fault(new FaultScript.Afterwards(script));
  }

  /**
   * The same fault with one more header; only for faults that are a whole answer.
   *
   * @param name the header's name
   * @param value the header's value
   * @return a new fault
   * @throws IllegalStateException when this fault is not a whole answer
   */
  public Fault withHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (script.sent() instanceof FaultScript.Answer answer) {
      Fault more = new Fault(answer.withHeader(name, value));
      return script.carriesOut() ? more.afterwards() : more;
    }
    throw new IllegalStateException("not a whole answer: " + this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fault that && script.equals(that.script);
  }

  @Override
  public int hashCode() {
    return script.hashCode();
  }

  /** What the fault does, for messages of tests. */
  @Override
  public String toString() {
    return "Fault[" + script + "]";
  }

  private static Fault answer(int status, Map<String, String> headers, String body) {
    Objects.requireNonNull(body, "body");
    return new Fault(new FaultScript.Answer(checkedStatus(status), headers, body));
  }

  private static Fault oversized(int status, long bytes, Filling filling) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes);
    }
    return new Fault(new FaultScript.Oversized(checkedStatus(status), bytes, filling));
  }

  private static Fault paced(Pace pace, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration: " + duration);
    }
    return new Fault(new FaultScript.Paced(pace, duration));
  }

  private static int checkedStatus(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status: " + status);
    }
    return status;
  }
}
