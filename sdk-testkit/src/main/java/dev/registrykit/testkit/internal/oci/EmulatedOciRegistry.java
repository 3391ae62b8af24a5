package dev.registrykit.testkit.internal.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.EmulatedService;
import dev.registrykit.testkit.internal.oci.access.Access;
import dev.registrykit.testkit.internal.oci.access.AccessRules;
import dev.registrykit.testkit.internal.oci.kind.Behaviour;
import dev.registrykit.testkit.internal.oci.state.Images;
import dev.registrykit.testkit.internal.oci.state.Images.Format;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.state.Switches;
import dev.registrykit.testkit.internal.oci.state.TagTable;
import dev.registrykit.testkit.internal.oci.wire.MediaTypes;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The whole emulated registry without its HTTP server. Thread-safe: one lock around everything. */
public final class EmulatedOciRegistry implements EmulatedService {
  public static final String TOKEN_PATH = Access.TOKEN_PATH;
  public static final int MAX_GENERATED = TagTable.MAX_GENERATED;

  private static final String GENERATED = "generated";

  private final Behaviour first;
  private RegistryState state;
  private AccessRules rules = new AccessRules();
  private OciApi api;

  public EmulatedOciRegistry(Behaviour first) {
    this.first = first;
    this.state = new RegistryState(first);
    this.api = new OciApi(state, rules);
  }

  /** Back to the state of a new registry, of the kind it was at first. */
  public synchronized void reset() {
    state = new RegistryState(first);
    rules = new AccessRules();
    api = new OciApi(state, rules);
  }

  @Override
  public synchronized ApiAnswer handle(ApiRequest request) {
    return api.handle(request);
  }

  @Override
  public Map<String, String> nextHeaders() {
    return Map.of();
  }

  public synchronized void become(Behaviour behaviour) {
    state.become(behaviour);
  }

  public synchronized void change(Consumer<Switches> change) {
    change.accept(state.switches);
  }

  public synchronized void guard(Consumer<AccessRules> change) {
    change.accept(rules);
  }

  /** Does something with all that is there, for a service that shows the same content in another way. */
  public synchronized <T> T with(Function<RegistryState, T> work) {
    return work.apply(state);
  }

  public synchronized long tokenRequests() {
    return rules.tokenRequests;
  }

  public synchronized String pushImage(
      String name,
      @Nullable String tag,
      String content,
      @Nullable Instant createdAt,
      Map<String, String> annotations) {
    return pushImage(Format.OCI, name, tag, content, createdAt, annotations).digest();
  }

  public synchronized String pushDockerImage(
      String name, @Nullable String tag, String content, @Nullable Instant createdAt) {
    return pushImage(Format.DOCKER, name, tag, content, createdAt, Map.of()).digest();
  }

  public synchronized String pushIndex(String name, @Nullable String tag, List<String> children) {
    return pushList(MediaTypes.OCI_INDEX, name, tag, children);
  }

  public synchronized String pushDockerList(
      String name, @Nullable String tag, List<String> children) {
    return pushList(MediaTypes.DOCKER_LIST, name, tag, children);
  }

  public synchronized String putManifest(
      String name, @Nullable String tag, String mediaType, byte[] bytes) {
    ObjectNode json = WireJson.parse(bytes).orElseGet(WireJson::object);
    ManifestRow row = new ManifestRow(mediaType, bytes, json, state.clock.tick());
    state.repositoryOrNew(name).assumedParts.addAll(row.parts());
    return put(name, tag, row).digest();
  }

  public synchronized String putBlob(String name, byte[] bytes) {
    String digest = Digests.of(bytes);
    state.repositoryOrNew(name).blobs.put(digest, bytes);
    return digest;
  }

  public synchronized void addTags(String name, int count) {
    TagTable tags = state.repositoryOrNew(name).tags;
    if (tags.generatedSoFar() + (long) count > MAX_GENERATED) {
      throw new IllegalArgumentException("more than 1,000,000 generated tags in " + name);
    }
    Instant createdAt = Instant.EPOCH;
    ManifestRow target = pushImage(Format.OCI, name, null, GENERATED, createdAt, Map.of());
    tags.generate(count, target);
    state.repositoryOrNew(name).everTagged = true;
  }

  public synchronized void moveTag(String name, String tag, String digest) {
    RepositoryRow repository = known(name);
    ManifestRow row = repository.manifests.get(digest);
    if (row == null) {
      throw new IllegalArgumentException("no manifest " + digest + " in " + name);
    }
    repository.tag(tag, row);
  }

  public synchronized void removeTag(String name, String tag) {
    known(name).tags.remove(tag);
  }

  public synchronized void setImmutable(String name, String tag) {
    if (!state.behaviour().hasImmutableTags()) {
      throw new IllegalStateException("this kind of registry has no immutable tags");
    }
    known(name).immutableTags.add(tag);
  }

  public synchronized List<String> repositories() {
    return state.repositories().stream().map(repository -> repository.name).toList();
  }

  public synchronized Map<String, String> tags(String name) {
    return inside(name, Map.of(), repository -> {
      Map<String, String> digests = new TreeMap<>();
      for (String tag : repository.tags.names()) {
        Optional.ofNullable(repository.tags.get(tag))
            .ifPresent(row -> digests.put(tag, row.digest()));
      }
      return digests;
    });
  }

  public synchronized List<String> tagNames(String name) {
    return inside(name, List.of(), repository -> repository.tags.names());
  }

  public synchronized List<String> manifests(String name) {
    return inside(name, List.of(), repository -> List.copyOf(repository.manifests.keySet()));
  }

  public synchronized List<String> blobs(String name) {
    return inside(name, List.of(), repository -> List.copyOf(repository.blobs.keySet()));
  }

  public synchronized Optional<byte[]> manifestBytes(String name, String reference) {
    return inside(
        name,
        Optional.empty(),
        repository -> Optional.ofNullable(repository.find(reference))
            .map(row -> row.bytes().clone()));
  }

  private ManifestRow pushImage(
      Format format,
      String name,
      @Nullable String tag,
      String content,
      @Nullable Instant createdAt,
      Map<String, String> annotations) {
    byte[] layer = Images.layer(content);
    byte[] config = Images.config(content, createdAt);
    putBlob(name, layer);
    putBlob(name, config);
    byte[] bytes = Images.manifest(format, config, layer, annotations);
    ObjectNode json = WireJson.parse(bytes).orElseThrow();
    return put(name, tag, new ManifestRow(format.manifest(), bytes, json, state.clock.tick()));
  }

  private String pushList(
      String mediaType, String name, @Nullable String tag, List<String> children) {
    List<ManifestRow> rows = new ArrayList<>();
    for (String child : children) {
      ManifestRow row = known(name).manifests.get(child);
      if (row == null) {
        throw new IllegalArgumentException("no manifest " + child + " in " + name);
      }
      rows.add(row);
    }
    return putManifest(name, tag, mediaType, Images.index(mediaType, rows));
  }

  private ManifestRow put(String name, @Nullable String tag, ManifestRow row) {
    RepositoryRow repository = state.repositoryOrNew(name);
    ManifestRow kept = repository.manifests.computeIfAbsent(row.digest(), digest -> row);
    if (tag != null) {
      repository.tag(tag, kept);
    }
    return kept;
  }

  private RepositoryRow known(String name) {
    RepositoryRow repository = state.repository(name);
    if (repository == null) {
      throw new IllegalArgumentException("no repository " + name);
    }
    return repository;
  }

  private <T> T inside(String name, T otherwise, Function<RepositoryRow, T> read) {
    RepositoryRow repository = state.repository(name);
    return repository == null ? otherwise : read.apply(repository);
  }
}
