package org.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.registrykit.testkit.contract.Mishap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The demo service itself, as far as the tests need it. Thread-safe. */
final class DemoServer implements AutoCloseable {

  static final String KEY_ID = "key-1";
  static final String SECRET_KEY = "hush-hush-hush";

  /** What a request is answered with. */
  record Answer(int status, String type, String body) {
    static Answer json(int status, Object body) {
      return new Answer(
          status, "application/json", new ObjectMapper().valueToTree(body).toString());
    }

    static Answer refusal(int status, String code) {
      return json(status, Map.of("error", code, "detail", "no " + SECRET_KEY));
    }
  }

  private record StoredTag(String digest, Instant created) {}

  private final NavigableMap<String, NavigableMap<String, StoredTag>> images = new TreeMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "demo-server");
    thread.setDaemon(true);
    return thread;
  });

  private long requests;
  private int tokens;
  private Mishap mishap;
  private int mishapsLeft;
  private Answer answerToAll;

  DemoServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized long requests() {
    return requests;
  }

  synchronized int tokens() {
    return tokens;
  }

  synchronized void addImage(String image) {
    images.computeIfAbsent(image, name -> new TreeMap<>());
  }

  synchronized String addTag(String image, String tag, String content, Instant created) {
    addImage(image);
    String digest = "sha256:" + HexFormat.of().formatHex(sha256(content));
    images.get(image).put(tag, new StoredTag(digest, created));
    return digest;
  }

  private static byte[] sha256(String content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  synchronized List<String> tagNames(String image) {
    return List.copyOf(images.getOrDefault(image, new TreeMap<>()).keySet());
  }

  /** Meets the next requests with a mishap, so often that a whole call does not get past it. */
  synchronized void fail(Mishap what, int times) {
    mishap = what;
    mishapsLeft = times;
  }

  synchronized void answerAll(Answer answer) {
    answerToAll = answer;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Mishap met = nextMishap(exchange.getRequestURI().getPath());
    if (met == Mishap.STALLED) {
      return; // and never says anything
    }
    if (met == Mishap.CONNECTION_LOST) {
      exchange.close();
      return;
    }
    Answer answer = met == null || met == Mishap.LOST_DELETE_ANSWER
        ? answer(exchange, body)
        : answerTo(met, exchange);
    if (met == Mishap.LOST_DELETE_ANSWER) {
      exchange.close();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    if (!answer.type().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.type());
    }
    exchange.getResponseHeaders().set("Demo-Node", "node-7");
    exchange.getResponseHeaders().set("Demo-Request", "request-1");
    exchange.getResponseHeaders().set("Demo-Internal", "not to be shown");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Mishap nextMishap(String path) {
    requests++;
    boolean isMeant = mishap != Mishap.LOST_DELETE_ANSWER || path.equals("/delete");
    return isMeant && mishapsLeft-- > 0 ? mishap : null;
  }

  private static Answer answerTo(Mishap met, HttpExchange exchange) {
    return switch (met) {
      case UNAUTHORIZED -> Answer.refusal(401, "WRONG_KEY");
      case FORBIDDEN -> Answer.refusal(403, "FORBIDDEN");
      case RATE_LIMITED -> Answer.refusal(429, "TOO_MANY");
      case RATE_LIMITED_FOR_AN_HOUR -> {
        exchange.getResponseHeaders().set("Retry-After", "3600");
        yield Answer.refusal(429, "TOO_MANY");
      }
      case SERVER_ERROR, BRIEF_OUTAGE -> Answer.refusal(503, "OUTAGE");
      case NOT_JSON -> new Answer(200, "text/html", "<html>welcome</html>");
      default -> throw new IllegalArgumentException(met.toString());
    };
  }

  private synchronized Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    if (answerToAll != null) {
      return answerToAll;
    }
    String head = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String expected = KEY_ID + ":" + SignedRequests.signature(SECRET_KEY, head, body);
    if (!List.of(expected).equals(exchange.getRequestHeaders().get(SignedRequests.HEADER))) {
      return Answer.refusal(401, "WRONG_SIGNATURE");
    }
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    return switch (exchange.getRequestURI().getPath()) {
      case "/images" -> listed(images, query, image -> Map.of("name", image));
      case "/image" -> image(query.get("image"));
      case "/tags" -> tags(query);
      case "/tag" -> tag(query.get("image"), query.get("tag"));
      case "/delete" -> delete(new ObjectMapper().readTree(body));
      case "/tokens" -> Answer.json(200, Map.of("token", "pull-" + ++tokens));
      default -> Answer.refusal(404, "NO_SUCH_ROUTE");
    };
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String each : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = each.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /** Makes one page of a listing, whose cursor is the last name on it. */
  private static Answer listed(
      NavigableMap<String, ?> all,
      Map<String, String> query,
      java.util.function.Function<String, Map<String, ?>> shown) {
    List<String> names = new ArrayList<>(
        query.containsKey("after")
            ? all.tailMap(query.get("after"), false).keySet()
            : all.keySet());
    List<String> page =
        names.subList(0, Math.min(names.size(), Integer.parseInt(query.get("limit"))));
    Map<String, Object> answer = new TreeMap<>();
    answer.put("items", page.stream().map(shown).toList());
    if (page.size() < names.size()) {
      answer.put("next", page.get(page.size() - 1));
    }
    return Answer.json(200, answer);
  }

  private Answer image(String image) {
    return images.containsKey(image)
        ? Answer.json(200, Map.of("name", image))
        : Answer.refusal(404, "NO_SUCH_IMAGE");
  }

  private Answer tags(Map<String, String> query) {
    NavigableMap<String, StoredTag> tags = images.get(query.get("image"));
    return tags == null
        ? Answer.refusal(404, "NO_SUCH_IMAGE")
        : listed(tags, query, tag -> shown(tag, tags.get(tag)));
  }

  private Answer tag(String image, String tag) {
    if (!images.containsKey(image)) {
      return Answer.refusal(404, "NO_SUCH_IMAGE");
    }
    StoredTag stored = images.get(image).get(tag);
    return stored == null
        ? Answer.refusal(404, "NO_SUCH_TAG")
        : Answer.json(200, shown(tag, stored));
  }

  private static Map<String, String> shown(String tag, StoredTag stored) {
    return Map.of(
        "name", tag, "digest", stored.digest(), "created", stored.created().toString());
  }

  private Answer delete(JsonNode asked) {
    String image = asked.path("image").asText();
    if (!asked.has("tag")) {
      return images.remove(image) == null
          ? Answer.refusal(404, "NO_SUCH_IMAGE")
          : Answer.json(200, Map.of());
    }
    Answer found = tag(image, asked.path("tag").asText());
    if (found.status() != 200) {
      return found;
    }
    StoredTag stored = images.get(image).get(asked.path("tag").asText());
    if (asked.has("digest") && !asked.path("digest").asText().equals(stored.digest())) {
      return Answer.refusal(412, "OTHER_DIGEST");
    }
    images.get(image).remove(asked.path("tag").asText());
    return Answer.json(200, Map.of("digest", stored.digest()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
