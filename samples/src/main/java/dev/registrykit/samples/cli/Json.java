package dev.registrykit.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.Image;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/** What the program answers to programs. What is not known is null; all is ASCII. */
final class Json {

  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array(Collection<? extends JsonNode> nodes) {
    return MAPPER.createArrayNode().addAll(nodes);
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  /** Reads JSON that the SDK wrote. */
  static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the SDK writes JSON", e);
    }
  }

  static ObjectNode of(Tag tag) {
    ObjectNode json = object().put("image", tag.image().path()).put("tag", tag.name());
    json.put("digest", tag.digest().orElse(null));
    put(json, "createdAt", tag.createdAt());
    put(json, "updatedAt", tag.updatedAt());
    put(json, "sizeBytes", tag.sizeBytes());
    return json.put("status", tag.status().text());
  }

  static ObjectNode of(Image image) {
    ObjectNode json = object().put("image", image.ref().path());
    put(json, "createdAt", image.createdAt());
    put(json, "updatedAt", image.updatedAt());
    put(json, "sizeBytes", image.sizeBytes());
    return json.put("status", image.status().text());
  }

  private static void put(ObjectNode json, String field, Optional<Instant> instant) {
    json.put(field, instant.map(Instant::toString).orElse(null));
  }

  private static void put(ObjectNode json, String field, OptionalLong number) {
    if (number.isPresent()) {
      json.put(field, number.getAsLong());
    } else {
      json.putNull(field);
    }
  }

  /** A failure in words, and the kind of it. */
  static ObjectNode of(RegistryException failure) {
    return object()
        .put("kind", failure.getClass().getSimpleName())
        .put("message", failure.getMessage())
        .put("mayHaveTakenEffect", failure.mayHaveTakenEffect());
  }

  /** Writes the one document that goes to the output. */
  static void write(Screen screen, JsonNode json) {
    try {
      screen.out().println(MAPPER.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }
}
