package dev.registrykit.oci.internal;

import dev.registrykit.spi.support.OperationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was loaded, the latest within a bound, and loads it once however many threads ask
 * for it at the same time. A failure is not remembered. Thread-safe.
 */
public final class OncePerKey<K, V> {

  private final Map<K, V> loaded;
  private final Map<K, Loading> loading = new HashMap<>();

  public OncePerKey(int bound) {
    this.loaded = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
      }
    };
  }

  private static final class Loading {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }

  /**
   * Returns what is known, or what the supplier returns. Waits for another thread that loads it, but no
   * longer than the operation of this one may take; that no time is left is then for the supplier to
   * say, as an interrupt is.
   */
  public V get(K key, Supplier<V> supplier) {
    V known = get(key);
    if (known != null) {
      return known;
    }
    Loading mine = begin(key);
    boolean isLocked = lock(mine);
    try {
      known = get(key);
      if (known == null) {
        known = supplier.get();
        put(key, known);
      }
      return known;
    } finally {
      if (isLocked) {
        mine.lock.unlock();
      }
      end(key, mine);
    }
  }

  private static boolean lock(Loading loading) {
    try {
      Optional<Duration> limit = OperationContext.left();
      if (limit.isPresent()) {
        return loading.lock.tryLock(limit.get().toNanos(), TimeUnit.NANOSECONDS);
      }
      loading.lock.lockInterruptibly();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the supplier's own request ends at once by it
      return false;
    }
  }

  private synchronized @Nullable V get(K key) {
    return loaded.get(key);
  }

  private synchronized void put(K key, V value) {
    loaded.put(key, value);
  }

  private synchronized Loading begin(K key) {
    Loading found = loading.computeIfAbsent(key, k -> new Loading());
    found.users++;
    return found;
  }

  private synchronized void end(K key, Loading ended) {
    ended.users--;
    if (ended.users == 0) {
      loading.remove(key, ended);
    }
  }
}
