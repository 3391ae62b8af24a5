package dev.registrykit.oci;

import dev.registrykit.ImageRef;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one manifest says of another, or of a blob: where it is and what to expect. Immutable.
 *
 * <p>Nothing here is proved before the bytes are read and held against the digest.
 */
public final class OciDescriptor {

  private final String mediaType;
  private final String digest;
  private final long sizeBytes;
  private final @Nullable String artifactType;
  private final @Nullable String platform;
  private final Map<String, String> annotations;

  private OciDescriptor(Builder builder) {
    this.mediaType = builder.mediaType;
    this.digest = builder.digest;
    this.sizeBytes = builder.sizeBytes;
    this.artifactType = builder.artifactType;
    this.platform = builder.platform;
    this.annotations = builder.annotations;
  }

  /**
   * Starts a descriptor.
   *
   * @param mediaType what it points to, such as {@code application/vnd.oci.image.manifest.v1+json}
   * @throws IllegalArgumentException if the digest is malformed or the size negative
   */
  public static Builder builder(String mediaType, String digest, long sizeBytes) {
    return new Builder(mediaType, digest, sizeBytes);
  }

  /** Returns the media type of what it points to. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the digest of what it points to. */
  public String digest() {
    return digest;
  }

  /** Returns the size in bytes of what it points to. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Returns the type of the artifact, such as that of a signature. */
  public Optional<String> artifactType() {
    return Optional.ofNullable(artifactType);
  }

  /** Returns the platform in an index, such as {@code linux/arm64/v8}. */
  public Optional<String> platform() {
    return Optional.ofNullable(platform);
  }

  /** Returns what else is said of it, by name, possibly empty. */
  public Map<String, String> annotations() {
    return annotations;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OciDescriptor that
        && mediaType.equals(that.mediaType)
        && digest.equals(that.digest)
        && sizeBytes == that.sizeBytes
        && Objects.equals(artifactType, that.artifactType)
        && Objects.equals(platform, that.platform)
        && annotations.equals(that.annotations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(mediaType, digest, sizeBytes);
  }

  /** Returns type, digest and platform, for logs. */
  @Override
  public String toString() {
    return mediaType + " " + digest + (platform == null ? "" : " for " + platform);
  }

  /** Collects the parts of an {@link OciDescriptor}. Not thread-safe. */
  public static final class Builder {

    private final String mediaType;
    private final String digest;
    private final long sizeBytes;
    private @Nullable String artifactType;
    private @Nullable String platform;
    private Map<String, String> annotations = Map.of();

    private Builder(String mediaType, String digest, long sizeBytes) {
      this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
      this.digest = ImageRef.requireDigest(digest);
      if (sizeBytes < 0) {
        throw new IllegalArgumentException("a size cannot be negative: " + sizeBytes);
      }
      this.sizeBytes = sizeBytes;
    }

    /** Sets the type of the artifact; {@code null} for none. */
    public Builder artifactType(@Nullable String artifactType) {
      this.artifactType = artifactType;
      return this;
    }

    /** Sets the platform; {@code null} for none. */
    public Builder platform(@Nullable String platform) {
      this.platform = platform;
      return this;
    }

    /** Sets what else is said of it. */
    public Builder annotations(Map<String, String> annotations) {
      this.annotations = Map.copyOf(annotations);
      return this;
    }

    /** Makes the descriptor. */
    public OciDescriptor build() {
      return new OciDescriptor(this);
    }
  }
}
