package dev.registrykit.github.internal.deletion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.github.internal.generated.JsonTrees;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.spi.support.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A manifest of nothing that stands on a tag while it is deleted, in the stead of another of the same kind. It has
 * a digest of its own, so that no other tag is on its version. Immutable.
 *
 * <p>It keeps the configuration of the original, which is there, and so needs no blob. It has no subject, or it
 * would be a signature of something. Its annotations are those by which {@code sdk-oci} knows its own placeholders,
 * so that {@link dev.registrykit.Registry#restoreTag} finds out what the tag pointed to.
 */
final class Placeholder {

  static final String MARK = "dev.registrykit.placeholder";
  static final String ORIGINAL_DIGEST = MARK + ".original-digest";
  static final String ORIGINAL_TYPE = MARK + ".original-type";
  static final String TAG = MARK + ".tag";

  private final String mediaType;
  private final byte[] bytes;
  private final String digest;

  private Placeholder(String mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.digest = "sha256:" + HexFormat.of().formatHex(sha256(bytes));
  }

  /** Makes one in the stead of a manifest. */
  static Placeholder of(String tag, OciManifest original, Operation operation) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("schemaVersion", 2).put("mediaType", original.mediaType());
    if (original.isIndex()) {
      manifest.putArray("manifests");
    } else {
      manifest.set("config", config(original, operation));
      manifest.putArray("layers");
    }
    manifest
        .putObject("annotations")
        .put(MARK, UUID.randomUUID().toString())
        .put(TAG, tag)
        .put(ORIGINAL_DIGEST, original.digest())
        .put(ORIGINAL_TYPE, original.mediaType());
    return new Placeholder(
        original.mediaType(), manifest.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the descriptor of the configuration as it was written. */
  private static JsonNode config(OciManifest original, Operation operation) {
    try {
      JsonNode config = JsonTrees.read(original.bytes()).path("config");
      if (config.isObject()) {
        return config;
      }
    } catch (JsonProcessingException e) {
      throw operation.invalid("the manifest " + original.digest() + " is no JSON", e);
    }
    throw operation.invalid("the manifest " + original.digest() + " has no configuration");
  }

  /** Returns what a placeholder of ours stands for; empty for any other manifest. */
  static Optional<String> originalOf(OciManifest manifest) {
    boolean isEmpty = manifest.layers().isEmpty() && manifest.manifests().isEmpty();
    return isEmpty && manifest.annotations().containsKey(MARK)
        ? Optional.ofNullable(manifest.annotations().get(ORIGINAL_DIGEST))
        : Optional.empty();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  String mediaType() {
    return mediaType;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String digest() {
    return digest;
  }
}
