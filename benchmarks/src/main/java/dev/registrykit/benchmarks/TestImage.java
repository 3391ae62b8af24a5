package dev.registrykit.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** An image without layers; each is a minute newer than the one before. */
final class TestImage {

  static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";

  /** A day of the first image. */
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final byte[] config;
  private final byte[] manifest;

  private TestImage(byte[] config, byte[] manifest) {
    this.config = config;
    this.manifest = manifest;
  }

  static TestImage of(int number) {
    byte[] config =
        bytes("{\"created\":\"" + FIRST.plusSeconds(60L * number) + "\",\"architecture\":\"amd64\","
            + "\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    byte[] manifest = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE
        + "\",\"config\":{\"mediaType\":\"" + CONFIG_TYPE + "\",\"digest\":\"" + digestOf(config)
        + "\",\"size\":" + config.length + "},\"layers\":[]}");
    return new TestImage(config, manifest);
  }

  byte[] config() {
    return config;
  }

  byte[] manifest() {
    return manifest;
  }

  String digest() {
    return digestOf(manifest);
  }

  static String digestOf(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
