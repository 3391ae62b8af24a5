package dev.registrykit.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that has every answer ready: what is measured against it is the client. */
abstract class Stub implements Server {

  /** What the threads are called that are the server's. */
  static final String THREAD = "stub";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(Stub::newThread);
  private final Duration delay;
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * Prepares the server; {@link #start()} starts it.
   *
   * @param delay what is added to every answer
   */
  Stub(Duration delay) throws IOException {
    // Else every answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.delay = delay;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    return thread;
  }

  final void start() {
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      try (exchange) {
        requests.incrementAndGet();
        waitForTheNetwork();
        answer(exchange, exchange.getRequestURI().getPath());
      }
    });
    server.start();
  }

  abstract void answer(HttpExchange exchange, String path) throws IOException;

  private void waitForTheNetwork() {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public final String address() {
    return server.getAddress().getAddress().getHostAddress() + ":"
        + server.getAddress().getPort();
  }

  @Override
  public final int takeRequests() {
    return requests.getAndSet(0);
  }

  @Override
  public final void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
