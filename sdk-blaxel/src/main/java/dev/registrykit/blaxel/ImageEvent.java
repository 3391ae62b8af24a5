package dev.registrykit.blaxel;

import dev.registrykit.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an image, such as a build or a deployment. Immutable. The service leaves
 * out what it likes; two are equal if all their parts are.
 */
public final class ImageEvent {

  private final Status status;
  private final @Nullable String type;
  private final @Nullable String message;
  private final @Nullable String revision;
  private final @Nullable String canaryRevision;
  private final @Nullable Instant time;

  private ImageEvent(Builder builder) {
    this.status = builder.status;
    this.type = builder.type;
    this.message = builder.message;
    this.revision = builder.revision;
    this.canaryRevision = builder.canaryRevision;
    this.time = builder.time;
  }

  /** Starts one, for tests. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the state it led to; {@link Status#UNKNOWN} where the service says nothing of it. */
  public Status status() {
    return status;
  }

  /** Returns what kind of event it is, such as {@code deployment}. */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }

  /** Returns what the service says of it, such as why a build failed. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  /** Returns the revision it is about. */
  public Optional<String> revision() {
    return Optional.ofNullable(revision);
  }

  /** Returns the canary revision it is about. */
  public Optional<String> canaryRevision() {
    return Optional.ofNullable(canaryRevision);
  }

  /** Returns when it happened. */
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageEvent that
        && status.equals(that.status)
        && Objects.equals(type, that.type)
        && Objects.equals(message, that.message)
        && Objects.equals(revision, that.revision)
        && Objects.equals(canaryRevision, that.canaryRevision)
        && Objects.equals(time, that.time);
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, type, message, revision, canaryRevision, time);
  }

  /** Returns all parts, for logs. */
  @Override
  public String toString() {
    return "ImageEvent[type=%s, status=%s, message=%s, revision=%s, canaryRevision=%s, time=%s]"
        .formatted(type, status, message, revision, canaryRevision, time);
  }

  /** Collects the parts of an {@link ImageEvent}. Not thread-safe. */
  public static final class Builder {

    private Status status = Status.UNKNOWN;
    private @Nullable String type;
    private @Nullable String message;
    private @Nullable String revision;
    private @Nullable String canaryRevision;
    private @Nullable Instant time;

    private Builder() {}

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets the kind; {@code null} for unknown. */
    public Builder type(@Nullable String type) {
      this.type = type;
      return this;
    }

    /** Sets what the service says; {@code null} for nothing. */
    public Builder message(@Nullable String message) {
      this.message = message;
      return this;
    }

    /** Sets the revision; {@code null} for none. */
    public Builder revision(@Nullable String revision) {
      this.revision = revision;
      return this;
    }

    /** Sets the canary revision; {@code null} for none. */
    public Builder canaryRevision(@Nullable String canaryRevision) {
      this.canaryRevision = canaryRevision;
      return this;
    }

    /** Sets when it happened; {@code null} for unknown. */
    public Builder time(@Nullable Instant time) {
      this.time = time;
      return this;
    }

    /** Makes it. */
    public ImageEvent build() {
      return new ImageEvent(this);
    }
  }
}
