package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.testsupport.TestClient;
import java.lang.management.ManagementFactory;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** What a call costs beside what the JDK's client costs, which has its answer ready here. */
class WarmCallTest {

  /** A fifth more than the 5.2 KB that were measured; the JDK's client takes about 17 KB for such a call. */
  private static final long MOST_BYTES = 6_200;

  private static final int CALLS = 2_000;

  private static final int NAMES = 10_000;

  /** A fifth more than the 169 that were measured, of which 48 end where all is compiled. */
  private static final long MOST_BYTES_A_NAME = 200;

  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @Test
  void aCallAllocatesLittle() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ImageRef app = ImageRef.of("shop/app");
    try (OciRegistry registry = registry(new byte[0])) {
      resolve(registry, app);
      long before = threads.getCurrentThreadAllocatedBytes();

      resolve(registry, app);

      long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
      assertTrue(bytes > 500 && bytes <= MOST_BYTES, bytes + " bytes a call");
    }
  }

  @Test
  void aListOfNamesAllocatesLittle() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ImageRef app = ImageRef.of("shop/app");
    try (OciRegistry registry = registry(listOf(NAMES))) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 200; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        List<Tag> tags = registry.listTags(app).toList();
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        assertTrue(tags.size() == NAMES);
      }

      assertTrue(least <= NAMES * MOST_BYTES_A_NAME, least / NAMES + " bytes a name");
    }
  }

  private static byte[] listOf(int names) {
    StringJoiner list = new StringJoiner("\",\"", "{\"name\":\"shop/app\",\"tags\":[\"", "\"]}");
    for (int i = 0; i < names; i++) {
      list.add("t" + i);
    }
    return list.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static OciRegistry registry(byte[] body) {
    return OciRegistry.builder()
        .registry("http://127.0.0.1:1")
        .httpOptions(HttpOptions.defaults().withHttpClient(new ReadyClient(body)))
        .build();
  }

  private static void resolve(OciRegistry registry, ImageRef image) {
    for (int i = 0; i < CALLS; i++) {
      assertTrue(registry.resolveTag(image, "t1").equals(DIGEST));
    }
  }

  /** Answers every request at once with the head of the same manifest, and with this body. */
  private static final class ReadyClient extends TestClient {

    private final byte[] answer;

    ReadyClient(byte[] answer) {
      this.answer = answer;
    }

    private final HttpHeaders headers = HttpHeaders.of(
        Map.of(
            "docker-content-digest", List.of(DIGEST),
            "content-type", List.of("application/vnd.oci.image.manifest.v1+json")),
        (name, value) -> true);

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      return answer(request, handler, 200, headers, answer);
    }
  }
}
