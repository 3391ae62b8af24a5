package dev.registrykit.spi;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;

/**
 * One request about to be sent, for {@link Credentials}. Immutable.
 *
 * @param call what the request is a part of
 * @param request the request, without the headers that prove who is asking
 * @param left how long the attempt may still take; whatever credentials ask for themselves included
 */
public record Attempt(Call call, HttpRequest request, Duration left) {

  /** Refuses {@code null}. */
  public Attempt {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(left, "left");
  }
}
