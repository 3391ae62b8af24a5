package dev.registrykit.testkit.internal.scaleway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag; made on the fly for tags that are only computed. */
final class TagRow {
  final long number;
  final ImageRow image;
  final String name;
  final String digest;
  final Instant createdAt;
  Instant updatedAt;

  @Nullable
  Deletion ownDeletion;

  TagRow(
      long number,
      ImageRow image,
      String name,
      String digest,
      Instant createdAt,
      Instant updatedAt) {
    this.number = number;
    this.image = image;
    this.name = name;
    this.digest = digest;
    this.createdAt = createdAt;
    this.updatedAt = updatedAt;
  }

  String id() {
    return Ids.id(number);
  }

  /** The deletion this tag goes with: its own, or that of its image or namespace. */
  @Nullable
  Deletion deletion() {
    return ownDeletion != null ? ownDeletion : image.deletion();
  }
}
