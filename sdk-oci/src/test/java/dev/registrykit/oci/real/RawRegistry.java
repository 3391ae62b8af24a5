package dev.registrykit.oci.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.real.ServerMode.Login;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Pushes to a server, and looks at it, with bare HTTP and no line of the SDK. Thread-safe. */
final class RawRegistry {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String[] MANIFEST_TYPES = {
    OciManifest.OCI_INDEX,
    OciManifest.OCI_MANIFEST,
    OciManifest.DOCKER_MANIFEST_LIST,
    OciManifest.DOCKER_MANIFEST
  };

  private final RegistryServer server;
  private final Set<String> pushedBlobs = ConcurrentHashMap.newKeySet();

  RawRegistry(RegistryServer server) {
    this.server = server;
  }

  String push(String repository, String tag, TestImage image) {
    pushBlob(repository, image.config());
    pushBlob(repository, image.layer());
    putManifest(repository, tag, OciManifest.OCI_MANIFEST, image.manifest());
    return image.digest();
  }

  String push(String repository, String tag, TestIndex index) {
    index.platforms().forEach(platform -> push(repository, platform.digest(), platform));
    putManifest(repository, tag, OciManifest.OCI_INDEX, index.bytes());
    return index.digest();
  }

  void pushBlob(String repository, byte[] bytes) {
    String digest = TestImage.digestOf(bytes);
    if (!pushedBlobs.add(repository + "@" + digest)) {
      return;
    }
    HttpResponse<byte[]> begun =
        send(repository, post(path(repository, "blobs/uploads/"), new byte[0]), 202);
    URI upload = base().resolve(begun.headers().firstValue("Location").orElseThrow());
    URI complete =
        URI.create(upload + (upload.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
    send(
        repository,
        HttpRequest.newBuilder(complete)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes)),
        201);
  }

  private static HttpRequest.Builder post(URI uri, byte[] bytes) {
    return HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(bytes));
  }

  void putManifest(String repository, String reference, String mediaType, byte[] bytes) {
    send(
        repository,
        HttpRequest.newBuilder(path(repository, "manifests/" + reference))
            .header("Content-Type", mediaType)
            .PUT(BodyPublishers.ofByteArray(bytes)),
        201);
  }

  /** Returns the names of all tags; none if there is no such repository. */
  List<String> tagNames(String repository) {
    HttpResponse<byte[]> answer =
        send(repository, HttpRequest.newBuilder(path(repository, "tags/list")), 200, 404);
    List<String> names = new ArrayList<>();
    if (answer.statusCode() == 200) {
      for (JsonNode name : json(answer.body()).path("tags")) {
        names.add(name.textValue());
      }
    }
    return names;
  }

  /** Returns the bytes of a manifest; empty if there is none. */
  Optional<byte[]> manifest(String repository, String reference) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(path(repository, "manifests/" + reference));
    for (String type : MANIFEST_TYPES) {
      request.header("Accept", type);
    }
    HttpResponse<byte[]> answer = send(repository, request, 200, 404);
    return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
  }

  private URI base() {
    return URI.create("http://" + server.host() + "/");
  }

  private URI path(String repository, String rest) {
    return base().resolve("/v2/" + repository + "/" + rest);
  }

  private HttpResponse<byte[]> send(
      String repository, HttpRequest.Builder request, Integer... expected) {
    if (server.mode().login() != Login.ANYBODY) {
      request.header("Authorization", authorization(repository));
    }
    HttpRequest sent = request.build();
    HttpResponse<byte[]> answer;
    try {
      answer = CLIENT.send(sent, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(sent.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    if (!Set.of(expected).contains(answer.statusCode())) {
      throw new AssertionError(sent + " got " + answer.statusCode() + " "
          + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  private String authorization(String repository) {
    if (server.mode().login() == Login.TOKEN) {
      String scope = "repository:" + repository + ":pull,push,delete";
      return "Bearer " + SignedTokens.shared().token(List.of(scope));
    }
    String login = ServerConfiguration.USER + ":" + ServerConfiguration.PASSWORD;
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
