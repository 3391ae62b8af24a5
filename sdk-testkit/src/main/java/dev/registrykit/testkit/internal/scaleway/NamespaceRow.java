package dev.registrykit.testkit.internal.scaleway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A namespace; {@link RegionState} knows its images. */
final class NamespaceRow {
  final long number;
  final String name;
  final String organizationId;
  final String projectId;
  final Instant createdAt;
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
}
