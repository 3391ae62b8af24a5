package dev.registrykit.scaleway.internal;

import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.ScalewayMapper;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names of namespaces by their identifiers, because a listing of images has only those.
 * Names never change, so they are kept. Thread-safe.
 */
final class NamespaceNames {

  private final ScalewayApi api;
  private final Supplier<Iterable<ScalewayNamespace>> all;
  private final LoadingCache<String, String> names = new LoadingCache<>(ImageIds.MAX_KEPT);

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

  /**
   * Returns the names of the namespaces that still exist; one unknown costs a request, several a listing
   * of all. A namespace that was deleted since is left out with its images, but only if the registry
   * itself says so: a stray 404 must not make images vanish.
   */
  Map<String, String> of(Set<String> ids, Operation operation) {
    Map<String, String> found = new HashMap<>();
    ids.forEach(id -> put(found, id, names.get(id)));
    if (ids.size() - found.size() > 1) {
      Map<String, String> listed = listAll();
      ids.forEach(id -> put(found, id, listed.get(id)));
    }
    ids.stream()
        .filter(id -> !found.containsKey(id))
        .forEach(id -> put(found, id, lookUp(id, operation)));
    return found;
  }

  private Map<String, String> listAll() {
    Map<String, String> listed = new HashMap<>();
    for (ScalewayNamespace namespace : all.get()) {
      keep(namespace.id(), namespace.name());
      listed.put(namespace.id(), namespace.name());
    }
    return listed;
  }

  private static void put(Map<String, String> found, String id, @Nullable String name) {
    if (name != null) {
      found.put(id, name);
    }
  }

  private @Nullable String lookUp(String id, Operation operation) {
    try {
      return names.get(id, () -> read(id, operation));
    } catch (NotFoundException e) {
      if (Absence.isProvedBy(e, Resource.NAMESPACE)) {
        return null;
      }
      return listAll().get(id); // fails if the address is wrong
    }
  }

  private String read(String id, Operation operation) {
    return ScalewayMapper.namespace(api.getNamespace(operation, id), operation).name();
  }
}
