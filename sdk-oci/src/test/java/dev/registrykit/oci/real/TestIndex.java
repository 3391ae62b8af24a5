package dev.registrykit.oci.real;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.oci.OciManifest;
import java.time.Instant;
import java.util.List;

/** An image for two platforms. */
record TestIndex(List<TestImage> platforms, byte[] bytes) {

  private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");

  static TestIndex of(String content, Instant createdAt) {
    List<TestImage> platforms = ARCHITECTURES.stream()
        .map(architecture -> TestImage.of(content + " for " + architecture, createdAt))
        .toList();
    ObjectNode index =
        TestImage.object().put("schemaVersion", 2).put("mediaType", OciManifest.OCI_INDEX);
    ArrayNode manifests = index.putArray("manifests");
    for (int i = 0; i < platforms.size(); i++) {
      ObjectNode descriptor =
          TestImage.descriptor(OciManifest.OCI_MANIFEST, platforms.get(i).manifest());
      descriptor.putObject("platform").put("architecture", ARCHITECTURES.get(i)).put("os", "linux");
      manifests.add(descriptor);
    }
    return new TestIndex(platforms, TestImage.bytes(index));
  }

  String digest() {
    return TestImage.digestOf(bytes);
  }
}
