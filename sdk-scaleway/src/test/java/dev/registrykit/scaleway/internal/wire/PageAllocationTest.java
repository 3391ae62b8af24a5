package dev.registrykit.scaleway.internal.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.scaleway.internal.generated.JsonInput;
import dev.registrykit.scaleway.internal.generated.model.ListTagsResponse;
import dev.registrykit.spi.support.Operation;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How many bytes of memory a page of tags costs on the way from JSON to the caller. */
class PageAllocationTest {

  private static final ImageRef APP = ImageRef.of("shop/app");

  private static final Operation LIST = Operation.onImage("list tags of " + APP, APP);

  private static final int TAGS = 100;

  /** A fifth more than was measured. */
  private static final long MOST_BYTES = 97_000;

  @Test
  void aPageOfTagsNeedsLittleMemory() throws Exception {
    byte[] page = page();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2_000; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      List<Tag> tags = read(page);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertTrue(tags.size() == TAGS);
    }

    assertTrue(least <= MOST_BYTES, least + " bytes");
  }

  private static List<Tag> read(byte[] page) throws Exception {
    return JsonInput.read(page, ListTagsResponse::read).getTags().stream()
        .map(tag -> ScalewayMapper.tag(APP, tag, LIST))
        .toList();
  }

  private static byte[] page() {
    StringJoiner tags = new StringJoiner(",", "{\"tags\":[", "],\"total_count\":100}");
    for (int i = 0; i < TAGS; i++) {
      tags.add("""
          {"id":"%s","name":"t-%06d","image_id":"%s","status":"ready","digest":"sha256:%064x",
          "created_at":"2026-03-01T10:20:30.%06dZ","updated_at":"2026-03-02T10:20:30.%06dZ"}""".formatted(new UUID(1, i), i, new UUID(2, 0), i, i, i));
    }
    return tags.toString().getBytes(StandardCharsets.UTF_8);
  }
}
