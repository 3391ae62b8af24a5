package dev.registrykit.blaxel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Gives every request one answer, without the headers that the emulator adds to all of its own. */
final class OneAnswerServer implements AutoCloseable {

  private final ServerSocket socket;
  private final String answer;

  OneAnswerServer(String status, String headers, String body) throws IOException {
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.answer = "HTTP/1.1 " + status + "\r\n" + headers + "\r\nContent-Length: " + body.length()
        + "\r\nConnection: close\r\n\r\n" + body;
    Thread thread = new Thread(this::serve, "one-answer-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        BufferedReader in = new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        OutputStream out = connection.getOutputStream();
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v0";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
