package dev.registrykit.spi.transport;

import dev.registrykit.spi.support.Redactor;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Objects;

/**
 * An answer, read to its end and decompressed. Immutable, but for the bytes, which nobody changes.
 *
 * @since 0.1.0
 */
public final class TransportResponse {

  private final URI uri;
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final Redactor redactor;
  private final boolean isBrokenOff;

  /**
   * Makes an answer, for the transport and for tests of an {@link ErrorMapper}.
   *
   * @param uri where it came from, after redirects
   * @param headers without those that describe how the body was compressed
   * @param redactor hides the secrets of the requests that led to it
   */
  public TransportResponse(
      URI uri, int status, HttpHeaders headers, byte[] body, Redactor redactor) {
    this(uri, status, headers, body, redactor, false);
  }

  TransportResponse(
      URI uri,
      int status,
      HttpHeaders headers,
      byte[] body,
      Redactor redactor,
      boolean isBrokenOff) {
    this.uri = Objects.requireNonNull(uri, "uri");
    this.status = status;
    this.headers = Objects.requireNonNull(headers, "headers");
    this.body = Objects.requireNonNull(body, "body");
    this.redactor = Objects.requireNonNull(redactor, "redactor");
    this.isBrokenOff = isBrokenOff;
  }

  /** Returns what hides the secrets of the requests that led to this answer. */
  Redactor redactor() {
    return redactor;
  }

  /** Returns where the answer came from, after redirects. */
  public URI uri() {
    return uri;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns whether it is an error whose body did not come whole. */
  boolean isBrokenOff() {
    return isBrokenOff;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Returns the headers, without those that describe how the body was compressed. */
  public HttpHeaders headers() {
    return headers;
  }

  /** Returns the bytes of the body; do not change them. */
  public byte[] body() {
    return body;
  }
}
