package dev.registrykit.testkit.internal.github;

import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version: a manifest as the REST API knows it. Its tags are the registry's, until it is deleted. */
final class VersionRow {
  final long id;
  final ManifestRow manifest;
  Instant createdAt;
  Instant updatedAt;
  long downloads;

  @Nullable
  Instant deletedAt;

  List<String> tagsAtDeletion = List.of();

  VersionRow(long id, ManifestRow manifest) {
    this.id = id;
    this.manifest = manifest;
    this.createdAt = manifest.uploadedAt();
    this.updatedAt = manifest.uploadedAt();
  }

  String digest() {
    return manifest.digest();
  }

  /** A version as it is shown. Immutable. */
  record View(
      long id,
      String digest,
      List<String> tags,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant deletedAt) {}

  View shown(List<String> tags) {
    return new View(id, digest(), List.copyOf(tags), createdAt, updatedAt, deletedAt);
  }
}
