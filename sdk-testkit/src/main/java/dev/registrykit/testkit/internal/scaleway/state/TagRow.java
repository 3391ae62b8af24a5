package dev.registrykit.testkit.internal.scaleway.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag; made on the fly for tags that are only computed. */
public final class TagRow {
  final long number;
  public final ImageRow image;
  public final String name;
  public final String digest;
  public final Instant createdAt;
  public Instant updatedAt;

  @Nullable
  public Deletion ownDeletion;

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

  public String id() {
    return Ids.id(number);
  }

  /** The deletion this tag goes with: its own, or that of its image or namespace. */
  @Nullable
  public Deletion deletion() {
    return ownDeletion != null ? ownDeletion : image.deletion();
  }
}
