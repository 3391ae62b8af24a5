package dev.registrykit.oci.internal.auth;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A small HTTP server on the loopback that answers as a function says, and notes what comes. */
public final class LabServer implements AutoCloseable {

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<LabRequest> requests = new CopyOnWriteArrayList<>();
  private final Function<LabRequest, LabReply> answers;

  LabServer(Function<LabRequest, LabReply> answers) {
    this.answers = answers;
    try {
      listening = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    start(this::accept);
  }

  public String authority() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://" + authority() + path);
  }

  List<LabRequest> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (LabRequest request = read(in); request != null; request = read(in)) {
        requests.add(request);
        LabReply reply = answers.apply(request);
        send(socket.getOutputStream(), reply, request.method().equals("HEAD"));
      }
    } catch (IOException | InterruptedException e) {
      // the client went away
    } finally {
      open.remove(socket);
    }
  }

  private static LabRequest read(InputStream in) throws IOException {
    String[] line = readLine(in).split(" ");
    if (line.length < 2) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new LabRequest(line[0], line[1], headers, body);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void send(OutputStream out, LabReply reply, boolean isHeadAlone)
      throws IOException, InterruptedException {
    if (reply.status() == 0) {
      closing.await();
      return;
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Whatever\r\n");
    reply.headers().forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Length: ").append(reply.length()).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    for (long left = isHeadAlone ? 0 : reply.length(); left > 0; left -= reply.body().length) {
      out.write(reply.body());
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "lab-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
