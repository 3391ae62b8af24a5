package dev.registrykit.oci;

import dev.registrykit.ImageRef;
import dev.registrykit.spi.support.PrintableText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one manifest says of another, or of a blob: where it is and what to expect. Immutable.
 *
 * <p>Nothing here is proved before the bytes are read and held against the digest.
 *
 * @since 0.1.0
 */
public final class OciDescriptor {

  private final Parts parts;

  private OciDescriptor(Parts parts) {
    this.parts = parts;
  }

  /** All that a descriptor says. */
  private record Parts(
      String mediaType,
      String digest,
      long sizeBytes,
      @Nullable String artifactType,
      @Nullable String platform,
      Map<String, String> annotations) {}

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
    return parts.mediaType();
  }

  /** Returns the digest of what it points to. */
  public String digest() {
    return parts.digest();
  }

  /** Returns the size in bytes of what it points to. */
  public long sizeBytes() {
    return parts.sizeBytes();
  }

  /** Returns the type of the artifact, such as that of a signature. */
  public Optional<String> artifactType() {
    return Optional.ofNullable(parts.artifactType());
  }

  /** Returns the platform in an index, such as {@code linux/arm64/v8}. */
  public Optional<String> platform() {
    return Optional.ofNullable(parts.platform());
  }

  /** Returns what else is said of it, by name, possibly empty. */
  public Map<String, String> annotations() {
    return parts.annotations();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OciDescriptor that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns type, digest and platform, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(
        mediaType() + " " + digest() + platform().map(name -> " for " + name).orElse(""));
  }

  /**
   * Collects the parts of an {@link OciDescriptor}. Not thread-safe.
   *
   * @since 0.1.0
   */
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
      return new OciDescriptor(
          new Parts(mediaType, digest, sizeBytes, artifactType, platform, annotations));
    }
  }
}
