package dev.registrykit;

import dev.registrykit.internal.Printable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag of an image, as the provider described it. Immutable.
 *
 * <p>What the provider does not say, or was not asked for with {@link ListTagsOptions#detail()}, is
 * empty. Two tags are equal if all their parts are.
 *
 * @since 0.1.0
 */
public final class Tag {

  /**
   * The tag schema of referrers, an algorithm and a digest cut to 64, maybe with cosign's endings. The
   * algorithms are named and the length exact, because people tag by branch and commit.
   */
  private static final Pattern HOUSEKEEPING =
      Pattern.compile("sha(?:256|384|512)-[0-9a-f]{64}(?:\\.[a-z]+)*");

  private final ImageRef image;
  private final String name;
  private final Details details;

  private Tag(Builder builder) {
    this.image = builder.image;
    this.name = builder.name;
    this.details = builder.details();
  }

  /** Starts a tag of that name, for tests and provider modules. */
  public static Builder builder(ImageRef image, String name) {
    return new Builder(image, name);
  }

  /** Returns the image the tag belongs to, by its path alone. */
  public ImageRef image() {
    return image;
  }

  /** Returns the name, unique inside the image. */
  public String name() {
    return name;
  }

  /**
   * Returns whether the tag stands for a signature, an attestation or another referrer, by its name:
   * {@code sha256-}, {@code sha384-} or {@code sha512-}, the first 64 hexadecimal digits of the digest it
   * is about, and maybe endings such as {@code .sig}.
   */
  public boolean isHousekeeping() {
    return isHousekeeping(name);
  }

  /** Returns whether a tag of this name {@linkplain #isHousekeeping() is one of a referrer}. */
  public static boolean isHousekeeping(String name) {
    return name.startsWith("sha") && HOUSEKEEPING.matcher(name).matches();
  }

  /** Returns the digest of the manifest the tag points to; other tags may share it. */
  public Optional<String> digest() {
    return Optional.ofNullable(details.digest);
  }

  /**
   * Returns when the tag was created; on OCI registries, when the image was built, as its
   * configuration says. What it stands for on each provider is in the table of {@link TagOrder}.
   */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(details.createdAt);
  }

  /** Returns when the tag was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(details.updatedAt);
  }

  /**
   * Returns the last change that the provider knows of: {@link #updatedAt()}, else {@link
   * #createdAt()}, else empty. It is what {@link TagOrder#CHANGED_DESC} orders by, on every provider;
   * what it stands for is in the table of {@link TagOrder}.
   */
  public Optional<Instant> changedAt() {
    return updatedAt().or(this::createdAt);
  }

  /** Returns the size in bytes, by the provider's way of counting. */
  public OptionalLong sizeBytes() {
    Long sizeBytes = details.sizeBytes;
    return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
  }

  /** Returns the state; {@link Status#UNKNOWN} where the provider has none. */
  public Status status() {
    return details.status;
  }

  /**
   * Returns the provider's own identifier, opaque; where there is one, {@link
   * Registry#deleteTag(Tag, DeleteOptions)} needs no look-up.
   */
  public Optional<String> providerId() {
    return Optional.ofNullable(details.providerId);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tag that
        && name.equals(that.name)
        && image.equals(that.image)
        && details.equals(that.details);
  }

  @Override
  public int hashCode() {
    return Objects.hash(image, name, details);
  }

  /** Returns image, name and digest, for logs. */
  @Override
  public String toString() {
    return Printable.of(
        image + ":" + name + digest().map(digest -> "@" + digest).orElse(""));
  }

  /** What is known beside the name. */
  private record Details(
      @Nullable String digest,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt,
      @Nullable Long sizeBytes,
      Status status,
      @Nullable String providerId) {

    /** Shared by the tags of lists that bring nothing but names, of which there are many. */
    private static final Details NONE = new Details(null, null, null, null, Status.UNKNOWN, null);
  }

  /**
   * Collects the parts of a {@link Tag}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final ImageRef image;
    private final String name;
    private @Nullable String digest;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Long sizeBytes;
    private @Nullable Status status;
    private @Nullable String providerId;

    private Builder(ImageRef image, String name) {
      this.image = image.withoutHostAndTag();
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Sets the digest; {@code null} for none. */
    public Builder digest(@Nullable String digest) {
      this.digest = digest;
      return this;
    }

    /** Sets when the tag was created; {@code null} for unknown. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when the tag was last changed; {@code null} for unknown. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Sets the size in bytes; {@code null} for unknown. */
    public Builder sizeBytes(@Nullable Long sizeBytes) {
      this.sizeBytes = sizeBytes;
      return this;
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets the provider's identifier; {@code null} for none. */
    public Builder providerId(@Nullable String providerId) {
      this.providerId = providerId;
      return this;
    }

    private Details details() {
      return isNameAlone()
          ? Details.NONE
          : new Details(
              digest,
              createdAt,
              updatedAt,
              sizeBytes,
              Objects.requireNonNullElse(status, Status.UNKNOWN),
              providerId);
    }

    private boolean isNameAlone() {
      return digest == null
          && createdAt == null
          && updatedAt == null
          && sizeBytes == null
          && status == null
          && providerId == null;
    }

    /** Makes the tag. */
    public Tag build() {
      return new Tag(this);
    }
  }
}
