package dev.registrykit.oci.real;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.oci.OciManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** An image of one layer, made from a text and a date: the same ones give the same bytes. */
record TestImage(byte[] config, byte[] layer, byte[] manifest) {

  static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

  static TestImage of(String content, @Nullable Instant createdAt) {
    byte[] archive = archive(content.getBytes(StandardCharsets.UTF_8));
    byte[] layer = compressed(archive);
    byte[] config = config(archive, createdAt);
    ObjectNode manifest =
        object().put("schemaVersion", 2).put("mediaType", OciManifest.OCI_MANIFEST);
    manifest.set("config", descriptor(CONFIG_TYPE, config));
    manifest.putArray("layers").add(descriptor(LAYER_TYPE, layer));
    return new TestImage(config, layer, bytes(manifest));
  }

  private static byte[] config(byte[] archive, @Nullable Instant createdAt) {
    ObjectNode config = object();
    if (createdAt != null) {
      config.put("created", createdAt.toString());
    }
    config.put("architecture", "amd64").put("os", "linux").putObject("config");
    config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(digestOf(archive));
    return bytes(config);
  }

  /** A tar archive of one file, since some clients look into layers. */
  private static byte[] archive(byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, "content");
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "00000000000\0");
    put(header, 148, "        "); // the checksum counts as blank
    put(header, 156, "0");
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte b : header) {
      sum += b;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    byte[] archive = new byte[512 + (content.length + 511) / 512 * 512 + 1024];
    System.arraycopy(header, 0, archive, 0, 512);
    System.arraycopy(content, 0, archive, 512, content.length);
    return archive;
  }

  private static void put(byte[] header, int offset, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static byte[] compressed(byte[] archive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  String digest() {
    return digestOf(manifest);
  }

  static ObjectNode descriptor(String mediaType, byte[] bytes) {
    return object()
        .put("mediaType", mediaType)
        .put("digest", digestOf(bytes))
        .put("size", bytes.length);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String digestOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
