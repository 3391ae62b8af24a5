package dev.registrykit.scaleway;

import dev.registrykit.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tag as Scaleway describes it, by identifiers instead of names. Immutable.
 */
public final class ScalewayTag {

  private final String id;
  private final String name;
  private final String imageId;
  private final Status status;
  private final @Nullable String digest;
  private final @Nullable Instant createdAt;
  private final @Nullable Instant updatedAt;

  private ScalewayTag(Builder builder) {
    this.id = builder.id;
    this.name = builder.name;
    this.imageId = builder.imageId;
    this.status = builder.status;
    this.digest = builder.digest;
    this.createdAt = builder.createdAt;
    this.updatedAt = builder.updatedAt;
  }

  /** Starts one, for tests. */
  public static Builder builder(String id, String name, String imageId) {
    return new Builder(id, name, imageId);
  }

  /** Returns the identifier, a UUID. */
  public String id() {
    return id;
  }

  /** Returns the name, unique inside its image. */
  public String name() {
    return name;
  }

  /** Returns the identifier of its image. */
  public String imageId() {
    return imageId;
  }

  /** Returns the state. */
  public Status status() {
    return status;
  }

  /** Returns the digest of the manifest it points to; other tags may share it. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /** Returns when it was created. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(createdAt);
  }

  /** Returns when it was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(updatedAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScalewayTag that
        && id.equals(that.id)
        && name.equals(that.name)
        && imageId.equals(that.imageId)
        && status.equals(that.status)
        && Objects.equals(digest, that.digest)
        && Objects.equals(createdAt, that.createdAt)
        && Objects.equals(updatedAt, that.updatedAt);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Returns name and identifier, for logs. */
  @Override
  public String toString() {
    return name + " (" + id + ")";
  }

  /** Collects the parts of a {@link ScalewayTag}. Not thread-safe. */
  public static final class Builder {

    private final String id;
    private final String name;
    private final String imageId;
    private Status status = Status.UNKNOWN;
    private @Nullable String digest;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;

    private Builder(String id, String name, String imageId) {
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
      this.imageId = Objects.requireNonNull(imageId, "imageId");
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets the digest of the manifest it points to; other tags may share it. */
    public Builder digest(@Nullable String digest) {
      this.digest = digest;
      return this;
    }

    /** Sets when it was created. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when it was last changed. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Makes it. */
    public ScalewayTag build() {
      return new ScalewayTag(this);
    }
  }
}
