package dev.registrykit.scaleway;

import dev.registrykit.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A namespace: a container of images whose name is unique in its region, over all customers. Immutable.
 */
public final class ScalewayNamespace {

  private final String id;
  private final String name;
  private final @Nullable String description;
  private final @Nullable String organizationId;
  private final @Nullable String projectId;
  private final Status status;
  private final @Nullable String statusMessage;
  private final @Nullable String endpoint;
  private final @Nullable Boolean isPublic;
  private final @Nullable Long sizeBytes;
  private final @Nullable Long imageCount;
  private final @Nullable String region;
  private final @Nullable Instant createdAt;
  private final @Nullable Instant updatedAt;

  private ScalewayNamespace(Builder builder) {
    this.id = builder.id;
    this.name = builder.name;
    this.description = builder.description;
    this.organizationId = builder.organizationId;
    this.projectId = builder.projectId;
    this.status = builder.status;
    this.statusMessage = builder.statusMessage;
    this.endpoint = builder.endpoint;
    this.isPublic = builder.isPublic;
    this.sizeBytes = builder.sizeBytes;
    this.imageCount = builder.imageCount;
    this.region = builder.region;
    this.createdAt = builder.createdAt;
    this.updatedAt = builder.updatedAt;
  }

  /** Starts one, for tests. */
  public static Builder builder(String id, String name) {
    return new Builder(id, name);
  }

  /** Returns the identifier, a UUID. */
  public String id() {
    return id;
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the description; an empty text is one too. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Returns the identifier of the owning organization. */
  public Optional<String> organizationId() {
    return Optional.ofNullable(organizationId);
  }

  /** Returns the identifier of the owning project. */
  public Optional<String> projectId() {
    return Optional.ofNullable(projectId);
  }

  /** Returns the state. */
  public Status status() {
    return status;
  }

  /** Returns what the provider adds to the state; an empty text mostly. */
  public Optional<String> statusMessage() {
    return Optional.ofNullable(statusMessage);
  }

  /** Returns host and path for Docker tools, such as {@code rg.fr-par.scw.cloud/my-namespace}. */
  public Optional<String> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** Returns whether images that inherit it can be pulled by anybody. */
  public Optional<Boolean> isPublic() {
    return Optional.ofNullable(isPublic);
  }

  /** Returns the sum of the sizes of its images, in bytes. */
  public OptionalLong sizeBytes() {
    return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
  }

  /** Returns how many images it holds. */
  public OptionalLong imageCount() {
    return imageCount == null ? OptionalLong.empty() : OptionalLong.of(imageCount);
  }

  /** Returns the region. */
  public Optional<String> region() {
    return Optional.ofNullable(region);
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
    return other instanceof ScalewayNamespace that
        && id.equals(that.id)
        && name.equals(that.name)
        && Objects.equals(description, that.description)
        && Objects.equals(organizationId, that.organizationId)
        && Objects.equals(projectId, that.projectId)
        && status.equals(that.status)
        && Objects.equals(statusMessage, that.statusMessage)
        && Objects.equals(endpoint, that.endpoint)
        && Objects.equals(isPublic, that.isPublic)
        && Objects.equals(sizeBytes, that.sizeBytes)
        && Objects.equals(imageCount, that.imageCount)
        && Objects.equals(region, that.region)
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

  /** Collects the parts of a {@link ScalewayNamespace}. Not thread-safe. */
  public static final class Builder {

    private final String id;
    private final String name;
    private @Nullable String description;
    private @Nullable String organizationId;
    private @Nullable String projectId;
    private Status status = Status.UNKNOWN;
    private @Nullable String statusMessage;
    private @Nullable String endpoint;
    private @Nullable Boolean isPublic;
    private @Nullable Long sizeBytes;
    private @Nullable Long imageCount;
    private @Nullable String region;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;

    private Builder(String id, String name) {
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Sets the description; an empty text is one too. */
    public Builder description(@Nullable String description) {
      this.description = description;
      return this;
    }

    /** Sets the identifier of the owning organization. */
    public Builder organizationId(@Nullable String organizationId) {
      this.organizationId = organizationId;
      return this;
    }

    /** Sets the identifier of the owning project. */
    public Builder projectId(@Nullable String projectId) {
      this.projectId = projectId;
      return this;
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets what the provider adds to the state; an empty text mostly. */
    public Builder statusMessage(@Nullable String statusMessage) {
      this.statusMessage = statusMessage;
      return this;
    }

    /** Sets host and path for Docker tools, such as {@code rg.fr-par.scw.cloud/my-namespace}. */
    public Builder endpoint(@Nullable String endpoint) {
      this.endpoint = endpoint;
      return this;
    }

    /** Sets whether images that inherit it can be pulled by anybody. */
    public Builder isPublic(@Nullable Boolean isPublic) {
      this.isPublic = isPublic;
      return this;
    }

    /** Sets the sum of the sizes of its images, in bytes. */
    public Builder sizeBytes(@Nullable Long sizeBytes) {
      this.sizeBytes = sizeBytes;
      return this;
    }

    /** Sets how many images it holds. */
    public Builder imageCount(@Nullable Long imageCount) {
      this.imageCount = imageCount;
      return this;
    }

    /** Sets the region. */
    public Builder region(@Nullable String region) {
      this.region = region;
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
    public ScalewayNamespace build() {
      return new ScalewayNamespace(this);
    }
  }
}
