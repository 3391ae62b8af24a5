package dev.registrykit.blaxel;

import dev.registrykit.Status;
import dev.registrykit.spi.support.PrintableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an image, such as a build or a deployment. Immutable. The service leaves
 * out what it likes; two are equal if all their parts are.
 *
 * @since 0.1.0
 */
public final class ImageEvent {

  private final Parts parts;

  private ImageEvent(Builder builder) {
    this.parts = new Parts(
        builder.status,
        builder.type,
        builder.message,
        builder.revision,
        builder.canaryRevision,
        builder.time);
  }

  /** Starts one, for tests. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the state it led to; {@link Status#UNKNOWN} where the service says nothing of it. */
  public Status status() {
    return parts.status;
  }

  /** Returns what kind of event it is, such as {@code deployment}. */
  public Optional<String> type() {
    return Optional.ofNullable(parts.type);
  }

  /** Returns what the service says of it, such as why a build failed. */
  public Optional<String> message() {
    return Optional.ofNullable(parts.message);
  }

  /** Returns the revision it is about. */
  public Optional<String> revision() {
    return Optional.ofNullable(parts.revision);
  }

  /** Returns the canary revision it is about. */
  public Optional<String> canaryRevision() {
    return Optional.ofNullable(parts.canaryRevision);
  }

  /** Returns when it happened. */
  public Optional<Instant> time() {
    return Optional.ofNullable(parts.time);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageEvent that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns all parts, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(
        "ImageEvent[type=%s, status=%s, message=%s, revision=%s, canaryRevision=%s, time=%s]"
            .formatted(
                parts.type,
                parts.status,
                parts.message,
                parts.revision,
                parts.canaryRevision,
                parts.time));
  }

  /** All parts, by which events are equal. */
  private record Parts(
      Status status,
      @Nullable String type,
      @Nullable String message,
      @Nullable String revision,
      @Nullable String canaryRevision,
      @Nullable Instant time) {}

  /**
   * Collects the parts of an {@link ImageEvent}. Not thread-safe.
   *
   * @since 0.1.0
   */
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
