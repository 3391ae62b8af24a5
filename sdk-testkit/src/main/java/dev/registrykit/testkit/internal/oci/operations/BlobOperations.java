package dev.registrykit.testkit.internal.oci.operations;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.Corruption;
import dev.registrykit.testkit.internal.oci.wire.Locations;
import dev.registrykit.testkit.internal.oci.wire.MediaTypes;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import dev.registrykit.testkit.internal.oci.wire.Route;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reading, uploading and deleting blobs. */
public final class BlobOperations {
  private final RegistryState state;
  private final Map<String, Upload> uploads = new HashMap<>();
  private long begun;

  /** An upload that has begun. */
  private record Upload(String name, String id, ByteArrayOutputStream bytes) {}

  public BlobOperations(RegistryState state) {
    this.state = state;
  }

  public ApiAnswer answer(Route route, ApiRequest request) {
    return request.method().equals("DELETE") ? delete(route) : get(route);
  }

  public ApiAnswer begin(Route route, QueryParameters query, ApiRequest request) {
    Optional<ApiAnswer> mounted = mounted(route, query, request);
    if (mounted.isPresent()) {
      return mounted.get();
    }
    Optional<String> digest = query.first("digest");
    if (digest.isPresent() && state.behaviour().has(Trait.MONOLITHIC_POST)) {
      return stored(route, digest.get(), request.bytes(), request);
    }
    byte[] seed = Long.toString(begun++).getBytes(StandardCharsets.US_ASCII);
    String id = UUID.nameUUIDFromBytes(seed).toString();
    Upload upload = new Upload(route.name(), id, new ByteArrayOutputStream());
    uploads.put(id, upload);
    return waiting(202, upload, request);
  }

  public ApiAnswer goOn(Route route, QueryParameters query, ApiRequest request) {
    Upload upload = uploads.get(route.reference());
    if (upload == null || !upload.name().equals(route.name())) {
      throw state.refusal(Case.UPLOAD_UNKNOWN, route.name(), route.reference());
    }
    return switch (request.method()) {
      case "PATCH" -> {
        upload.bytes().writeBytes(request.bytes());
        yield waiting(202, upload, request);
      }
      case "PUT" -> finished(route, upload, query, request);
      case "DELETE" -> {
        uploads.remove(upload.id());
        yield ApiAnswer.of(204, Map.of(), "");
      }
      default -> waiting(204, upload, request);
    };
  }

  private ApiAnswer get(Route route) {
    byte[] bytes = blob(route);
    byte[] sent = state.switches.bytesCorrupted ? Corruption.of(bytes) : bytes;
    ApiAnswer whole = ApiAnswer.of(200, Map.of("Content-Type", MediaTypes.BLOB), sent)
        .withHeader("Accept-Ranges", "bytes");
    ApiAnswer answer = state.tagged(whole, route.reference());
    return state.switches.digestHeaderOmitted
        ? answer
        : answer.withHeader("Docker-Content-Digest", route.reference());
  }

  private ApiAnswer delete(Route route) {
    state.refuseIfUnwanted(Case.DELETE_BLOB, route.name(), route.reference());
    blob(route);
    state.repositoryOrNew(route.name()).blobs.remove(route.reference());
    return ApiAnswer.of(202, Map.of(), "");
  }

  private byte[] blob(Route route) {
    RepositoryRow repository = state.repository(route.name());
    byte[] bytes = repository == null ? null : repository.blobs.get(route.reference());
    if (bytes == null) {
      throw state.refusal(Case.BLOB_UNKNOWN, route.name(), route.reference());
    }
    return bytes;
  }

  /** Takes a blob over from another repository, where it is there. */
  private Optional<ApiAnswer> mounted(Route route, QueryParameters query, ApiRequest request) {
    String digest = query.first("mount").orElse("");
    RepositoryRow source = state.repository(query.first("from").orElse(""));
    byte[] bytes = source == null ? null : source.blobs.get(digest);
    return bytes == null ? Optional.empty() : Optional.of(stored(route, digest, bytes, request));
  }

  private ApiAnswer finished(
      Route route, Upload upload, QueryParameters query, ApiRequest request) {
    String digest = query.first("digest").orElseThrow(() -> digestInvalid(route, ""));
    upload.bytes().writeBytes(request.bytes());
    uploads.remove(upload.id());
    return stored(route, digest, upload.bytes().toByteArray(), request);
  }

  private ApiAnswer stored(Route route, String digest, byte[] bytes, ApiRequest request) {
    if (!Digests.isDigest(digest) || !Digests.matches(digest, bytes)) {
      throw digestInvalid(route, digest);
    }
    state.repositoryOrNew(route.name()).blobs.put(digest, bytes);
    String path = "/v2/" + route.name() + "/blobs/" + digest;
    return ApiAnswer.of(201, Map.of("Location", Locations.of(state, path, request)), "")
        .withHeader("Docker-Content-Digest", digest);
  }

  private ApiAnswer waiting(int status, Upload upload, ApiRequest request) {
    int size = upload.bytes().size();
    return ApiAnswer.of(status, Map.of("Location", location(upload, request)), "")
        .withHeader("Docker-Upload-Uuid", upload.id())
        .withHeader("Range", "0-" + Math.max(0, size - 1));
  }

  private String location(Upload upload, ApiRequest request) {
    String path =
        "/v2/" + upload.name() + "/blobs/uploads/" + upload.id() + "?_state=" + upload.id();
    URI origin = state.switches.uploadOrigin;
    return origin == null ? Locations.of(state, path, request) : origin + path;
  }

  private Refusal digestInvalid(Route route, String digest) {
    return state.refusal(Case.PUT_DIGEST_MISMATCH, route.name(), digest);
  }
}
