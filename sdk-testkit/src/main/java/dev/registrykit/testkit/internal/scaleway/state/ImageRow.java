package dev.registrykit.testkit.internal.scaleway.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An image; {@link RegionState} knows its tags. */
public final class ImageRow {
  private static final long DEFAULT_BYTES = 5L * 1024 * 1024;

  public final long number;
  public final NamespaceRow namespace;
  public final String name;
  public final Instant createdAt;
  public Instant updatedAt;
  public String visibility = "inherit";
  public long bytes = DEFAULT_BYTES;

  @Nullable
  Deletion ownDeletion;

  ImageRow(long number, NamespaceRow namespace, String name, Instant now) {
    this.number = number;
    this.namespace = namespace;
    this.name = name;
    this.createdAt = now;
    this.updatedAt = now;
  }

  public String id() {
    return Ids.id(number);
  }

  /** The deletion this image goes with: its own, or that of its namespace. */
  @Nullable
  public Deletion deletion() {
    return ownDeletion != null ? ownDeletion : namespace.deletion;
  }

  void pushed(Instant now) {
    updatedAt = now;
    namespace.updatedAt = now;
  }
}
