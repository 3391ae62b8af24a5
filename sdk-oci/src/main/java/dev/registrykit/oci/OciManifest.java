package dev.registrykit.oci;

import dev.registrykit.ImageRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as its registry keeps it: exact bytes, the digest over them, and what they say.
 * Immutable.
 *
 * <p>An index lists other manifests, usually one a platform; an image manifest has a configuration
 * and layers. Two manifests are equal if digest, media type and bytes are.
 *
 * @since 0.1.0
 */
public final class OciManifest {

  /** The media type of an OCI image manifest. */
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** The media type of an OCI index. */
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** The media type of a Docker image manifest, version 2, schema 2. */
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  /** The media type of a Docker manifest list. */
  public static final String DOCKER_MANIFEST_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  private final String mediaType;
  private final String digest;
  private final byte[] bytes;
  private final @Nullable String artifactType;
  private final @Nullable OciDescriptor config;
  private final List<OciDescriptor> layers;
  private final List<OciDescriptor> manifests;
  private final @Nullable OciDescriptor subject;
  private final Map<String, String> annotations;

  private OciManifest(Builder builder) {
    this.mediaType = builder.mediaType;
    this.digest = builder.digest;
    this.bytes = builder.bytes;
    this.artifactType = builder.artifactType;
    this.config = builder.config;
    this.layers = builder.layers;
    this.manifests = builder.manifests;
    this.subject = builder.subject;
    this.annotations = builder.annotations;
  }

  /**
   * Starts a manifest, for tests and for this module, which holds the bytes against the digest
   * before.
   */
  public static Builder builder(String mediaType, String digest, byte[] bytes) {
    return new Builder(mediaType, digest, bytes);
  }

  /** Returns the media type, one of the four constants of this class. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the digest over the bytes. */
  public String digest() {
    return digest;
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the size of the manifest itself in bytes. */
  public long sizeBytes() {
    return bytes.length;
  }

  /** Returns whether it lists other manifests. */
  public boolean isIndex() {
    return isIndex(mediaType);
  }

  /** Returns whether manifests of this media type list other manifests. */
  public static boolean isIndex(String mediaType) {
    return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_MANIFEST_LIST);
  }

  /** Returns the type of the artifact, where it is no image. */
  public Optional<String> artifactType() {
    return Optional.ofNullable(artifactType);
  }

  /** Returns the configuration of an image; empty for an index. */
  public Optional<OciDescriptor> config() {
    return Optional.ofNullable(config);
  }

  /** Returns the layers of an image, lowest first; none for an index. */
  public List<OciDescriptor> layers() {
    return layers;
  }

  /** Returns the manifests an index lists, in its order; none for an image. */
  public List<OciDescriptor> manifests() {
    return manifests;
  }

  /** Returns the manifest this one is about, if it is a referrer, such as a signature. */
  public Optional<OciDescriptor> subject() {
    return Optional.ofNullable(subject);
  }

  /** Returns what else is said of it, by name, possibly empty. */
  public Map<String, String> annotations() {
    return annotations;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OciManifest that
        && digest.equals(that.digest)
        && mediaType.equals(that.mediaType)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Returns type and digest, for logs. */
  @Override
  public String toString() {
    return mediaType + " " + digest;
  }

  /**
   * Collects the parts of an {@link OciManifest}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String mediaType;
    private final String digest;
    private final byte[] bytes;
    private @Nullable String artifactType;
    private @Nullable OciDescriptor config;
    private List<OciDescriptor> layers = List.of();
    private List<OciDescriptor> manifests = List.of();
    private @Nullable OciDescriptor subject;
    private Map<String, String> annotations = Map.of();

    private Builder(String mediaType, String digest, byte[] bytes) {
      this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
      this.digest = ImageRef.requireDigest(digest);
      this.bytes = bytes.clone();
    }

    /** Sets the type of the artifact; {@code null} for none. */
    public Builder artifactType(@Nullable String artifactType) {
      this.artifactType = artifactType;
      return this;
    }

    /** Sets the configuration; {@code null} for none. */
    public Builder config(@Nullable OciDescriptor config) {
      this.config = config;
      return this;
    }

    /** Sets the layers, lowest first. */
    public Builder layers(List<OciDescriptor> layers) {
      this.layers = List.copyOf(layers);
      return this;
    }

    /** Sets the manifests an index lists. */
    public Builder manifests(List<OciDescriptor> manifests) {
      this.manifests = List.copyOf(manifests);
      return this;
    }

    /** Sets the manifest this one is about; {@code null} for none. */
    public Builder subject(@Nullable OciDescriptor subject) {
      this.subject = subject;
      return this;
    }

    /** Sets what else is said of it. */
    public Builder annotations(Map<String, String> annotations) {
      this.annotations = Map.copyOf(annotations);
      return this;
    }

    /** Makes the manifest. */
    public OciManifest build() {
      return new OciManifest(this);
    }
  }
}
