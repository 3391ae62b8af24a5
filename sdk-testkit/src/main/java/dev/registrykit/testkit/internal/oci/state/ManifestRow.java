package dev.registrykit.testkit.internal.oci.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.Digests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A manifest as it was pushed, byte for byte. Immutable. */
public final class ManifestRow {
  private final String digest;
  private final String mediaType;
  private final byte[] bytes;
  private final ObjectNode json;
  private final Instant uploadedAt;

  public ManifestRow(String mediaType, byte[] bytes, ObjectNode json, Instant uploadedAt) {
    this.digest = Digests.of(bytes);
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.json = json;
    this.uploadedAt = uploadedAt;
  }

  public String digest() {
    return digest;
  }

  public String mediaType() {
    return mediaType;
  }

  public byte[] bytes() {
    return bytes;
  }

  public ObjectNode json() {
    return json;
  }

  public Instant uploadedAt() {
    return uploadedAt;
  }

  /** The manifests an index lists; none for an image. */
  public List<String> children() {
    return digests(json.path("manifests"));
  }

  /** The config and the layers of an image; none for an index. */
  List<String> blobs() {
    List<String> blobs = new ArrayList<>(digests(json.path("layers")));
    config().ifPresent(blobs::add);
    return blobs;
  }

  /** Everything that has to be there before it. */
  public List<String> parts() {
    List<String> parts = new ArrayList<>(blobs());
    parts.addAll(children());
    return parts;
  }

  public Optional<String> config() {
    return text(json.path("config").path("digest"));
  }

  public Optional<String> subject() {
    return text(json.path("subject").path("digest"));
  }

  /** Falls back to the type of the config, as the specification says for referrers. */
  public Optional<String> artifactType() {
    Optional<String> own = text(json.path("artifactType"));
    return own.isPresent() ? own : text(json.path("config").path("mediaType"));
  }

  /** The bytes of everything an image refers to. */
  public long imageSize() {
    long size = json.path("config").path("size").asLong();
    for (JsonNode layer : json.path("layers")) {
      size += layer.path("size").asLong();
    }
    return size;
  }

  private static List<String> digests(JsonNode descriptors) {
    List<String> digests = new ArrayList<>();
    for (JsonNode descriptor : descriptors) {
      text(descriptor.path("digest")).ifPresent(digests::add);
    }
    return digests;
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty()
        ? Optional.of(node.asText())
        : Optional.empty();
  }
}
