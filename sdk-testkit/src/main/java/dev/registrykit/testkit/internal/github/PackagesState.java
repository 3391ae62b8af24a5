package dev.registrykit.testkit.internal.github;

import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The accounts and packages, on the repositories of the registry. */
final class PackagesState {
  private static final long FIRST_ID = 1_259_730_000L;

  final Map<String, Boolean> organizations = new TreeMap<>();

  private final Settings settings;
  private final Map<String, PackageRow> packages = new TreeMap<>();
  private final Map<String, PackageRow> deleted = new HashMap<>();
  private long nextId = FIRST_ID;

  PackagesState(Settings settings) {
    this.settings = settings;
  }

  private long nextId() {
    return nextId++;
  }

  /** Looks what the registry has now. */
  void update(RegistryState registry) {
    Instant now = settings.clock.instant();
    for (RepositoryRow repository : registry.repositories()) {
      boolean isPackage = repository.name.indexOf('/') > 0 && !repository.manifests.isEmpty();
      if (isPackage) {
        organizations.putIfAbsent(repository.name.substring(0, repository.name.indexOf('/')), true);
        packages
            .computeIfAbsent(
                repository.name,
                name -> new PackageRow(nextId(), repository, firstUpload(repository)))
            .update(this::nextId, now);
      }
    }
    packages.values().removeIf(row -> row.repository.manifests.isEmpty());
  }

  private static Instant firstUpload(RepositoryRow repository) {
    return repository.manifests.values().iterator().next().uploadedAt();
  }

  void forgetHistory() {
    packages.values().forEach(PackageRow::forgetHistory);
  }

  Optional<PackageRow> find(String path) {
    return Optional.ofNullable(packages.get(path));
  }

  List<PackageRow> of(String owner) {
    return packages.values().stream().filter(row -> row.owner().equals(owner)).toList();
  }

  @Nullable
  Boolean isOrganization(String login) {
    return organizations.get(login.toLowerCase(Locale.ROOT));
  }

  // Deleting and restoring

  void delete(PackageRow row) {
    Map<String, String> tags = new HashMap<>();
    for (VersionRow version : row.versions.values()) {
      version.tagsAtDeletion = row.tagsOf(version);
      version.tagsAtDeletion.forEach(tag -> tags.put(tag, version.digest()));
    }
    tags.keySet().forEach(row.repository.tags::remove);
    row.repository.manifests.clear();
    packages.remove(row.path());
    deleted.put(row.path(), row);
  }

  boolean restore(String path) {
    PackageRow row = deleted.get(path);
    if (row == null || packages.containsKey(path)) {
      return false;
    }
    deleted.remove(path);
    for (VersionRow version : row.versions.values()) {
      putBack(row, version);
    }
    packages.put(path, row);
    return true;
  }

  void delete(PackageRow row, VersionRow version) {
    version.tagsAtDeletion = row.tagsOf(version);
    version.deletedAt = settings.clock.instant();
    row.versions.remove(version.digest());
    row.deleted.add(version);
    RepositoryRow repository = row.repository;
    repository.remove(settings.deletionReads, () -> remove(repository, version));
  }

  /** A tag that was moved in the meantime stays. */
  private static void remove(RepositoryRow repository, VersionRow version) {
    repository.manifests.remove(version.digest());
    for (String tag : version.tagsAtDeletion) {
      if (repository.tags.get(tag) == version.manifest) {
        repository.tags.remove(tag);
      }
    }
  }

  void restore(PackageRow row, VersionRow version) {
    row.deleted.remove(version);
    version.deletedAt = null;
    row.versions.put(version.digest(), version);
    putBack(row, version);
  }

  private void putBack(PackageRow row, VersionRow version) {
    ManifestRow manifest = version.manifest;
    row.repository.manifests.put(version.digest(), manifest);
    if (settings.restoreBringsTags) {
      version.tagsAtDeletion.stream()
          .filter(tag -> row.repository.tags.get(tag) == null)
          .forEach(tag -> row.repository.tag(tag, manifest));
    }
  }
}
