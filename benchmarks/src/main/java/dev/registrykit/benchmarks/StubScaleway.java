package dev.registrykit.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scaleway's interface with one namespace, one image, and one page of tags. */
final class StubScaleway extends Stub {

  static final String REGION = "fr-par";
  private static final String IMAGE = "00000000-0000-4000-8000-000000000002";
  private static final String NAMESPACE = "00000000-0000-4000-8000-000000000001";
  static final String TAGS_PATH = "/registry/v1/regions/" + REGION + "/images/" + IMAGE + "/tags";

  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final byte[] tags;

  StubScaleway(int count) throws IOException {
    super(Duration.ZERO);
    this.tags = tags(count);
    start();
  }

  static byte[] tags(int count) {
    return bytes(IntStream.range(0, count)
        .mapToObj(i ->
            "{\"id\":\"00000000-0000-4000-9000-%012d\",\"name\":\"t%d\",\"image_id\":\"%s\",\"status\":\"ready\",\"digest\":\"%s\",\"created_at\":\"%s\",\"updated_at\":\"%s\"}"
                .formatted(
                    i,
                    i,
                    IMAGE,
                    TestImage.digestOf(bytes("t" + i)),
                    DAY.plusSeconds(i),
                    DAY.plusSeconds(60L + i)))
        .collect(Collectors.joining(",", "{\"tags\":[", "],\"total_count\":" + count + "}")));
  }

  /** What the two look-ups find by which an image gets its identifier. */
  static byte[] found(String path) {
    return path.endsWith("/namespaces")
        ? bytes("{\"namespaces\":[{\"id\":\"" + NAMESPACE
            + "\",\"name\":\"shop\",\"region\":\"" + REGION
            + "\",\"status\":\"ready\"}],\"total_count\":1}")
        : bytes("{\"images\":[{\"id\":\"" + IMAGE + "\",\"name\":\"app\",\"namespace_id\":\""
            + NAMESPACE
            + "\",\"status\":\"ready\",\"visibility\":\"private\"}],\"total_count\":1}");
  }

  @Override
  void answer(HttpExchange exchange, String path) throws IOException {
    send(exchange, 200, "application/json", path.endsWith("/tags") ? tags : found(path));
  }
}
