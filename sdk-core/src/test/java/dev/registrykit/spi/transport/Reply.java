package dev.registrykit.spi.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** What a {@link ScriptedServer} does with a request. */
@FunctionalInterface
interface Reply {

  /** Answers on the socket; {@code closing} opens when the server stops. */
  void send(Socket socket, CountDownLatch closing) throws IOException, InterruptedException;

  /** Answers with a status, headers such as {@code "Retry-After: 1"}, and no body. */
  static Reply status(int status, String... headers) {
    return body(status, "", headers);
  }

  /** Answers with a body in UTF-8. */
  static Reply body(int status, String body, String... headers) {
    return bytes(status, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Answers with these bytes. */
  static Reply bytes(int status, byte[] body, String... headers) {
    return (socket, closing) -> {
      socket.getOutputStream().write(head(status, body.length, headers));
      socket.getOutputStream().write(body);
    };
  }

  /** Answers with the head of an answer alone, though it announces more, as is right for HEAD. */
  static Reply headOnly(int status, int announced, String... headers) {
    return (socket, closing) -> socket.getOutputStream().write(head(status, announced, headers));
  }

  /** Resets the connection without an answer. */
  static Reply reset() {
    return (socket, closing) -> {
      socket.setSoLinger(true, 0);
      socket.close();
    };
  }

  /** Never answers. */
  static Reply stall() {
    return (socket, closing) -> closing.await();
  }

  /** Sends the head of an answer and a part of the body, and then nothing. */
  static Reply stallInBody() {
    return (socket, closing) -> {
      socket.getOutputStream().write(head(200, 1000));
      socket.getOutputStream().write("{\"tags\":".getBytes(StandardCharsets.UTF_8));
      closing.await();
    };
  }

  /** Sends a body byte by byte, without end. */
  static Reply dribble() {
    return (socket, closing) -> {
      OutputStream out = socket.getOutputStream();
      out.write(head(200, 1_000_000));
      while (!closing.await(10, TimeUnit.MILLISECONDS)) {
        out.write(' ');
      }
    };
  }

  /** Sends the head of an answer byte by byte, without end. */
  static Reply dribbleInHead() {
    return (socket, closing) -> {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nX-Padding: ".getBytes(StandardCharsets.UTF_8));
      while (!closing.await(10, TimeUnit.MILLISECONDS)) {
        out.write('a');
      }
    };
  }

  /** Says that the answer is being worked on, as fast as it is taken and without end. */
  static Reply interimWithoutEnd() {
    return (socket, closing) -> {
      byte[] interim = "HTTP/1.1 102 Processing\r\n\r\n".getBytes(StandardCharsets.UTF_8);
      while (closing.getCount() > 0) {
        socket.getOutputStream().write(interim);
      }
    };
  }

  /** Opens the latch once the client has closed the connection, which is only seen by reading. */
  default Reply thenAwaitEnd(CountDownLatch ended) {
    return (socket, closing) -> {
      Thread reading = new Thread(() -> {
        try {
          while (socket.getInputStream().read() >= 0) {}
        } catch (IOException e) {
          // reset, which is an end too
        }
        ended.countDown();
      });
      reading.setDaemon(true);
      reading.start();
      send(socket, closing);
    };
  }

  /** Sends less than it announces and closes the connection. */
  static Reply truncated() {
    return (socket, closing) -> {
      socket.getOutputStream().write(head(200, 1000));
      socket.getOutputStream().write("{\"tags\":".getBytes(StandardCharsets.UTF_8));
      socket.close();
    };
  }

  /** Does something first, such as to interrupt the caller. */
  default Reply after(Runnable action) {
    return (socket, closing) -> {
      action.run();
      send(socket, closing);
    };
  }

  /** Returns the bytes compressed by gzip. */
  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return compressed.toByteArray();
  }

  private static byte[] head(int status, int length, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (status != 204) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
