package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalewayEmulatorScaleTest extends ScalewayEmulatorTest {

  @Test
  void aMillionTagsArePagedFromBothEnds() throws Exception {
    emulator().addTags("shop/app", 1_000_000);
    emulator().addTag("shop/app", "latest", TagContent.ofDigest(DIGEST_A));
    String path = "/images/" + emulator().addImage("shop/app") + "/tags?page_size=100";
    Set<String> ids = new HashSet<>();
    Set<String> digests = new HashSet<>();

    for (int page = 1; page <= 10_001; page += 100) {
      JsonNode answer = read(path + "&order_by=name_desc&page=" + page);
      assertEquals(1_000_001, answer.get("total_count").asInt());
      for (JsonNode tag : answer.get("tags")) {
        ids.add(tag.get("id").asText());
        digests.add(tag.get("digest").asText());
      }
    }

    assertEquals(10_001, ids.size());
    assertEquals(10_001, digests.size());
    JsonNode newest = read(path + "&order_by=created_at_desc").get("tags");
    assertEquals("latest", newest.get(0).get("name").asText());
    assertEquals("t-999999", newest.get(1).get("name").asText());
    JsonNode byId = read("/tags/" + newest.get(1).get("id").asText());
    assertEquals(newest.get(1), byId);
  }

  @Test
  void concurrentDeletionsAreAllDone() throws Exception {
    emulator().setDeletionReads(0);
    emulator().addTags("shop/app", 100);
    String path = "/images/" + emulator().addImage("shop/app") + "/tags?page_size=100";
    ExecutorService workers = Executors.newFixedThreadPool(8);
    try {
      JsonNode tags = read(path).get("tags");
      var deletions = IntStream.range(0, tags.size())
          .mapToObj(
              i -> workers.submit(() -> delete("/tags/" + tags.get(i).get("id").asText())))
          .toList();
      for (Future<?> deletion : deletions) {
        deletion.get();
      }
    } finally {
      workers.shutdown();
    }

    assertEquals(0, read(path).get("total_count").asInt());
    assertEquals(102, emulator().requestCount());
  }
}
