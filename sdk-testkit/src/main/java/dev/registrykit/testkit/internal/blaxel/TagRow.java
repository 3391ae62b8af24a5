package dev.registrykit.testkit.internal.blaxel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag. */
final class TagRow {
  public final String name;
  final long bytes;
  public final @Nullable Instant createdAt;
  public final @Nullable Instant updatedAt;
  boolean isInUse;

  TagRow(String name, long bytes, @Nullable Instant createdAt, @Nullable Instant updatedAt) {
    this.name = name;
    this.bytes = bytes;
    this.createdAt = createdAt;
    this.updatedAt = updatedAt;
  }
}
