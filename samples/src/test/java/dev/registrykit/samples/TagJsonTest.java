package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TagJsonTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private final ObjectMapper json = new ObjectMapper()
      .registerModule(new JavaTimeModule())
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  @Test
  void aTagIsWrittenWithWhatTheServicePromises() throws Exception {
    Tag tag = Tag.builder(IMAGE, "1.2")
        .digest("sha256:" + "0".repeat(64))
        .createdAt(Instant.parse("2026-03-01T09:30:00Z"))
        .updatedAt(Instant.parse("2026-03-04T09:30:00Z"))
        .sizeBytes(1_234L)
        .status(Status.of("ready"))
        .providerId("not promised")
        .build();

    assertEquals(
        "{\"image\":\"shop/web\",\"name\":\"1.2\",\"digest\":\"sha256:"
            + "0".repeat(64)
            + "\",\"changedAt\":\"2026-03-04T09:30:00Z\",\"sizeBytes\":1234,\"status\":\"ready\"}",
        json.writeValueAsString(TagJson.of(tag)));
  }

  @Test
  void whatIsUnknownIsNull() throws Exception {
    assertEquals(
        "{\"image\":\"shop/web\",\"name\":\"1.2\",\"digest\":null,\"changedAt\":null,\"sizeBytes\":null,\"status\":\"unknown\"}",
        json.writeValueAsString(TagJson.of(Tag.builder(IMAGE, "1.2").build())));
  }
}
