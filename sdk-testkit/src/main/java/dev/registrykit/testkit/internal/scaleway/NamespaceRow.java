package dev.registrykit.testkit.internal.scaleway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A namespace with its images by name. */
final class NamespaceRow {
  final long number;
  final String name;
  final String organizationId;
  final String projectId;
  final Instant createdAt;
  final Map<String, ImageRow> images = new LinkedHashMap<>();
  Instant updatedAt;
  String description = "";
  boolean isPublic;

  @Nullable
  Deletion deletion;

  NamespaceRow(long number, String name, String organizationId, String projectId, Instant now) {
    this.number = number;
    this.name = name;
    this.organizationId = organizationId;
    this.projectId = projectId;
    this.createdAt = now;
    this.updatedAt = now;
  }

  String id() {
    return Ids.id(number);
  }

  /** Images being deleted still count, as recorded. */
  long size() {
    return images.values().stream().mapToLong(ImageRow::size).sum();
  }
}
