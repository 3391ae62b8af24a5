package dev.registrykit.testkit.internal.github;

import dev.registrykit.testkit.internal.github.VersionRow.View;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** A package: a repository of the registry as the REST API knows it, and what it knew of it before. */
final class PackageRow {
  final long id;
  final RepositoryRow repository;
  final Instant createdAt;
  final Map<String, VersionRow> versions = new LinkedHashMap<>();
  final List<VersionRow> deleted = new ArrayList<>();
  boolean isPublic;

  private final List<Snapshot> history = new ArrayList<>();

  private record Snapshot(Instant since, List<View> versions) {}

  PackageRow(long id, RepositoryRow repository, Instant createdAt) {
    this.id = id;
    this.repository = repository;
    this.createdAt = createdAt;
  }

  String path() {
    return repository.name;
  }

  String owner() {
    return path().substring(0, path().indexOf('/'));
  }

  String name() {
    return path().substring(path().indexOf('/') + 1);
  }

  /** Gives each new manifest a version, and remembers how the list looks from now on. */
  void update(LongSupplier ids, Instant now) {
    for (ManifestRow manifest : repository.manifests.values()) {
      versions.computeIfAbsent(
          manifest.digest(), digest -> new VersionRow(ids.getAsLong(), manifest));
    }
    versions.keySet().retainAll(repository.manifests.keySet());
    List<View> live = live();
    if (history.isEmpty() || !history.get(history.size() - 1).versions().equals(live)) {
      history.add(new Snapshot(now, live));
    }
  }

  /** Forgets how the list looked before. */
  void forgetHistory() {
    List<View> live = live();
    history.clear();
    history.add(new Snapshot(Instant.MIN, live));
  }

  /** The versions as they were at that moment, and nothing if the package was not there yet. */
  List<View> listedAt(Instant moment) {
    List<View> listed = List.of();
    for (Snapshot snapshot : history) {
      if (!snapshot.since().isAfter(moment)) {
        listed = snapshot.versions();
      }
    }
    return listed;
  }

  List<View> live() {
    Map<String, List<String>> tags = tagsByDigest();
    return versions.values().stream()
        .map(version -> version.shown(tags.getOrDefault(version.digest(), List.of())))
        .toList();
  }

  List<String> tagsOf(VersionRow version) {
    return tagsByDigest().getOrDefault(version.digest(), List.of());
  }

  private Map<String, List<String>> tagsByDigest() {
    Map<String, List<String>> tags = new HashMap<>();
    for (String tag : repository.tags.names()) {
      ManifestRow manifest = repository.tags.get(tag);
      if (manifest != null) {
        tags.computeIfAbsent(manifest.digest(), digest -> new ArrayList<>()).add(tag);
      }
    }
    return tags;
  }
}
