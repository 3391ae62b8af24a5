package dev.registrykit.reliability;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stands between the SDK and an emulator, and spoils one request of a run, or all from one on. It speaks to
 * sockets and knows no more of HTTP than where a message ends, so that it can send what no server library sends.
 * Each connection carries one request.
 */
final class FaultyProxy implements AutoCloseable {

  /** A request as it came. */
  record Request(String method, String path) {

    boolean changes() {
      return !method.equals("GET") && !method.equals("HEAD");
    }
  }

  /**
   * What is to be spoiled.
   *
   * @param first the number of the request, from 0 on; negative for none
   * @param isForEver whether all that follow are spoiled too
   * @param isPassedOn whether the server gets the request, and only its answer is spoiled
   */
  record Order(int first, boolean isForEver, boolean isPassedOn, RawAnswer answer) {

    static final Order NONE = new Order(-1, false, true, (wire, real) -> wire.send(real));

    boolean spoils(int number) {
      return first >= 0 && (isForEver ? number >= first : number == first);
    }
  }

  private final int upstream;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "faulty-proxy");
    thread.setDaemon(true);
    return thread;
  });
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = new ArrayList<>();
  private Order order = Order.NONE;
  private boolean hasRefused;

  FaultyProxy(URI upstream) {
    this.upstream = upstream.getPort();
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    threads.execute(this::accept);
  }

  /** Returns the address of the proxy, with the path of the server's. */
  URI url(URI original) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + original.getRawPath());
  }

  /** Returns an address at which nobody listens, with the path of the server's. */
  static URI nobody(URI original) {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + closed.getLocalPort() + original.getRawPath());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Forgets what was, and does this from now on. */
  synchronized void start(Order next) {
    requests.clear();
    hasRefused = false;
    order = next;
  }

  /** Returns the requests since the last start. */
  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Returns whether the server refused what it was asked when its answer was spoiled. */
  synchronized boolean hasRefused() {
    return hasRefused;
  }

  /** Returns how many connections clients hold. */
  int connections() {
    return open.size();
  }

  /** Waits until each connection that a client has made up to now is one of {@link #connections} or over. */
  void takeAll() throws IOException {
    try (Socket last = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
      last.shutdownOutput();
      var unused = last.getInputStream().read(); // is closed once it was taken, which is in turn
    }
  }

  private synchronized Order note(Request request) {
    requests.add(request);
    return order.spoils(requests.size() - 1) ? order : Order.NONE;
  }

  private synchronized void noteSpoiled(byte[] real) {
    hasRefused |= new String(real, 0, Math.min(real.length, 10), StandardCharsets.ISO_8859_1)
        .startsWith("HTTP/1.1 4");
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection(server.accept());
        open.add(connection);
        threads.execute(connection::serve);
      }
    } catch (IOException | RejectedExecutionException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Connection::end);
    threads.shutdownNow();
  }

  private final class Connection implements RawAnswer.Wire {

    private final Socket socket;

    Connection(Socket socket) {
      this.socket = socket;
    }

    void serve() {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        byte[] message = readMessage(in);
        String[] line = firstLine(message).split(" ");
        Order toDo = note(new Request(line[0], line[1]));
        byte[] real = toDo.isPassedOn() ? passedOn(message) : new byte[0];
        if (toDo != Order.NONE) {
          noteSpoiled(real);
        }
        toDo.answer().send(this, real);
      } catch (IOException e) {
        // the client has left, as a fault made it
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        open.remove(this);
      }
    }

    void end() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private byte[] passedOn(byte[] message) throws IOException {
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
        server.setTcpNoDelay(true);
        server.getOutputStream().write(forOneRequest(message));
        byte[] answer = server.getInputStream().readAllBytes();
        return naming(
            answer, "127.0.0.1:" + upstream, "127.0.0.1:" + FaultyProxy.this.server.getLocalPort());
      }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    @Override
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public boolean isThereAfter(int millis) throws InterruptedException {
      try {
        socket.setSoTimeout(millis);
        return socket.getInputStream().read() >= 0;
      } catch (java.net.SocketTimeoutException e) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Reads a request whole: its head, and as much body as the head says. */
  private static byte[] readMessage(InputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    String head = readHead(in, message).toLowerCase(Locale.ROOT);
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      readChunks(in, message);
    } else {
      int at = head.indexOf("\r\ncontent-length: ");
      if (at >= 0) {
        int from = at + "\r\ncontent-length: ".length();
        message.write(
            in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf('\r', from)))));
      }
    }
    return message.toByteArray();
  }

  private static String readHead(InputStream in, ByteArrayOutputStream message) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append(readLine(in, message));
    }
    return head.toString();
  }

  private static void readChunks(InputStream in, ByteArrayOutputStream message) throws IOException {
    int size;
    do {
      size = Integer.parseInt(readLine(in, message).trim(), 16);
      message.write(in.readNBytes(size + 2));
    } while (size > 0);
  }

  private static String readLine(InputStream in, ByteArrayOutputStream message) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    do {
      next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      message.write(next);
      line.append((char) next);
    } while (next != '\n');
    return line.toString();
  }

  private static String firstLine(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return text.substring(0, text.indexOf('\r'));
  }

  /** Asks the server to close the connection, so that its answer ends where the connection ends. */
  private static byte[] forOneRequest(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String head =
        text.substring(0, end).replaceAll("(?i)\r\n(connection|upgrade|http2-settings):[^\r]*", "");
    return (head + "\r\nConnection: close" + text.substring(end))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Has the head of an answer name the proxy where it names the server. */
  private static byte[] naming(byte[] answer, String server, String proxy) {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? answer
        : (text.substring(0, end).replace(server, proxy) + text.substring(end))
            .getBytes(StandardCharsets.ISO_8859_1);
  }
}
