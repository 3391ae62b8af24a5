package dev.registrykit.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a {@link FaultyProxy} sends in place of a server's answer, byte by byte. */
@FunctionalInterface
interface RawAnswer {

  /**
   * Answers one request.
   *
   * @param wire where to
   * @param real the server's own answer, head and body; empty if the request was not passed on
   */
  void send(Wire wire, byte[] real) throws IOException, InterruptedException;

  /** The client's end of a connection, as the proxy sees it. */
  interface Wire {

    /** Sends bytes at once. */
    void send(byte[] bytes) throws IOException;

    /** Sends a text of which each character is a byte. */
    default void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException;

    /** Returns whether the client is still there, after so many milliseconds if it is. */
    boolean isThereAfter(int millis) throws InterruptedException;

    /** Waits until the client is gone. */
    default void awaitEnd() throws InterruptedException {
      while (isThereAfter(10)) {}
    }
  }
}
