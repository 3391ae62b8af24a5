package dev.registrykit.internal;

import java.net.http.HttpHeaders;

/** What a server answered, as it came. Immutable, but for the bytes, which nobody changes. */
public final class Answer {

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final boolean isBrokenOff;

  Answer(int status, HttpHeaders headers, byte[] body, boolean isBrokenOff) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.isBrokenOff = isBrokenOff;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns whether it is an error whose body did not come whole, so that what it says is not known. */
  public boolean isBrokenOff() {
    return isBrokenOff;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Returns the headers. */
  public HttpHeaders headers() {
    return headers;
  }

  /** Returns the bytes of the body; of an error's, as many as came. */
  public byte[] body() {
    return body;
  }
}
