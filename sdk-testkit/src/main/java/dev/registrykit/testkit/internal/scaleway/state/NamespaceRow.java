package dev.registrykit.testkit.internal.scaleway.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A namespace; {@link RegionState} knows its images. */
public final class NamespaceRow {
  public final long number;
  public final String name;
  public final String organizationId;
  public final String projectId;
  public final Instant createdAt;
  public Instant updatedAt;
  public String description = "";
  public boolean isPublic;

  @Nullable
  public Deletion deletion;

  NamespaceRow(long number, String name, String organizationId, String projectId, Instant now) {
    this.number = number;
    this.name = name;
    this.organizationId = organizationId;
    this.projectId = projectId;
    this.createdAt = now;
    this.updatedAt = now;
  }

  public String id() {
    return Ids.id(number);
  }
}
