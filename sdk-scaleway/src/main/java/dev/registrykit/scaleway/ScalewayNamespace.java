package dev.registrykit.scaleway;

import dev.registrykit.Status;
import dev.registrykit.spi.support.PrintableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A namespace: a container of images whose name is unique in its region, over all customers. Immutable.
 *
 * @since 0.1.0
 */
public final class ScalewayNamespace {

  private final Parts parts;

  private ScalewayNamespace(Parts parts) {
    this.parts = parts;
  }

  /** Starts one, for tests. */
  public static Builder builder(String id, String name) {
    return new Builder(id, name);
  }

  /** Returns the identifier, a UUID. */
  public String id() {
    return parts.id;
  }

  /** Returns the name. */
  public String name() {
    return parts.name;
  }

  /** Returns the description; an empty text is one too. */
  public Optional<String> description() {
    return Optional.ofNullable(parts.description);
  }

  /** Returns the identifier of the owning organization. */
  public Optional<String> organizationId() {
    return Optional.ofNullable(parts.organizationId);
  }

  /** Returns the identifier of the owning project. */
  public Optional<String> projectId() {
    return Optional.ofNullable(parts.projectId);
  }

  /** Returns the state. */
  public Status status() {
    return parts.status;
  }

  /** Returns what the provider adds to the state; an empty text mostly. */
  public Optional<String> statusMessage() {
    return Optional.ofNullable(parts.statusMessage);
  }

  /** Returns host and path for Docker tools, such as {@code rg.fr-par.scw.cloud/my-namespace}. */
  public Optional<String> endpoint() {
    return Optional.ofNullable(parts.endpoint);
  }

  /**
   * Returns who may pull its images that say {@link Visibility#INHERIT}: {@link Visibility#PUBLIC} or
   * {@link Visibility#PRIVATE}; empty if the registry did not say.
   */
  public Optional<Visibility> visibility() {
    return Optional.ofNullable(parts.visibility);
  }

  /** Returns the sum of the sizes of its images, in bytes. */
  public OptionalLong sizeBytes() {
    return parts.sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(parts.sizeBytes);
  }

  /** Returns how many images it holds. */
  public OptionalLong imageCount() {
    return parts.imageCount == null ? OptionalLong.empty() : OptionalLong.of(parts.imageCount);
  }

  /** Returns the region. */
  public Optional<String> region() {
    return Optional.ofNullable(parts.region);
  }

  /** Returns when it was created. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(parts.createdAt);
  }

  /** Returns when it was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(parts.updatedAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScalewayNamespace that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns name and identifier, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(parts.name + " (" + parts.id + ")");
  }

  /**
   * Collects the parts of a {@link ScalewayNamespace}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String id;
    private final String name;
    private @Nullable String description;
    private @Nullable String organizationId;
    private @Nullable String projectId;
    private Status status = Status.UNKNOWN;
    private @Nullable String statusMessage;
    private @Nullable String endpoint;
    private @Nullable Visibility visibility;
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

    /** Sets who may pull its images that say {@link Visibility#INHERIT}; {@code null} for unknown. */
    public Builder visibility(@Nullable Visibility visibility) {
      this.visibility = visibility;
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
      return new ScalewayNamespace(new Parts(
          id,
          name,
          description,
          organizationId,
          projectId,
          status,
          statusMessage,
          endpoint,
          visibility,
          sizeBytes,
          imageCount,
          region,
          createdAt,
          updatedAt));
    }
  }

  /** All parts. */
  private record Parts(
      String id,
      String name,
      @Nullable String description,
      @Nullable String organizationId,
      @Nullable String projectId,
      Status status,
      @Nullable String statusMessage,
      @Nullable String endpoint,
      @Nullable Visibility visibility,
      @Nullable Long sizeBytes,
      @Nullable Long imageCount,
      @Nullable String region,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {}
}
