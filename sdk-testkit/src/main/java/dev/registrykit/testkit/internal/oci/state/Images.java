package dev.registrykit.testkit.internal.oci.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.oci.wire.MediaTypes;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes images out of a text and a date: the same ones give the same bytes. */
public final class Images {
  private static final List<String> ARCHITECTURES =
      List.of("amd64", "arm64", "ppc64le", "s390x", "riscv64", "386");

  /** The types of an image and its parts. */
  public record Format(String manifest, String config, String layer) {
    public static final Format OCI =
        new Format(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER);
    public static final Format DOCKER =
        new Format(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG, MediaTypes.DOCKER_LAYER);
  }

  private Images() {}

  /** The only layer of an image; no archive, since nobody unpacks it. */
  public static byte[] layer(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] config(String content, @Nullable Instant createdAt) {
    ObjectNode json = WireJson.object();
    if (createdAt != null) {
      json.put("created", createdAt.toString());
    }
    json.put("architecture", "amd64").put("os", "linux");
    json.putObject("config");
    ObjectNode rootfs = json.putObject("rootfs").put("type", "layers");
    rootfs.putArray("diff_ids").add(Digests.of(layer(content)));
    return WireJson.bytes(json);
  }

  public static byte[] manifest(
      Format format, byte[] config, byte[] layer, Map<String, String> annotations) {
    ObjectNode json = WireJson.object().put("schemaVersion", 2).put("mediaType", format.manifest());
    json.set("config", descriptor(format.config(), config));
    json.putArray("layers").add(descriptor(format.layer(), layer));
    if (!annotations.isEmpty()) {
      ObjectNode notes = json.putObject("annotations");
      new TreeMap<>(annotations).forEach(notes::put);
    }
    return WireJson.bytes(json);
  }

  public static byte[] index(String mediaType, List<ManifestRow> children) {
    ObjectNode json = WireJson.object().put("schemaVersion", 2).put("mediaType", mediaType);
    var manifests = json.putArray("manifests");
    for (int i = 0; i < children.size(); i++) {
      ManifestRow child = children.get(i);
      ObjectNode descriptor = manifests
          .addObject()
          .put("mediaType", child.mediaType())
          .put("digest", child.digest())
          .put("size", child.bytes().length);
      descriptor
          .putObject("platform")
          .put("architecture", ARCHITECTURES.get(i % ARCHITECTURES.size()))
          .put("os", "linux");
    }
    return WireJson.bytes(json);
  }

  private static ObjectNode descriptor(String mediaType, byte[] bytes) {
    return WireJson.object()
        .put("mediaType", mediaType)
        .put("digest", Digests.of(bytes))
        .put("size", bytes.length);
  }
}
