package dev.registrykit.testkit.internal.oci.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A list of tags as Google's registries send it, with the manifests, their dates and sizes.
 *
 * <p>On a page, only what its tags point at; with the whole list, untagged manifests too. Numbers
 * are texts, and a creation that is not known is 0.
 */
final class DatedListing {
  private DatedListing() {}

  static String of(RegistryState state, RepositoryRow repository, List<String> tags) {
    ObjectNode json = WireJson.object();
    var children = json.putArray("child");
    state.repositories().stream()
        .map(other -> other.name)
        .filter(other -> other.startsWith(repository.name + "/"))
        .map(other -> other.substring(repository.name.length() + 1).split("/", 2)[0])
        .distinct()
        .forEach(children::add);
    ObjectNode manifests = json.putObject("manifest");
    for (ManifestRow row : repository.manifests.values()) {
      List<String> own =
          tags.stream().filter(tag -> repository.tags.get(tag) == row).toList();
      if (!own.isEmpty() || repository.tags.anyPointingAt(row.digest()) == null) {
        manifests.set(row.digest(), entry(repository, row, own));
      }
    }
    json.put("name", repository.name);
    var names = json.putArray("tags");
    tags.forEach(names::add);
    return json.toString();
  }

  private static ObjectNode entry(RepositoryRow repository, ManifestRow row, List<String> tags) {
    ObjectNode entry = WireJson.object().put("mediaType", row.mediaType());
    var names = entry.putArray("tag");
    tags.forEach(names::add);
    return entry
        .put("timeUploadedMs", Long.toString(row.uploadedAt().toEpochMilli()))
        .put("timeCreatedMs", Long.toString(createdMillis(repository, row)))
        .put("imageSizeBytes", Long.toString(row.imageSize()));
  }

  private static long createdMillis(RepositoryRow repository, ManifestRow row) {
    Optional<JsonNode> created = row.config()
        .map(repository.blobs::get)
        .flatMap(WireJson::parse)
        .map(config -> config.path("created"));
    try {
      return created.isPresent() && created.get().isTextual()
          ? Instant.parse(created.get().asText()).toEpochMilli()
          : 0;
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
