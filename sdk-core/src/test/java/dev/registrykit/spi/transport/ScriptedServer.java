package dev.registrykit.spi.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** A server on a bare socket, which behaves as it is told, however badly, and notes what comes. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket listening;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Reply otherwise = Reply.body(599, "the script has no more answers");

  private ScriptedServer(ServerSocketFactory sockets) throws IOException {
    listening = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    startThread(this::accept);
  }

  static ScriptedServer start() {
    return start(ServerSocketFactory.getDefault());
  }

  /** Starts a server on such sockets, which may be those of TLS. */
  static ScriptedServer start(ServerSocketFactory sockets) {
    try {
      return new ScriptedServer(sockets);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers the next requests so, one after the other. */
  ScriptedServer replies(Reply... replies) {
    script.addAll(List.of(replies));
    return this;
  }

  /** Answers every request so that the script says nothing of. */
  ScriptedServer always(Reply reply) {
    otherwise = reply;
    return this;
  }

  URI uri(String path) {
    String origin = listening instanceof SSLServerSocket ? "https://localhost" : "http://127.0.0.1";
    return URI.create(origin + ":" + listening.getLocalPort() + path);
  }

  List<ReceivedRequest> requests() {
    return requests;
  }

  List<String> requestLines() {
    return requests.stream().map(ReceivedRequest::line).toList();
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        startThread(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        ReceivedRequest request = read(in);
        if (request == null) {
          return;
        }
        requests.add(request);
        Reply reply = script.poll();
        (reply == null ? otherwise : reply).send(socket, closing);
      }
    } catch (IOException | InterruptedException e) {
      // the client went away
    } finally {
      open.remove(socket);
    }
  }

  private static ReceivedRequest read(InputStream in) throws IOException {
    String line = readLine(in);
    if (line.isEmpty()) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
      headers.add(header);
    }
    ReceivedRequest head = new ReceivedRequest(line, headers, "");
    int length =
        head.header("content-length").stream().mapToInt(Integer::parseInt).sum();
    String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    return new ReceivedRequest(line, headers, body);
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

  private static void startThread(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
