package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.scaleway.state.Deletion;
import dev.registrykit.testkit.internal.scaleway.state.ImageRow;
import dev.registrykit.testkit.internal.scaleway.state.NamespaceRow;
import dev.registrykit.testkit.internal.scaleway.state.RegionState;
import dev.registrykit.testkit.internal.scaleway.state.TagRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows as JSON, with the fields in the recorded order. */
final class WireJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int IMAGE_TAGS = 5;

  /** Which of the two timestamps this answer has just set; those have nine digits. */
  enum Written {
    NOTHING,
    UPDATED,
    CREATED_AND_UPDATED
  }

  private WireJson() {}

  static ObjectNode namespace(RegionState state, NamespaceRow row, Written written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", row.id());
    json.put("name", row.name);
    json.put("description", row.description);
    json.put("organization_id", row.organizationId);
    json.put("project_id", row.projectId);
    json.put("status", status(row.deletion));
    json.put("status_message", "");
    json.put("endpoint", "rg." + state.region() + ".scw.cloud/" + row.name);
    json.put("is_public", row.isPublic);
    json.put("size", state.size(row));
    putTimes(json, row.createdAt, row.updatedAt, written);
    json.put("image_count", state.imagesOf(row).size());
    json.put("region", state.region());
    return json;
  }

  static ObjectNode image(RegionState state, ImageRow row, Written written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", row.id());
    json.put("name", row.name);
    json.put("namespace_id", row.namespace.id());
    json.put("status", status(row.deletion()));
    json.put("status_message", "");
    json.put("visibility", row.visibility);
    json.put("size", state.size(row));
    putTimes(json, row.createdAt, row.updatedAt, written);
    var tags = json.putArray("tags");
    state.tagsOf(row).newestNames(IMAGE_TAGS).forEach(tags::add);
    return json;
  }

  static ObjectNode tag(TagRow row, Written written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", row.id());
    json.put("name", row.name);
    json.put("image_id", row.image.id());
    json.put("status", status(row.deletion()));
    json.put("digest", row.digest);
    putTimes(json, row.createdAt, row.updatedAt, written);
    return json;
  }

  /** The object in a request body; an empty body is an empty object. */
  public static ObjectNode parse(String body) {
    if (body.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // falls through: no JSON is refused as JSON of the wrong kind is
    }
    throw Refusals.invalidArgument("body", "format");
  }

  /** A text field; null when absent or JSON null. */
  static @Nullable String text(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Refusals.invalidArgument(field, "format");
    }
    return value.textValue();
  }

  /** A boolean field; null when absent or JSON null. */
  static @Nullable Boolean flag(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw Refusals.invalidArgument(field, "format");
    }
    return value.booleanValue();
  }

  private static String status(@Nullable Deletion deletion) {
    return deletion == null ? "ready" : "deleting";
  }

  private static void putTimes(
      ObjectNode json, Instant createdAt, Instant updatedAt, Written written) {
    boolean created = written == Written.CREATED_AND_UPDATED;
    boolean updated = written != Written.NOTHING;
    json.put("created_at", created ? WireTime.written(createdAt) : WireTime.read(createdAt));
    json.put("updated_at", updated ? WireTime.written(updatedAt) : WireTime.read(updatedAt));
  }
}
