package dev.registrykit.testkit.internal.oci.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An image as docker-registry 2.8.2 converts it for clients that accept nothing newer.
 *
 * <p>As recorded, the digest is that of the text without its signatures, so that it is always the
 * same but never that of the bytes. The signatures are none, only different every time.
 */
public final class Schema1 {
  private final String digest;
  private final byte[] bytes;

  private Schema1(String digest, byte[] bytes) {
    this.digest = digest;
    this.bytes = bytes;
  }

  public String digest() {
    return digest;
  }

  public byte[] bytes() {
    return bytes;
  }

  public static Schema1 of(RepositoryRow repository, String tag, ManifestRow image, long number) {
    String fields = """
        {
           "schemaVersion": 1,
           "name": %s,
           "tag": %s,
           "architecture": "amd64",
           "fsLayers": [%s
           ],
           "history": [
              {
                 "v1Compatibility": %s
              }
           ]""".formatted(
            ErrorText.quoted(repository.name),
            ErrorText.quoted(tag),
            layers(image),
            ErrorText.quoted(compatibility(repository, image)));
    String digest = Digests.of(utf8(fields + "\n}"));
    return new Schema1(digest, utf8(fields + signatures(digest + number) + "\n}"));
  }

  private static String layers(ManifestRow image) {
    StringBuilder layers = new StringBuilder();
    image
        .json()
        .path("layers")
        .forEach(layer -> layers
            .append(layers.isEmpty() ? "" : ",")
            .append("\n      {\n         \"blobSum\": ")
            .append(layer.path("digest"))
            .append("\n      }"));
    return layers.toString();
  }

  private static String compatibility(RepositoryRow repository, ManifestRow image) {
    ObjectNode json = WireJson.object().put("architecture", "amd64");
    image
        .config()
        .map(repository.blobs::get)
        .flatMap(WireJson::parse)
        .filter(config -> config.path("created").isTextual())
        .ifPresent(config -> json.put("created", config.path("created").asText()));
    return json.put("os", "linux").toString();
  }

  private static String signatures(String seed) {
    return """
        ,
           "signatures": [
              {
                 "header": {
                    "alg": "ES256"
                 },
                 "signature": "%s",
                 "protected": ""
              }
           ]""".formatted(Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Digests.hash("SHA-512", utf8(seed))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
