package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The operations on images and tags. */
final class ImageOperations {
  private final WorkspaceState state;
  private final String workspace;

  ImageOperations(WorkspaceState state, String workspace) {
    this.state = state;
    this.workspace = workspace;
  }

  /** Every image with every tag, as before 2026-09-22. */
  JsonNode listWhole() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    state.images.values().forEach(row -> json.add(WireJson.withTags(row, workspace)));
    return json;
  }

  JsonNode list(Query query) {
    String prefix = query.value("q").orElse("");
    String sort = query.value("sort").orElse("name:asc");
    List<ImageRow> matching = state.images.values().stream()
        .filter(row -> row.key.name().startsWith(prefix))
        .sorted(order(prefix.isEmpty() ? sort : sort.replace("createdAt", "name")))
        .toList();
    return CursorPage.cut(
        matching,
        query,
        "images " + sort + " " + prefix,
        state.images.size(),
        state.settings,
        row -> WireJson.summary(row, workspace));
  }

  private static Comparator<ImageRow> order(String sort) {
    Comparator<ImageRow> byName = Comparator.comparing((ImageRow row) -> row.key.name())
        .thenComparing(row -> row.key.resourceType())
        .thenComparing(row -> row.key.owner());
    Comparator<ImageRow> byCreation =
        Comparator.comparing((ImageRow row) -> row.createdAt).thenComparing(byName);
    return switch (sort) {
      case "name:asc" -> byName;
      case "name:desc" -> byName.reversed();
      case "createdAt:asc" -> byCreation;
      case "createdAt:desc" -> byCreation.reversed();
      default -> throw Refusals.generic(400, "invalid sort");
    };
  }

  JsonNode get(ImageKey key, boolean isPaged) {
    ImageRow row = find(key);
    row.lookedAt(state.settings.failsBuilds);
    return isPaged ? WireJson.summary(row, workspace) : WireJson.withTags(row, workspace);
  }

  JsonNode listTags(ImageKey key, Query query) {
    ImageRow row = find(key);
    String sort = query.value("sort").orElse("name:asc");
    if (!sort.equals("name:asc") && !sort.equals("name:desc")) {
      throw Refusals.generic(400, "invalid sort");
    }
    String prefix = query.value("q").orElse("");
    String name = query.value("name").orElse("");
    if (!prefix.isEmpty() && !name.isEmpty()) {
      throw Refusals.generic(400, "invalid query: name and q");
    }
    Comparator<TagRow> byName = Comparator.comparing(tag -> tag.name);
    List<TagRow> matching = row.tags.values().stream()
        .filter(tag -> tag.name.startsWith(prefix))
        .filter(tag -> name.isEmpty() || tag.name.equals(name))
        .sorted(sort.equals("name:asc") ? byName : byName.reversed())
        .toList();
    return CursorPage.cut(
        matching,
        query,
        "tags " + key + " " + key.owner() + " " + sort + " " + prefix + " " + name,
        row.tags.size(),
        state.settings,
        WireJson::tag);
  }

  ApiAnswer deleteTag(ImageKey key, String tag) {
    ImageRow row = find(key);
    TagRow found = row.tags.get(tag);
    if (found == null) {
      throw Refusals.notFound("Tag");
    }
    requireNotShared(row);
    if (found.isInUse) {
      throw Refusals.json(400, state.settings.inUseBody.formatted("Tag"));
    }
    row.tags.remove(tag);
    row.updatedAt = state.clock.tick();
    return state.settings.answersDeletionsWithoutContent
        ? ApiAnswer.of(204, Map.of(), "")
        : ApiAnswer.json(200, WireJson.withTags(row, workspace));
  }

  ApiAnswer delete(ImageKey key) {
    ImageRow row = find(key);
    requireNotShared(row);
    if (row.isInUse()) {
      throw Refusals.json(400, state.settings.inUseBody.formatted("Image"));
    }
    state.images.remove(key);
    return state.settings.answersDeletionsWithoutContent
        ? ApiAnswer.of(204, Map.of(), "")
        : ApiAnswer.json(200, WireJson.withTags(row, workspace));
  }

  private static void requireNotShared(ImageRow row) {
    if (!row.shares.isEmpty()) {
      throw Refusals.generic(400, "Image is shared with other workspaces, unshare it first");
    }
  }

  /** Deletes what is not in use if a test said that it wants that; else nothing, and remembers. */
  ApiAnswer purge() {
    state.purges++;
    if (!state.settings.allowsPurge) {
      state.unexpectedPurges++;
      throw Refusals.generic(501, "the purge of the workspace was reached unexpectedly");
    }
    int before = state.images.size();
    state.images.values().removeIf(row -> !row.isInUse() && row.shares.isEmpty());
    return ApiAnswer.json(
        200,
        Refusals.object()
            .put("deleted", before - state.images.size())
            .put("message", "Unused images deleted"));
  }

  ApiAnswer create(ObjectNode body, Query query) {
    String type = WireJson.required(body, "resourceType");
    String name = WireJson.required(body, "name");
    ImageRow row = state.image(ImageKey.own(type, name));
    row.status = query.flag("upload") ? "UPLOADING" : "BUILDING";
    row.buildReadsLeft = state.settings.buildReads;
    ObjectNode answer = Refusals.object().put("name", name).put("resourceType", type);
    answer.put("build", !query.flag("skip-build"));
    String imported = WireJson.text(body, "image");
    if (imported != null) {
      answer.put("image", imported);
    }
    return ApiAnswer.of(
        200,
        query.flag("upload")
            ? Map.of(
                "Content-Type",
                "application/json",
                "X-Blaxel-Upload-Url",
                "https://uploads.example/" + name + "?signature=emulator")
            : Map.of("Content-Type", "application/json"),
        answer.toString());
  }

  ImageRow find(ImageKey key) {
    return state.find(key).orElseThrow(() -> Refusals.notFound("Image"));
  }
}
