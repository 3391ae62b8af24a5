package dev.registrykit.oci.internal.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps so many values and drops the one that was not used for longest. Thread-safe. */
final class RecentlyUsed<K, V> {

  private final LinkedHashMap<K, V> values;

  RecentlyUsed(int most) {
    this.values = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  synchronized @Nullable V get(K key) {
    return values.get(key);
  }

  synchronized V get(K key, Supplier<V> otherwise) {
    return values.computeIfAbsent(key, k -> otherwise.get());
  }

  synchronized void put(K key, V value) {
    values.put(key, value);
  }

  synchronized void remove(K key) {
    values.remove(key);
  }

  synchronized int size() {
    return values.size();
  }
}
