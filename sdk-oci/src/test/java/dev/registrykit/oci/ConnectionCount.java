package dev.registrykit.oci;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A registry of one image of many tags that knows how many connections were opened to it. */
final class ConnectionCount implements AutoCloseable {

  static final int TAGS = 200;

  private static final String LIST = IntStream.range(0, TAGS)
      .mapToObj(i -> "\"t%d\"".formatted(i))
      .collect(Collectors.joining(",", "{\"name\":\"shop/app\",\"tags\":[", "]}"));

  private static final String LISTED = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
      + "Content-Length: " + LIST.length() + "\r\n\r\n" + LIST;

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: " + OciManifest.OCI_MANIFEST
      + "\r\nDocker-Content-Digest: sha256:" + "0".repeat(64) + "\r\nContent-Length: 2\r\n\r\n";

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch awaited;

  /**
   * Starts it.
   *
   * @param atATime how many requests for a digest are awaited before the first is answered
   */
  ConnectionCount(int atATime) throws IOException {
    this.awaited = new CountDownLatch(atATime);
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedReader in = new BufferedReader(
          new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = connection.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        boolean isHead = line.startsWith("HEAD ");
        while (!line.isEmpty()) {
          line = in.readLine();
        }
        requests.incrementAndGet();
        if (isHead) {
          awaited.countDown();
          awaited.await(10, TimeUnit.SECONDS);
        }
        out.write((isHead ? HEAD : LISTED).getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException | InterruptedException e) {
      // closed
    }
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
