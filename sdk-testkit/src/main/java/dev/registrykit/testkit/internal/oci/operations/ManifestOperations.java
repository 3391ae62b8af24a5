package dev.registrykit.testkit.internal.oci.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import dev.registrykit.testkit.internal.oci.wire.Locations;
import dev.registrykit.testkit.internal.oci.wire.MediaTypes;
import dev.registrykit.testkit.internal.oci.wire.Route;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading, pushing and deleting manifests. */
public final class ManifestOperations {
  private final RegistryState state;
  private final Negotiator negotiator;
  private final ManifestDeletion deletion;

  public ManifestOperations(RegistryState state) {
    this.state = state;
    this.negotiator = new Negotiator(state);
    this.deletion = new ManifestDeletion(state);
  }

  public ApiAnswer answer(Route route, ApiRequest request) {
    return switch (request.method()) {
      case "PUT" -> put(route, request);
      case "DELETE" -> deletion.delete(route);
      default -> get(route, request);
    };
  }

  private ApiAnswer get(Route route, ApiRequest request) {
    RepositoryRow repository = state.repository(route.name());
    try {
      return found(repository, route, request);
    } finally {
      if (repository != null) {
        repository.wasRead();
      }
    }
  }

  private ApiAnswer found(@Nullable RepositoryRow repository, Route route, ApiRequest request) {
    String name = route.name();
    String reference = route.reference();
    if (Grammar.isMalformed(reference)) {
      throw state.refusal(Case.DIGEST_MALFORMED, name, reference);
    }
    if (repository == null) {
      state.refuseIfUnwanted(Case.MANIFEST_REPOSITORY_UNKNOWN, name, reference);
    }
    ManifestRow row = repository == null ? null : repository.find(reference);
    if (repository == null || row == null) {
      String ghost = repository == null ? null : repository.ghostDigest(reference);
      throw unknown(name, ghost == null ? reference : ghost);
    }
    if (!state.behaviour().has(Trait.NO_CONDITIONS) && isUnchanged(row, request)) {
      return ApiAnswer.of(304, Map.of(), "");
    }
    return negotiator.negotiated(repository, reference, row, request);
  }

  private Refusal unknown(String name, String reference) {
    Case unknown = Digests.isDigest(reference) ? Case.DIGEST_UNKNOWN : Case.TAG_UNKNOWN;
    return state.refusal(unknown, name, reference);
  }

  private static boolean isUnchanged(ManifestRow row, ApiRequest request) {
    List<String> known = request.headers().getOrDefault("If-None-Match", List.of());
    return known.contains(row.digest()) || known.contains("\"" + row.digest() + "\"");
  }

  private ApiAnswer put(Route route, ApiRequest request) {
    String name = route.name();
    String reference = route.reference();
    if (Grammar.isMalformed(reference)) {
      throw state.refusal(Case.DIGEST_MALFORMED, name, reference);
    }
    RepositoryRow existing = state.repository(name);
    if (existing != null && existing.immutableTags.contains(reference)) {
      state.refuseIfUnwanted(Case.PUT_IMMUTABLE, name, reference);
    }
    ManifestRow row = checked(route, request);
    checkParts(name, existing, row);
    RepositoryRow repository = state.repositoryOrNew(name);
    ManifestRow kept = repository.manifests.computeIfAbsent(row.digest(), digest -> row);
    if (!Digests.isDigest(reference)) {
      repository.tag(reference, kept);
    }
    return created(name, row, request);
  }

  private ManifestRow checked(Route route, ApiRequest request) {
    String name = route.name();
    String contentType = request.header("Content-Type");
    String mediaType = MediaTypes.essence(contentType == null ? "" : contentType);
    if (!MediaTypes.isManifest(mediaType)) {
      throw state.refusal(Case.PUT_INVALID, name, route.reference());
    }
    byte[] bytes = request.bytes();
    ObjectNode json = WireJson.parse(bytes)
        .orElseThrow(() -> state.refusal(Case.PUT_NO_JSON, name, route.reference()));
    if (!isManifest(json, mediaType)) {
      throw state.refusal(Case.PUT_INVALID, name, route.reference());
    }
    if (Digests.isDigest(route.reference()) && !Digests.matches(route.reference(), bytes)) {
      throw state.refusal(Case.PUT_DIGEST_MISMATCH, name, route.reference());
    }
    return new ManifestRow(mediaType, bytes, json, state.clock.tick());
  }

  /** Refuses what could be read as two types, as distribution does since CVE-2021-41190. */
  private boolean isManifest(ObjectNode json, String mediaType) {
    JsonNode declared = json.path("mediaType");
    if (declared.isTextual() && !declared.asText().equals(mediaType)) {
      return false;
    }
    if (!MediaTypes.isList(mediaType)) {
      return !json.has("manifests") && json.path("config").path("digest").isTextual();
    }
    boolean refused = state.switches.emptyIndexRefused && json.path("manifests").isEmpty();
    return !json.has("config") && !json.has("layers") && !refused;
  }

  private void checkParts(String name, @Nullable RepositoryRow repository, ManifestRow row) {
    if (!state.behaviour().has(Trait.CHECKS_BLOBS)) {
      return;
    }
    for (String part : row.parts()) {
      if (repository == null || !repository.hasPart(part)) {
        throw state.refusal(Case.PUT_BLOB_UNKNOWN, name, part);
      }
    }
  }

  private ApiAnswer created(String name, ManifestRow row, ApiRequest request) {
    String path = "/v2/" + name + "/manifests/" + row.digest();
    ApiAnswer answer =
        ApiAnswer.of(201, Map.of("Location", Locations.of(state, path, request)), "");
    Optional<String> digest = negotiator.digestHeader(row.digest());
    if (digest.isPresent()) {
      answer = answer.withHeader("Docker-Content-Digest", digest.get());
    }
    Optional<String> subject = row.subject();
    boolean tells = state.hasReferrers() && !state.switches.subjectHeaderOmitted;
    return subject.isPresent() && tells ? answer.withHeader("OCI-Subject", subject.get()) : answer;
  }
}
