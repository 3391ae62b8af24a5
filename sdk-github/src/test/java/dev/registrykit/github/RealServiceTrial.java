package dev.registrykit.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciPreset;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.testkit.Emulator;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Tries the open points of docs/github.md on an image of its own, which it makes and deletes: by hand, with {@code
 * sdk-github/try-real-service}. A test runs it on the emulator.
 */
final class RealServiceTrial {

  /** Where to try it. */
  record Place(String owner, boolean isOrganization, String token, URI api, URI registry) {}

  private static final int POLLS = 240;

  private final Place place;
  private final Runnable pause;
  private final String name =
      "registrykit-trial-" + UUID.randomUUID().toString().substring(0, 8);
  private final ImageRef image;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> findings = new LinkedHashMap<>();
  private final String versions;
  private String registryToken = "";

  /**
   * Makes one.
   *
   * @param pause waits half a second between two looks
   */
  RealServiceTrial(Place place, Runnable pause) {
    this.place = place;
    this.pause = pause;
    this.image = ImageRef.of(place.owner().toLowerCase(Locale.ROOT) + "/" + name);
    String base = place.isOrganization() ? "/orgs/" + place.owner() : "/user";
    this.versions = base + "/packages/container/" + name + "/versions";
  }

  /** Tries everything, deletes the image, and returns what was found by point. */
  Map<String, String> run() throws Exception {
    try (OciRegistry oci = OciRegistry.builder()
            .registry(place.registry().toString())
            .preset(OciPreset.GHCR)
            .basic("registrykit", place.token())
            .build();
        GithubRegistry registry = GithubRegistry.builder()
            .owner(place.owner())
            .token(place.token())
            .baseUrl(place.api().toString())
            .registryUrl(place.registry().toString())
            .build()) {
      try {
        tryAll(oci, registry);
      } finally {
        findings.put("the image is deleted again", outcome(() -> {
          registry.deleteImage(image, DeleteOptions.defaults().ignoringMissing());
          return "yes";
        }));
      }
    }
    return findings;
  }

  private void tryAll(OciRegistry oci, GithubRegistry registry) throws Exception {
    registryToken = registryToken();
    String first = push(oci, "only");
    long pushed = System.nanoTime();
    await(listed -> tagsOf(listed, first).contains("only"));
    note("seconds until the list of versions has a push", seconds(pushed));
    note("the last tagged version", statusOf("DELETE", versions + "/" + idOf(first)));
    note("a version that is not there", statusOf("DELETE", versions + "/1"));

    String shared = push(oci, "image-1");
    oci.tagManifest(image, "image-1", "image-2");
    oci.tagManifest(image, "image-1", "image-3");
    await(listed -> tagsOf(listed, shared).size() == 3);
    String before = field(shared, "updated_at");
    oci.tagManifest(image, "image-1", "image-4");
    await(listed -> tagsOf(listed, shared).size() == 4);
    note(
        "a tag more changes updated_at", before.equals(field(shared, "updated_at")) ? "no" : "yes");
    note(
        "the newest version is listed first",
        list().get(0).path("name").asText().equals(shared) ? "yes" : "no");
    note(
        "one tag of an image goes alone",
        deletion(oci, registry, "image-2", shared, "image-1", "image-3"));

    String index = pushIndex(oci, "index-1", shared);
    oci.tagManifest(image, "index-1", "index-2");
    note("one tag of an index goes alone", deletion(oci, registry, "index-2", index, "index-1"));

    String alone = push(oci, "alone");
    await(listed -> tagsOf(listed, alone).contains("alone"));
    note("a tag that is alone goes with its version", deletion(oci, registry, "alone", alone));

    long id = idOf(shared);
    note("a tag that is put on a known digest again", outcome(() -> {
      oci.tagManifest(image, shared, "image-2");
      await(listed -> tagsOf(listed, shared).contains("image-2"));
      return idOf(shared) == id ? "hangs on the same version" : "hangs on another version";
    }));
    note("a version that is restored", outcome(() -> {
      registry.deleteTag(image, "image-2", DeleteOptions.defaults().withForce());
      String answer = statusOf("POST", versions + "/" + id + "/restore");
      await(listed -> listed.stream().anyMatch(version -> version.path("id").asLong() == id));
      pause.run();
      return answer + ", and has the tags " + new TreeSet<>(tagsOf(list(), shared));
    }));
    note("an image that is deleted and restored", outcome(() -> {
      registry.deleteImage(image, DeleteOptions.defaults());
      registry.restoreImage(image);
      return "has the tags "
          + new TreeSet<>(
              registry.listTags(image).stream().map(tag -> tag.name()).toList());
    }));
  }

  private String deletion(
      OciRegistry oci, GithubRegistry registry, String tag, String digest, String... siblings) {
    return outcome(() -> {
      long start = System.nanoTime();
      String outcome = registry.deleteTag(image, tag).outcome().toString();
      for (String sibling : siblings) {
        if (!oci.resolveTag(image, sibling).equals(digest)) {
          return outcome + ", BUT " + sibling + " was moved";
        }
      }
      return outcome + " in " + seconds(start) + " s, and its siblings have their digest";
    });
  }

  // What is pushed

  private String push(OciRegistry oci, String tag) throws Exception {
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"trial\":\"" + tag
                + name + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] layer = ("a layer of " + tag).getBytes(StandardCharsets.UTF_8);
    pushBlob(config);
    pushBlob(layer);
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("schemaVersion", 2).put("mediaType", OciManifest.OCI_MANIFEST);
    descriptor(manifest.putObject("config"), "application/vnd.oci.image.config.v1+json", config);
    descriptor(
        manifest.putArray("layers").addObject(), "application/vnd.oci.image.layer.v1.tar", layer);
    return oci.putManifest(
        image, tag, OciManifest.OCI_MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void descriptor(ObjectNode node, String mediaType, byte[] bytes) {
    node.put("mediaType", mediaType)
        .put("digest", Emulator.digestOf(bytes))
        .put("size", bytes.length);
  }

  private String pushIndex(OciRegistry oci, String tag, String child) {
    OciManifest part = oci.getManifest(image, child);
    ObjectNode index = JsonNodeFactory.instance.objectNode();
    index.put("schemaVersion", 2).put("mediaType", OciManifest.OCI_INDEX);
    ObjectNode entry = index.putArray("manifests").addObject();
    descriptor(entry, part.mediaType(), part.bytes());
    entry.putObject("platform").put("architecture", "amd64").put("os", "linux");
    return oci.putManifest(
        image, tag, OciManifest.OCI_INDEX, index.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void pushBlob(byte[] bytes) throws Exception {
    HttpResponse<String> begun = toRegistry(
        "POST", place.registry().resolve("/v2/" + image.path() + "/blobs/uploads/"), new byte[0]);
    String location = begun
        .headers()
        .firstValue("Location")
        .orElseThrow(
            () -> new IOException("no upload: HTTP " + begun.statusCode() + " " + begun.body()));
    URI upload = place.registry().resolve(location);
    String mark = upload.getRawQuery() == null ? "?" : "&";
    HttpResponse<String> done =
        toRegistry("PUT", URI.create(upload + mark + "digest=" + Emulator.digestOf(bytes)), bytes);
    if (done.statusCode() != 201) {
      throw new IOException("a blob was refused: HTTP " + done.statusCode() + " " + done.body());
    }
  }

  private HttpResponse<String> toRegistry(String method, URI uri, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + registryToken)
            .header("Content-Type", "application/octet-stream")
            .method(method, BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String registryToken() throws Exception {
    String login = Base64.getEncoder()
        .encodeToString(("registrykit:" + place.token()).getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer = client.send(
        HttpRequest.newBuilder(place
                .registry()
                .resolve("/token?service=ghcr.io&scope=repository:" + image.path() + ":pull,push"))
            .header("Authorization", "Basic " + login)
            .build(),
        BodyHandlers.ofString());
    return json.readTree(answer.body()).path("token").asText();
  }

  // What the API says

  private List<JsonNode> list() throws Exception {
    List<JsonNode> listed = new ArrayList<>();
    json.readTree(toApi("GET", versions + "?per_page=100").body()).forEach(listed::add);
    return listed;
  }

  private HttpResponse<String> toApi(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(place.api().resolve(path))
            .header("Authorization", "Bearer " + place.token())
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2026-03-10")
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private String statusOf(String method, String path) throws Exception {
    HttpResponse<String> answer = toApi(method, path);
    String message = answer.body().isEmpty()
        ? ""
        : " " + json.readTree(answer.body()).path("message").asText();
    return "HTTP " + answer.statusCode() + message;
  }

  private static List<String> tagsOf(List<JsonNode> listed, String digest) {
    List<String> tags = new ArrayList<>();
    listed.stream()
        .filter(version -> version.path("name").asText().equals(digest))
        .forEach(version -> version
            .path("metadata")
            .path("container")
            .path("tags")
            .forEach(tag -> tags.add(tag.asText())));
    return tags;
  }

  private long idOf(String digest) throws Exception {
    return Long.parseLong(field(digest, "id"));
  }

  private String field(String digest, String name) throws Exception {
    return list().stream()
        .filter(version -> version.path("name").asText().equals(digest))
        .map(version -> version.path(name).asText())
        .findFirst()
        .orElseThrow(() -> new IOException("no version " + digest));
  }

  private void await(Predicate<List<JsonNode>> condition) throws Exception {
    for (int i = 0; i < POLLS; i++) {
      if (condition.test(list())) {
        return;
      }
      pause.run();
    }
    throw new IOException("the list of versions does not show it after two minutes");
  }

  // What is said

  private void note(String point, String finding) {
    findings.put(point, finding);
  }

  private static String seconds(long sinceNanos) {
    return "%.1f".formatted((System.nanoTime() - sinceNanos) / 1e9);
  }

  /** What is tried. */
  private interface Attempt {
    String get() throws Exception;
  }

  private static String outcome(Attempt attempt) {
    try {
      return attempt.get();
    } catch (RegistryException | IOException e) {
      return "FAILED: " + e.getMessage();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
