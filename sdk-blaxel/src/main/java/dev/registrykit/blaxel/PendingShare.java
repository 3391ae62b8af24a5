package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.spi.support.PrintableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A share that waits for the other account to accept it. Immutable.
 *
 * @since 0.1.0
 */
public final class PendingShare {

  private final Parts parts;

  private PendingShare(Builder builder) {
    this.parts = new Parts(
        builder.id,
        builder.image,
        builder.sourceWorkspace,
        builder.sourceAccountId,
        builder.targetWorkspace,
        builder.targetAccountId,
        builder.sharedBy,
        builder.hasConflict,
        builder.createdAt,
        builder.expiresAt);
  }

  /** Starts one, for tests. */
  public static Builder builder(String id, ImageRef image) {
    return new Builder(id, image);
  }

  /** Returns the identifier, to accept or decline by. */
  public String id() {
    return parts.id;
  }

  /** Returns the image, by its path in the workspace that shares it. */
  public ImageRef image() {
    return parts.image;
  }

  /** Returns the workspace that shares. */
  public Optional<String> sourceWorkspace() {
    return Optional.ofNullable(parts.sourceWorkspace);
  }

  /** Returns the account that shares. */
  public Optional<String> sourceAccountId() {
    return Optional.ofNullable(parts.sourceAccountId);
  }

  /** Returns the workspace it is shared with. */
  public Optional<String> targetWorkspace() {
    return Optional.ofNullable(parts.targetWorkspace);
  }

  /** Returns the account it is shared with. */
  public Optional<String> targetAccountId() {
    return Optional.ofNullable(parts.targetAccountId);
  }

  /** Returns who shared it, by address or else by identifier. */
  public Optional<String> sharedBy() {
    return Optional.ofNullable(parts.sharedBy);
  }

  /** Returns whether the target is known to have an image of that name already. */
  public boolean hasConflict() {
    return parts.hasConflict;
  }

  /** Returns when it was shared. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(parts.createdAt);
  }

  /** Returns until when it can be accepted. */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(parts.expiresAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PendingShare that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns image and identifier, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(parts.image + " (" + parts.id + ")");
  }

  /** All parts, by which shares are equal. */
  private record Parts(
      String id,
      ImageRef image,
      @Nullable String sourceWorkspace,
      @Nullable String sourceAccountId,
      @Nullable String targetWorkspace,
      @Nullable String targetAccountId,
      @Nullable String sharedBy,
      boolean hasConflict,
      @Nullable Instant createdAt,
      @Nullable Instant expiresAt) {}

  /**
   * Collects the parts of a {@link PendingShare}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String id;
    private final ImageRef image;
    private @Nullable String sourceWorkspace;
    private @Nullable String sourceAccountId;
    private @Nullable String targetWorkspace;
    private @Nullable String targetAccountId;
    private @Nullable String sharedBy;
    private boolean hasConflict;
    private @Nullable Instant createdAt;
    private @Nullable Instant expiresAt;

    private Builder(String id, ImageRef image) {
      this.id = Objects.requireNonNull(id, "id");
      this.image = image.withoutHostAndTag();
    }

    /** Sets the workspace that shares; {@code null} for unknown. */
    public Builder sourceWorkspace(@Nullable String sourceWorkspace) {
      this.sourceWorkspace = sourceWorkspace;
      return this;
    }

    /** Sets the account that shares; {@code null} for unknown. */
    public Builder sourceAccountId(@Nullable String sourceAccountId) {
      this.sourceAccountId = sourceAccountId;
      return this;
    }

    /** Sets the workspace it is shared with; {@code null} for unknown. */
    public Builder targetWorkspace(@Nullable String targetWorkspace) {
      this.targetWorkspace = targetWorkspace;
      return this;
    }

    /** Sets the account it is shared with; {@code null} for unknown. */
    public Builder targetAccountId(@Nullable String targetAccountId) {
      this.targetAccountId = targetAccountId;
      return this;
    }

    /** Sets who shared it; {@code null} for unknown. */
    public Builder sharedBy(@Nullable String sharedBy) {
      this.sharedBy = sharedBy;
      return this;
    }

    /** Sets whether the target has an image of that name. */
    public Builder hasConflict(boolean hasConflict) {
      this.hasConflict = hasConflict;
      return this;
    }

    /** Sets when it was shared; {@code null} for unknown. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets until when it can be accepted; {@code null} for unknown. */
    public Builder expiresAt(@Nullable Instant expiresAt) {
      this.expiresAt = expiresAt;
      return this;
    }

    /** Makes it. */
    public PendingShare build() {
      return new PendingShare(this);
    }
  }
}
