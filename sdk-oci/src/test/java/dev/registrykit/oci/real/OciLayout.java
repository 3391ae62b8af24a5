package dev.registrykit.oci.real;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.oci.OciManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image on disk as the image layout specification says, for clients to push. */
record OciLayout(Path folder, String name, byte[] manifest, boolean isIndex) {

  static OciLayout write(Path folder, String name, TestImage image) throws IOException {
    writeBlobs(folder, image);
    ObjectNode entry = TestImage.descriptor(OciManifest.OCI_MANIFEST, image.manifest());
    return write(folder, name, entry, image.manifest(), false);
  }

  static OciLayout write(Path folder, String name, TestIndex index) throws IOException {
    for (TestImage platform : index.platforms()) {
      writeBlobs(folder, platform);
    }
    writeBlob(folder, index.bytes());
    return write(
        folder,
        name,
        TestImage.descriptor(OciManifest.OCI_INDEX, index.bytes()),
        index.bytes(),
        true);
  }

  private static OciLayout write(
      Path folder, String name, ObjectNode entry, byte[] manifest, boolean isIndex)
      throws IOException {
    entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
    ObjectNode index =
        TestImage.object().put("schemaVersion", 2).put("mediaType", OciManifest.OCI_INDEX);
    index.putArray("manifests").add(entry);
    Files.write(folder.resolve("index.json"), TestImage.bytes(index));
    Files.writeString(
        folder.resolve("oci-layout"),
        "{\"imageLayoutVersion\":\"1.0.0\"}",
        StandardCharsets.US_ASCII);
    return new OciLayout(folder, name, manifest, isIndex);
  }

  private static void writeBlobs(Path folder, TestImage image) throws IOException {
    writeBlob(folder, image.config());
    writeBlob(folder, image.layer());
    writeBlob(folder, image.manifest());
  }

  private static void writeBlob(Path folder, byte[] bytes) throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
    Files.write(blobs.resolve(TestImage.digestOf(bytes).substring("sha256:".length())), bytes);
  }
}
