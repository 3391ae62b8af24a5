package dev.registrykit.reliability;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What an {@link Http2Proxy} sends in place of a server's answer, frame by frame. */
@FunctionalInterface
interface Http2Answer {

  /** A server's own answer. */
  record Real(int status, Map<String, List<String>> fields, byte[] body) {}

  /**
   * Answers one request.
   *
   * @param real the server's own answer; an empty 200 if the request was not passed on
   */
  void send(Http2Wire wire, int stream, Real real) throws IOException;

  /** The server's own. */
  Http2Answer REAL = (wire, stream, real) -> {
    boolean isEmpty = real.body().length == 0;
    wire.headers(stream, real.status(), real.fields(), isEmpty);
    if (!isEmpty) {
      wire.data(stream, real.body(), 0, real.body().length, true);
    }
  };

  /** Its head, half of its body, and then this. */
  static Http2Answer halfThen(Http2Answer then) {
    return (wire, stream, real) -> {
      wire.headers(stream, real.status(), real.fields(), false);
      wire.data(stream, real.body(), 0, real.body().length / 2, false);
      then.send(wire, stream, real);
    };
  }

  /** The other half. */
  Http2Answer OTHER_HALF = (wire, stream, real) -> {
    int length = real.body().length;
    wire.data(stream, real.body(), length / 2, length, true);
  };

  default Http2Answer then(Http2Answer next) {
    return (wire, stream, real) -> {
      send(wire, stream, real);
      next.send(wire, stream, real);
    };
  }
}
