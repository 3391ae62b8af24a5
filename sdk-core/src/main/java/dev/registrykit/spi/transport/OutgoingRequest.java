package dev.registrykit.spi.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it goes out: what a provider asks for, with the headers of the transport and the time that is left.
 * A view, because the JDK's builder would look at every character of every header once more. All of it is checked
 * already, and the client that sends it does so again. Immutable.
 */
final class OutgoingRequest extends HttpRequest {

  private static final char DELETE = 0x7f;

  /** The first character that the JDK sends in no header. */
  private static final char TOO_LARGE = 0xff;

  private final HttpRequest asked;
  private final HttpHeaders headers;
  private final Duration timeout;

  /**
   * Makes a request.
   *
   * @param asked what a provider asks for
   * @param others headers that replace those of the same name
   * @param timeout how long it may take, with the last byte of the answer
   * @throws IllegalArgumentException if one of the others has a value that no header can have
   */
  OutgoingRequest(HttpRequest asked, Map<String, String> others, Duration timeout) {
    this.asked = asked;
    this.headers = HttpHeaders.of(merged(asked.headers(), others), (name, value) -> true);
    this.timeout = timeout;
  }

  private static Map<String, List<String>> merged(HttpHeaders asked, Map<String, String> others) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(asked.map());
    others.forEach((name, value) -> all.put(name, List.of(requireValue(name, value))));
    return all;
  }

  /** As the JDK's builder does, without repeating the value, which may be secret. */
  private static String requireValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE || c >= TOO_LARGE) {
        throw new IllegalArgumentException(
            "the value of header " + name + " has a character that no header can have");
      }
    }
    return value;
  }

  @Override
  public String method() {
    return asked.method();
  }

  @Override
  public URI uri() {
    return asked.uri();
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  /** A GET that was given an empty body would announce its length of 0. */
  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return method().equals("GET") ? Optional.empty() : asked.bodyPublisher();
  }

  @Override
  public Optional<Duration> timeout() {
    return Optional.of(timeout);
  }

  @Override
  public boolean expectContinue() {
    return asked.expectContinue();
  }

  /** HTTP/1.1 where nothing is encrypted: it spares an attempt to upgrade to HTTP/2. */
  @Override
  public Optional<HttpClient.Version> version() {
    return uri().getScheme().equalsIgnoreCase("http")
        ? Optional.of(HttpClient.Version.HTTP_1_1)
        : asked.version();
  }
}
