package dev.registrykit.testkit.internal.blaxel;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An image with its tags and shares. */
final class ImageRow {
  final ImageKey key;
  public final Instant createdAt;
  final Map<String, TagRow> tags = new TreeMap<>();
  final Map<String, ShareRow> shares = new LinkedHashMap<>();
  public Instant updatedAt;
  String status = "BUILT";

  @Nullable
  Integer buildReadsLeft;

  boolean isNeverBuilt;

  ImageRow(ImageKey key, Instant now) {
    this.key = key;
    this.createdAt = now;
    this.updatedAt = now;
  }

  boolean isInUse() {
    return tags.values().stream().anyMatch(tag -> tag.isInUse);
  }

  long bytes() {
    return tags.values().stream().mapToLong(tag -> tag.bytes).sum();
  }

  /** Moves an image that is being built on, once for each time it is looked at. */
  void lookedAt(boolean failsBuilds) {
    if (buildReadsLeft == null) {
      return;
    }
    if (buildReadsLeft == 0) {
      status = failsBuilds ? "FAILED" : "BUILT";
      buildReadsLeft = null;
      isNeverBuilt = failsBuilds;
    } else {
      status = "BUILDING";
      buildReadsLeft--;
    }
  }
}
