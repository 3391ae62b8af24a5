package dev.registrykit.scaleway.internal;

import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.ScalewayNamespace;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Finds the names of namespaces by their identifiers, which is all that a listing of images tells.
 * Neither ever changes, so names are kept. Thread-safe.
 */
final class NamespaceNames {

  private final ScalewayApi api;
  private final Supplier<Iterable<ScalewayNamespace>> all;
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /**
   * Makes a finder.
   *
   * @param all lists every namespace
   */
  NamespaceNames(ScalewayApi api, Supplier<Iterable<ScalewayNamespace>> all) {
    this.api = api;
    this.all = all;
  }

  void keep(String id, String name) {
    names.put(id, name);
  }

  private void keep(ScalewayNamespace namespace) {
    keep(namespace.id(), namespace.name());
  }

  /** Makes the names of these namespaces known: one by one request, several by listing all. */
  void prepare(Set<String> ids, Intent intent) {
    Set<String> unknown = new HashSet<>(ids);
    unknown.removeAll(names.keySet());
    if (unknown.size() > 1) {
      all.get().forEach(this::keep);
      unknown.removeAll(names.keySet());
    }
    unknown.forEach(id -> lookUp(id, intent));
  }

  /** A namespace deleted since the images were listed takes them along. */
  private void lookUp(String id, Intent intent) {
    try {
      Intent lookUp = Intent.on(intent.description());
      keep(ScalewayMapper.namespace(api.getNamespace(lookUp, id), lookUp));
    } catch (NotFoundException e) {
      names.remove(id);
    }
  }

  /** Returns the name, or empty if the namespace is gone. */
  Optional<String> of(String id) {
    return Optional.ofNullable(names.get(id));
  }
}
