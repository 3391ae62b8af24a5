package dev.registrykit.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A registry of one image that has every answer ready: what is measured against it is the client. It sends all
 * names in one page. Tag {@code t17} of 100 digests points to the 17th, and so does {@code t117}.
 */
final class StubRegistry implements AutoCloseable {

  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** A day of the first image; each is a minute newer than the one before. */
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(StubRegistry::newThread);
  private final Duration delay;
  private final byte[] names;
  private final String[] digests;
  private final Map<String, byte[]> documents = new HashMap<>();
  private final AtomicInteger requests = new AtomicInteger();

  StubRegistry(int tags, int digests, Duration delay) throws IOException {
    // Else every answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.delay = delay;
    this.names = IntStream.range(0, tags)
        .mapToObj(i -> "\"t" + i + "\"")
        .collect(Collectors.joining(",", "{\"name\":\"shop/app\",\"tags\":[", "]}"))
        .getBytes(StandardCharsets.UTF_8);
    this.digests = new String[digests];
    for (int i = 0; i < digests; i++) {
      this.digests[i] = put(manifest(i));
    }
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "stub");
    thread.setDaemon(true);
    return thread;
  }

  private byte[] manifest(int number) {
    byte[] config =
        bytes("{\"created\":\"" + FIRST.plusSeconds(60L * number) + "\",\"os\":\"linux\"}");
    return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{"
        + "\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + put(config)
        + "\",\"size\":" + config.length + "},\"layers\":[]}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String put(byte[] document) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(document);
      String digest = "sha256:" + HexFormat.of().formatHex(hash);
      documents.put(digest, document);
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      waitForTheNetwork();
      String path = exchange.getRequestURI().getPath();
      String last = path.substring(path.lastIndexOf('/') + 1);
      if (path.endsWith("/tags/list")) {
        send(exchange, "application/json", names);
      } else if (path.contains("/manifests/")) {
        String digest = last.startsWith("sha256:")
            ? last
            : digests[Integer.parseInt(last.substring(1)) % digests.length];
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        send(exchange, MANIFEST, Objects.requireNonNull(documents.get(digest)));
      } else if (path.contains("/blobs/")) {
        send(exchange, "application/octet-stream", Objects.requireNonNull(documents.get(last)));
      } else {
        send(exchange, "application/json", bytes("{}"));
      }
    }
  }

  private void waitForTheNetwork() {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Host and port. */
  String address() {
    return server.getAddress().getAddress().getHostAddress() + ":"
        + server.getAddress().getPort();
  }

  /** How many requests came since this was asked last. */
  int takeRequests() {
    return requests.getAndSet(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
