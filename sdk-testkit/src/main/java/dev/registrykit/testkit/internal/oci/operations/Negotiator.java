package dev.registrykit.testkit.internal.oci.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.kind.Negotiation;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.Corruption;
import dev.registrykit.testkit.internal.oci.wire.MediaTypes;
import dev.registrykit.testkit.internal.oci.wire.Schema1;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers with a manifest, or with what a registry makes of it for the types a request accepts. */
final class Negotiator {
  private final RegistryState state;
  private long conversions;

  Negotiator(RegistryState state) {
    this.state = state;
  }

  ApiAnswer negotiated(
      RepositoryRow repository, String reference, ManifestRow row, ApiRequest request) {
    Set<String> accepted = accepted(request);
    Negotiation negotiation = state.behaviour().negotiation();
    if (negotiation == Negotiation.NONE || accepted.contains(row.mediaType())) {
      return whole(row);
    }
    if (negotiation == Negotiation.ACCEPTED_CHILD) {
      return acceptedChild(repository, reference, row, accepted);
    }
    switch (row.mediaType()) {
      case MediaTypes.OCI_MANIFEST -> throw notAccepted("manifest");
      case MediaTypes.OCI_INDEX -> throw notAccepted("index");
      default -> {
        boolean byTag = !Digests.isDigest(reference);
        return byTag ? rewritten(repository, reference, row, accepted) : whole(row);
      }
    }
  }

  private ApiAnswer acceptedChild(
      RepositoryRow repository, String reference, ManifestRow row, Set<String> accepted) {
    boolean byTag = !Digests.isDigest(reference);
    for (String digest : row.children()) {
      ManifestRow child = repository.manifests.get(digest);
      if (byTag && child != null && accepted.contains(child.mediaType())) {
        return whole(child);
      }
    }
    ErrorText text = ErrorText.json(
        404,
        "MANIFEST_UNKNOWN",
        "manifest unknown to registry",
        "\"requested media type not found, available media type is " + row.mediaType() + "\"");
    throw new Refusal(text.answer(state.behaviour().wire(), "", ""));
  }

  /** The value of Docker-Content-Digest, unless a test has it left out. */
  Optional<String> digestHeader(String digest) {
    if (state.switches.digestHeaderOmitted) {
      return Optional.empty();
    }
    String given = state.switches.digestHeader;
    return Optional.of(given == null ? digest : given);
  }

  private ApiAnswer rewritten(
      RepositoryRow repository, String tag, ManifestRow row, Set<String> accepted) {
    if (state.behaviour().negotiation() == Negotiation.OCI_REFUSED) {
      return whole(row);
    }
    if (!MediaTypes.isList(row.mediaType())) {
      return asSchema1(repository, tag, row);
    }
    ManifestRow child = defaultChild(repository, row);
    boolean converts = child.mediaType().equals(MediaTypes.DOCKER_MANIFEST)
        && !accepted.contains(MediaTypes.DOCKER_MANIFEST);
    return converts ? asSchema1(repository, tag, child) : whole(child);
  }

  private ManifestRow defaultChild(RepositoryRow repository, ManifestRow list) {
    String digest = "";
    for (JsonNode descriptor : list.json().path("manifests")) {
      JsonNode platform = descriptor.path("platform");
      if (platform.path("os").asText().equals("linux")
          && platform.path("architecture").asText().equals("amd64")) {
        digest = descriptor.path("digest").asText();
        break;
      }
    }
    ManifestRow child = repository.manifests.get(digest);
    if (child == null) {
      throw state.refusal(Case.DIGEST_UNKNOWN, repository.name, digest);
    }
    return child;
  }

  /** Since version 3 there is no schema 1 any more: an image is sent as it is, a list refused. */
  private ApiAnswer asSchema1(RepositoryRow repository, String tag, ManifestRow image) {
    if (state.behaviour().negotiation() == Negotiation.SCHEMA_1_FOR_IMAGE) {
      Schema1 converted = Schema1.of(repository, tag, image, conversions++);
      return answer(MediaTypes.SCHEMA_1, converted.digest(), converted.bytes());
    }
    if (image == repository.tags.get(tag)) {
      return whole(image);
    }
    throw refusal("MANIFEST_INVALID", 400, "Schema 2 manifest not supported by client");
  }

  private ApiAnswer whole(ManifestRow row) {
    return answer(row.mediaType(), row.digest(), row.bytes());
  }

  private ApiAnswer answer(String mediaType, String digest, byte[] bytes) {
    ApiAnswer answer =
        state.tagged(ApiAnswer.of(200, Map.of("Content-Type", mediaType), sent(bytes)), digest);
    return digestHeader(digest)
        .map(value -> answer.withHeader("Docker-Content-Digest", value))
        .orElse(answer);
  }

  private byte[] sent(byte[] bytes) {
    return state.switches.bytesCorrupted ? Corruption.of(bytes) : bytes;
  }

  private Refusal notAccepted(String what) {
    String plural = what.equals("index") ? "indexes" : "manifests";
    return refusal(
        "MANIFEST_UNKNOWN",
        404,
        "OCI " + what + " found, but accept header does not support OCI " + plural);
  }

  private Refusal refusal(String code, int status, String message) {
    ErrorText text = ErrorText.json(status, code, message);
    return new Refusal(text.answer(state.behaviour().wire(), "", ""));
  }

  private static Set<String> accepted(ApiRequest request) {
    Set<String> accepted = new HashSet<>();
    for (String header : request.headers().getOrDefault("Accept", List.of())) {
      Arrays.stream(header.split(",", -1)).map(MediaTypes::essence).forEach(accepted::add);
    }
    return accepted;
  }
}
