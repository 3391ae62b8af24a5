package dev.registrykit.testkit.internal.scaleway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An image; {@link RegionState} knows its tags. */
final class ImageRow {
  private static final long DEFAULT_BYTES = 5L * 1024 * 1024;

  final long number;
  final NamespaceRow namespace;
  final String name;
  final Instant createdAt;
  Instant updatedAt;
  String visibility = "inherit";
  long bytes = DEFAULT_BYTES;

  @Nullable
  Deletion ownDeletion;

  ImageRow(long number, NamespaceRow namespace, String name, Instant now) {
    this.number = number;
    this.namespace = namespace;
    this.name = name;
    this.createdAt = now;
    this.updatedAt = now;
  }

  String id() {
    return Ids.id(number);
  }

  /** The deletion this image goes with: its own, or that of its namespace. */
  @Nullable
  Deletion deletion() {
    return ownDeletion != null ? ownDeletion : namespace.deletion;
  }

  void pushed(Instant now) {
    updatedAt = now;
    namespace.updatedAt = now;
  }
}
