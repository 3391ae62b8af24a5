package dev.registrykit.oci.internal.deletion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of nothing that no other tag points to, and that says in whose stead it is there.
 * Immutable.
 */
final class Placeholder {

  /** Says whose it is to whoever finds one, and makes its digest its own. */
  static final String MARK = "dev.registrykit.placeholder";

  /** What the tag pointed to, for whoever has to put that back. */
  static final String ORIGINAL_DIGEST = MARK + ".original-digest";

  static final String ORIGINAL_TYPE = MARK + ".original-type";

  static final String TAG = MARK + ".tag";

  static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";

  private final OciManifest manifest;

  /** What stands in this manifest and in no other. */
  private final String own;

  private final byte @Nullable [] config;

  private Placeholder(OciManifest manifest, String own, byte @Nullable [] config) {
    this.manifest = manifest;
    this.own = own;
    this.config = config;
  }

  /** Returns an index of no manifests, which needs no blob. */
  static Placeholder index(String tag, @Nullable OciManifest original) {
    ObjectNode index = manifest(OciManifest.OCI_INDEX);
    index.putArray("manifests");
    String own = UUID.randomUUID().toString();
    put(index.putObject("annotations"), marks(own, tag, original));
    return of(OciManifest.OCI_INDEX, index, own, null);
  }

  /** Returns whether a manifest is of Docker's family, which has no annotations. */
  static boolean isDocker(OciManifest manifest) {
    return manifest.mediaType().equals(OciManifest.DOCKER_MANIFEST)
        || manifest.mediaType().equals(OciManifest.DOCKER_MANIFEST_LIST);
  }

  /** Returns an image of no layers, of the family of the original: some registries know only one. */
  static Placeholder imageLike(String tag, OciManifest original) {
    boolean isDocker = isDocker(original);
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration.put("architecture", "amd64").put("os", "linux");
    Map<String, String> marks = marks(UUID.randomUUID().toString(), tag, original);
    put(configuration.putObject("config").putObject("Labels"), marks);
    configuration.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    byte[] config = configuration.toString().getBytes(StandardCharsets.UTF_8);
    String own = Digests.of(config);

    String mediaType = isDocker ? OciManifest.DOCKER_MANIFEST : OciManifest.OCI_MANIFEST;
    ObjectNode image = manifest(mediaType);
    image
        .putObject("config")
        .put("mediaType", isDocker ? DOCKER_CONFIG : OCI_CONFIG)
        .put("digest", own)
        .put("size", config.length);
    image.putArray("layers");
    if (!isDocker) { // Docker's manifests have no annotations, so that the labels have to do
      put(image.putObject("annotations"), marks(own, tag, original));
    }
    return of(mediaType, image, own, config);
  }

  /**
   * Returns an image of no layers for an OCI original, whose configuration is the same for all tags of a
   * run: its annotations say all.
   */
  static Placeholder imageOfMany(String tag, OciManifest original) {
    byte[] config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
            .getBytes(StandardCharsets.UTF_8);
    String own = UUID.randomUUID().toString();
    ObjectNode image = manifest(OciManifest.OCI_MANIFEST);
    image
        .putObject("config")
        .put("mediaType", OCI_CONFIG)
        .put("digest", Digests.of(config))
        .put("size", config.length);
    image.putArray("layers");
    put(image.putObject("annotations"), marks(own, tag, original));
    return of(OciManifest.OCI_MANIFEST, image, own, config);
  }

  private static Map<String, String> marks(String own, String tag, @Nullable OciManifest original) {
    Map<String, String> marks = new LinkedHashMap<>();
    marks.put(MARK, own);
    marks.put(TAG, tag);
    if (original != null) {
      marks.put(ORIGINAL_DIGEST, original.digest());
      marks.put(ORIGINAL_TYPE, original.mediaType());
    }
    return marks;
  }

  private static void put(ObjectNode object, Map<String, String> entries) {
    entries.forEach(object::put);
  }

  private static ObjectNode manifest(String mediaType) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schemaVersion", 2)
        .put("mediaType", mediaType);
  }

  private static Placeholder of(
      String mediaType, ObjectNode document, String own, byte @Nullable [] config) {
    byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
    return new Placeholder(
        OciManifest.builder(mediaType, Digests.of(bytes), bytes).build(), own, config);
  }

  /** Returns one that was found on a tag. */
  static Placeholder found(OciManifest manifest) {
    return new Placeholder(manifest, manifest.digest(), null);
  }

  /** Returns whether the manifest is this one, even if a registry changed its bytes. */
  boolean is(OciManifest other) {
    return other.digest().equals(digest())
        || new String(other.bytes(), StandardCharsets.UTF_8).contains(own);
  }

  OciManifest manifest() {
    return manifest;
  }

  String digest() {
    return manifest.digest();
  }

  /** Returns the blob it needs, its configuration; empty if it needs none. */
  Optional<byte[]> blob() {
    return Optional.ofNullable(config);
  }
}
