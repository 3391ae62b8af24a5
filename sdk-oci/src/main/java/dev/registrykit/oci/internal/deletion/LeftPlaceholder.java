package dev.registrykit.oci.internal.deletion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ImageRef;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder that was found on a tag, because its deletion stopped, or is still under way.
 *
 * @param manifest the placeholder itself
 * @param tag whose stead it is in; null if it does not say
 * @param originalDigest what the tag pointed to; null if it does not say
 */
record LeftPlaceholder(
    OciManifest manifest, @Nullable String tag, @Nullable String originalDigest) {

  /** Larger than any of ours. */
  private static final long MAX_CONFIG_BYTES = 16 * 1024;

  /**
   * Returns the manifest as a placeholder if it is one, of whomever: nothing, and marked as nothing.
   * No request, but for a Docker image without layers, whose configuration says what it is.
   */
  static Optional<LeftPlaceholder> of(
      OciApi api, Operation operation, ImageRef image, OciManifest manifest) {
    if (!manifest.manifests().isEmpty() || !manifest.layers().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> marks = manifest.annotations().containsKey(Placeholder.MARK)
        ? manifest.annotations()
        : labels(api, operation, image, manifest);
    if (!marks.containsKey(Placeholder.MARK)) {
      return Optional.empty();
    }
    String digest = marks.get(Placeholder.ORIGINAL_DIGEST);
    return Optional.of(new LeftPlaceholder(
        manifest, marks.get(Placeholder.TAG), Digests.isVerifiable(digest) ? digest : null));
  }

  private static Map<String, String> labels(
      OciApi api, Operation operation, ImageRef image, OciManifest manifest) {
    Optional<OciDescriptor> config = manifest
        .config()
        .filter(it -> manifest.mediaType().equals(OciManifest.DOCKER_MANIFEST))
        .filter(it -> it.sizeBytes() <= MAX_CONFIG_BYTES && Digests.isVerifiable(it.digest()));
    if (config.isEmpty()) {
      return Map.of();
    }
    byte[] bytes =
        api.getConfig(Operation.on(operation.description()), image, config.get().digest());
    Map<String, String> labels = new LinkedHashMap<>();
    JsonNode document;
    try {
      document = JsonTrees.read(bytes);
    } catch (JsonProcessingException e) {
      return Map.of(); // somebody's, and none of ours
    }
    JsonNode found = document.path("config").path("Labels");
    found
        .fieldNames()
        .forEachRemaining(name -> labels.put(name, found.path(name).asText()));
    return labels;
  }
}
