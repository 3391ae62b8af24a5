package dev.registrykit.spi.support;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values by key, those used last within a bound, and loads each once however many threads ask for
 * it at the same time. A failure is never kept. Thread-safe. A loader does not ask for its own key.
 *
 * @since 0.1.0
 */
public final class LoadingCache<K, V> {

  private final Map<K, V> values;
  private final Map<K, CompletableFuture<V>> loading = new HashMap<>();
  private final Predicate<RuntimeException> isShared;

  /**
   * Makes a cache in which a thread that waited for another's value, which failed, loads it itself.
   *
   * @param maxEntries how many values it keeps
   */
  public LoadingCache(int maxEntries) {
    this(maxEntries, failure -> false);
  }

  /**
   * Makes a cache.
   *
   * @param maxEntries how many values it keeps
   * @param isShared which failures are also those of the threads that waited for the value; after any
   *     other they load it themselves
   */
  public LoadingCache(int maxEntries, Predicate<RuntimeException> isShared) {
    this.isShared = isShared;
    this.values = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > maxEntries;
      }
    };
  }

  /** Returns the value that is kept; null for none. */
  public synchronized @Nullable V get(K key) {
    return values.get(key);
  }

  /**
   * Returns the value that is kept, or else the one that the loader makes, which is kept then. While
   * another thread loads it, this one waits, as long as its own operation may take. After that, and after
   * an interrupt, it runs the loader itself, whose request then fails at once for that very reason.
   */
  public V get(K key, Supplier<V> loader) {
    return getOtherThan(null, key, loader);
  }

  /**
   * Returns a value other than this one, as {@link #get(Object, Supplier)} does: the one that another
   * thread has loaded since, or a new one.
   *
   * @param stale what is of no use any more; null for nothing
   */
  public V getOtherThan(@Nullable V stale, K key, Supplier<V> loader) {
    while (true) {
      CompletableFuture<V> mine = new CompletableFuture<>();
      CompletableFuture<V> others;
      synchronized (this) {
        V known = values.get(key);
        if (known != null && !known.equals(stale)) {
          return known;
        }
        others = loading.putIfAbsent(key, mine);
      }
      if (others == null) {
        return load(key, mine, loader);
      }
      if (!isDone(others)) {
        return loader.get();
      }
      RuntimeException failure = failureOf(others);
      if (failure != null && isShared.test(failure)) {
        throw failure;
      }
    }
  }

  private V load(K key, CompletableFuture<V> answer, Supplier<V> loader) {
    try {
      V value = loader.get();
      end(key, value);
      answer.complete(value);
      return value;
    } catch (Throwable e) { // a checked one too, by way of another language: others are waiting
      end(key, null);
      answer.completeExceptionally(e);
      throw e;
    }
  }

  private synchronized void end(K key, @Nullable V value) {
    loading.remove(key);
    if (value != null) {
      values.put(key, value);
    }
  }

  /** Waits for another thread, and returns whether that is over. */
  private static boolean isDone(CompletableFuture<?> others) {
    try {
      Optional<Duration> limit = OperationContext.left();
      if (limit.isPresent()) {
        others.get(limit.get().toNanos(), TimeUnit.NANOSECONDS);
      } else {
        others.get();
      }
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the loader's own request ends at once by it
      return false;
    }
  }

  /** Returns why another thread, which is done, has no value; null if it has one. */
  private static @Nullable RuntimeException failureOf(CompletableFuture<?> done) {
    return done.handle((value, failure) -> failure instanceof RuntimeException e ? e : null)
        .join();
  }

  /** Keeps a value. */
  public synchronized void put(K key, V value) {
    values.put(key, value);
  }

  /** Forgets a value. */
  public synchronized void remove(K key) {
    values.remove(key);
  }

  /** Forgets a value if it is still this one. */
  public synchronized void remove(K key, V value) {
    values.remove(key, value);
  }

  /** Forgets the values of all such keys. */
  public synchronized void removeIf(Predicate<K> keys) {
    values.keySet().removeIf(keys);
  }

  /** Returns how many values are kept. */
  public synchronized int size() {
    return values.size();
  }
}
