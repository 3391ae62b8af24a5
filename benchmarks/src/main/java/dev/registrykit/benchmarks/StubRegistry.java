package dev.registrykit.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An OCI registry of one image. Tag {@code t17} of 100 digests points to the 17th, and so does {@code t117}.
 * Like docker-registry 2.8 it deletes manifests, with all their tags, and no tags.
 */
final class StubRegistry extends Stub {

  private static final String JSON = "application/json";

  private final int count;
  private final int pageSize;
  private final String[] digests;
  private final Map<String, byte[]> documents = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  /** Pages by the number of their first tag; forgotten when a tag comes or goes. */
  private final Map<Integer, byte[]> pages = new ConcurrentHashMap<>();

  /**
   * Starts it.
   *
   * @param pageSize how many names it sends in one answer, however many are asked for
   */
  StubRegistry(int tags, int digests, int pageSize, Duration delay) throws IOException {
    super(delay);
    this.count = tags;
    this.pageSize = pageSize;
    this.digests = new String[digests];
    refill();
    start();
  }

  /** Starts one that sends all names in one answer. */
  StubRegistry(int tags, int digests, Duration delay) throws IOException {
    this(tags, digests, tags, delay);
  }

  /** Puts everything back as it was at first. */
  void refill() {
    documents.clear();
    for (int i = 0; i < digests.length; i++) {
      TestImage image = TestImage.of(i);
      documents.put(TestImage.digestOf(image.config()), image.config());
      documents.put(image.digest(), image.manifest());
      digests[i] = image.digest();
    }
    tags.clear();
    IntStream.range(0, count).forEach(i -> tags.put("t" + i, digests[i % digests.length]));
    pages.clear();
  }

  String digest(int number) {
    return digests[number];
  }

  @Override
  void answer(HttpExchange exchange, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (path.endsWith("/tags/list")) {
      sendNames(exchange);
    } else if (path.contains("/blobs/uploads/")) {
      upload(exchange, path);
    } else if (path.contains("/blobs/")) {
      sendDocument(exchange, "application/octet-stream", last);
    } else if (path.contains("/manifests/")) {
      manifest(exchange, last);
    } else {
      send(exchange, 200, JSON, bytes("{}"));
    }
  }

  private void sendNames(HttpExchange exchange) throws IOException {
    String after = parameter(exchange.getRequestURI(), "last").orElse("t-1");
    int first = Integer.parseInt(after.substring(1)) + 1;
    if (first + pageSize < count) {
      String last = "t" + (first + pageSize - 1);
      String path = exchange.getRequestURI().getPath();
      exchange
          .getResponseHeaders()
          .set("Link", "<" + path + "?n=" + pageSize + "&last=" + last + ">; rel=\"next\"");
    }
    send(exchange, 200, JSON, pages.computeIfAbsent(first, this::page));
  }

  private byte[] page(int first) {
    return bytes(IntStream.range(first, Math.min(count, first + pageSize))
        .mapToObj(i -> "t" + i)
        .filter(tags::containsKey)
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(",", "{\"name\":\"shop/app\",\"tags\":[", "]}")));
  }

  private static Optional<String> parameter(URI uri, String name) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    return List.of(query.split("&", -1)).stream()
        .filter(each -> each.startsWith(name + "="))
        .map(each -> each.substring(name.length() + 1))
        .findFirst();
  }

  private void upload(HttpExchange exchange, String path) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Optional<String> digest = parameter(exchange.getRequestURI(), "digest");
    if (digest.isPresent()) {
      documents.put(digest.get(), body);
      created(exchange, digest.get());
    } else {
      exchange.getResponseHeaders().set("Location", path + "1");
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void manifest(HttpExchange exchange, String reference) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, reference);
      case "DELETE" -> delete(exchange, reference);
      default ->
        sendDocument(
            exchange,
            TestImage.MANIFEST_TYPE,
            isDigest(reference) ? reference : tags.get(reference));
    }
  }

  private static boolean isDigest(String reference) {
    return reference.startsWith("sha256:");
  }

  private void put(HttpExchange exchange, String reference) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String digest = TestImage.digestOf(body);
    documents.put(digest, body);
    if (!isDigest(reference)) {
      tags.put(reference, digest);
      pages.clear();
    }
    created(exchange, digest);
  }

  private static void created(HttpExchange exchange, String digest) throws IOException {
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
    exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getPath());
    exchange.sendResponseHeaders(201, -1);
  }

  private void delete(HttpExchange exchange, String reference) throws IOException {
    if (!isDigest(reference)) {
      send(exchange, 400, JSON, error("DIGEST_INVALID"));
    } else if (documents.remove(reference) == null) {
      send(exchange, 404, JSON, error("MANIFEST_UNKNOWN"));
    } else {
      tags.values().removeIf(reference::equals);
      pages.clear();
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void sendDocument(HttpExchange exchange, String type, @Nullable String digest)
      throws IOException {
    byte[] document = digest == null ? null : documents.get(digest);
    if (digest == null || document == null) {
      send(exchange, 404, JSON, error("MANIFEST_UNKNOWN"));
    } else {
      exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
      boolean isRange = exchange.getRequestHeaders().containsKey("Range");
      if (isRange) { // always of the whole, however it is asked for: documents are small
        String range = "bytes 0-" + (document.length - 1) + "/" + document.length;
        exchange.getResponseHeaders().set("Content-Range", range);
      }
      send(exchange, isRange ? 206 : 200, type, document);
    }
  }

  private static byte[] error(String code) {
    return bytes("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"refused\"}]}");
  }
}
