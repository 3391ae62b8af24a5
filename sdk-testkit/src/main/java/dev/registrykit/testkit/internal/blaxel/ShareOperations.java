package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on shares and pending shares. */
final class ShareOperations {
  private final WorkspaceState state;
  private final ImageOperations images;
  private final String workspace;
  private final String account;

  ShareOperations(WorkspaceState state, ImageOperations images, String workspace, String account) {
    this.state = state;
    this.images = images;
    this.workspace = workspace;
    this.account = account;
  }

  JsonNode list(ImageKey key) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    images.find(key).shares.values().forEach(share -> json.add(WireJson.share(share)));
    return json;
  }

  /** Shares at once inside the account; with another one, the share waits. */
  ApiAnswer share(ImageKey key, ObjectNode body) {
    ImageRow row = images.find(key);
    String target = WireJson.required(body, "targetWorkspace");
    if (row.shares.containsKey(target)) {
      throw Refusals.generic(409, "Image is already shared with workspace " + target);
    }
    String other = WireJson.text(body, "targetAccountId");
    if (other == null || other.equals(account)) {
      row.shares.put(target, new ShareRow(target, account, null));
      return ApiAnswer.json(200, WireJson.withTags(row, workspace));
    }
    PendingRow pending =
        state.addPending(false, key, workspace, target, other, List.copyOf(row.tags.keySet()));
    row.shares.put(target, new ShareRow(target, other, pending.id));
    return ApiAnswer.json(202, WireJson.pending(pending, account, false));
  }

  JsonNode unshare(ImageKey key, String target) {
    ImageRow row = images.find(key);
    ShareRow share = row.shares.remove(target);
    if (share == null) {
      throw Refusals.notFound("Share");
    }
    if (share.pendingShareId() != null) {
      state.pending.remove(share.pendingShareId());
    }
    return WireJson.withTags(row, workspace);
  }

  JsonNode listPending(@Nullable String direction) {
    String wanted = direction == null ? "incoming" : direction;
    if (!wanted.equals("incoming") && !wanted.equals("outgoing")) {
      throw Refusals.generic(400, "invalid direction");
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    state.pending.values().stream()
        .filter(row -> row.isIncoming == wanted.equals("incoming"))
        .forEach(row -> json.add(WireJson.pending(row, account, collides(row))));
    return json;
  }

  JsonNode accept(String id, boolean force) {
    PendingRow pending = findForUs(id);
    if (pending.isExpired) {
      throw Refusals.generic(410, "Pending share has expired");
    }
    if (!force && collides(pending)) {
      throw Refusals.generic(409, "Tags of the image already exist");
    }
    ImageRow row = state.image(ImageKey.own(pending.image.resourceType(), pending.image.name()));
    for (String tag : pending.tags) {
      row.tags.put(tag, new TagRow(tag, 1024, pending.createdAt, pending.createdAt));
    }
    state.pending.remove(id);
    return WireJson.withTags(row, workspace);
  }

  private boolean collides(PendingRow pending) {
    return pending.isIncoming
        && state
            .find(ImageKey.own(pending.image.resourceType(), pending.image.name()))
            .filter(row -> pending.tags.stream().anyMatch(row.tags::containsKey))
            .isPresent();
  }

  ApiAnswer decline(String id) {
    findForUs(id);
    state.pending.remove(id);
    return ApiAnswer.of(204, Map.of(), "");
  }

  private PendingRow findForUs(String id) {
    PendingRow pending = state.pending.get(id);
    if (pending == null) {
      throw Refusals.notFound("Pending share");
    }
    if (!pending.isIncoming) {
      throw Refusals.generic(403, "Only the target workspace may answer a share");
    }
    return pending;
  }
}
