package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Rows as JSON. */
final class WireJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private WireJson() {}

  /** An image as since 2026-09-22: how many tags it has, and none of them. */
  static ObjectNode summary(ImageRow row, String workspace) {
    ObjectNode json = Refusals.object();
    json.set("metadata", metadata(row, workspace));
    if (!row.isNeverBuilt) {
      json.putObject("spec").put("size", row.bytes()).put("tagCount", row.tags.size());
    }
    return json;
  }

  /** An image as before 2026-09-22, with all its tags; null until it was built. */
  static ObjectNode withTags(ImageRow row, String workspace) {
    ObjectNode json = Refusals.object();
    json.set("metadata", metadata(row, workspace));
    ObjectNode spec = json.putObject("spec").put("size", row.bytes());
    if (row.tags.isEmpty()) {
      spec.putNull("tags");
    } else {
      var tags = spec.putArray("tags");
      row.tags.values().forEach(tag -> tags.add(tag(tag)));
    }
    return json;
  }

  private static ObjectNode metadata(ImageRow row, String workspace) {
    ObjectNode json = Refusals.object();
    json.put("createdAt", text(row.createdAt));
    json.put("displayName", "registry.example/" + workspace + "/" + row.key.name());
    json.put("name", row.key.name());
    json.put("resourceType", row.key.resourceType());
    json.put("sourceWorkspace", row.key.owner());
    json.put("status", row.status);
    json.put("updatedAt", text(row.updatedAt));
    json.put("workspace", workspace);
    return json;
  }

  static ObjectNode tag(TagRow row) {
    ObjectNode json = Refusals.object();
    json.put("name", row.name);
    json.put("size", row.bytes);
    if (row.createdAt != null) {
      json.put("createdAt", text(row.createdAt));
    }
    if (row.updatedAt != null) {
      json.put("updatedAt", text(row.updatedAt));
    }
    return json;
  }

  static ObjectNode share(ShareRow row) {
    ObjectNode json = Refusals.object();
    json.put("workspace", row.workspace());
    json.put("accountId", row.accountId());
    json.put("status", row.pendingShareId() == null ? "active" : "pending");
    if (row.pendingShareId() != null) {
      json.put("pendingShareId", row.pendingShareId());
    }
    return json;
  }

  static ObjectNode pending(PendingRow row, String account, boolean hasConflict) {
    ObjectNode json = Refusals.object();
    json.put("id", row.id);
    json.put("createdAt", text(row.createdAt));
    json.put("expiresAt", text(row.createdAt.plus(7, ChronoUnit.DAYS)));
    json.put("hasConflict", hasConflict);
    json.put("imageName", row.image.name());
    json.put("resourceType", row.image.resourceType());
    json.put("sharedBy", "somebody");
    json.put("sourceAccountId", row.isIncoming ? row.otherAccount : account);
    json.put("sourceWorkspace", row.sourceWorkspace);
    json.put("targetAccountId", row.isIncoming ? account : row.otherAccount);
    json.put("targetWorkspace", row.targetWorkspace);
    return json;
  }

  /** The object in a request body. */
  public static ObjectNode parse(String body) {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // falls through: no JSON is refused as JSON of the wrong kind is
    }
    throw Refusals.generic(400, "invalid body");
  }

  /** A text field that must be there. */
  static String required(ObjectNode body, String field) {
    String value = text(body, field);
    if (value == null || value.isBlank()) {
      throw Refusals.generic(400, field + " is required");
    }
    return value;
  }

  static @Nullable String text(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    return value.isTextual() ? value.textValue() : null;
  }

  private static String text(Instant time) {
    return time.toString();
  }
}
