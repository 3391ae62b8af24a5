package dev.registrykit.testkit.internal.oci.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import dev.registrykit.testkit.internal.oci.wire.MediaTypes;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import dev.registrykit.testkit.internal.oci.wire.Route;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.util.Map;
import java.util.Optional;

/** Lists the manifests that have another one for their subject. */
public final class ReferrerOperations {
  private final RegistryState state;

  public ReferrerOperations(RegistryState state) {
    this.state = state;
  }

  /** A subject that is not there has no referrers; that is no error. */
  public ApiAnswer list(Route route, QueryParameters query) {
    if (Grammar.isMalformed(route.reference())) {
      throw state.refusal(Case.DELETE_DIGEST_MALFORMED, route.name(), route.reference());
    }
    Optional<String> type = query.first("artifactType");
    ObjectNode index =
        WireJson.object().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
    ArrayNode found = index.putArray("manifests");
    RepositoryRow repository = state.repository(route.name());
    if (repository == null) {
      state.refuseIfUnwanted(Case.REFERRERS_REPOSITORY_UNKNOWN, route.name(), route.reference());
    } else {
      repository.manifests.values().stream()
          .filter(row -> row.subject().filter(route.reference()::equals).isPresent())
          .filter(row -> type.isEmpty() || type.equals(row.artifactType()))
          .forEach(row -> found.add(descriptor(row)));
    }
    if (found.isEmpty() && state.behaviour().has(Trait.NULL_FOR_NONE)) {
      index.putNull("manifests");
    }
    ApiAnswer answer =
        ApiAnswer.of(200, Map.of("Content-Type", MediaTypes.OCI_INDEX), WireJson.bytes(index));
    return type.isPresent() ? answer.withHeader("OCI-Filters-Applied", "artifactType") : answer;
  }

  private static ObjectNode descriptor(ManifestRow row) {
    ObjectNode descriptor = WireJson.object()
        .put("mediaType", row.mediaType())
        .put("digest", row.digest())
        .put("size", row.bytes().length);
    row.artifactType().ifPresent(type -> descriptor.put("artifactType", type));
    if (row.json().path("annotations").isObject()) {
      descriptor.set("annotations", row.json().get("annotations"));
    }
    return descriptor;
  }
}
