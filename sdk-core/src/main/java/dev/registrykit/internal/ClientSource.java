package dev.registrykit.internal;

import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client that a registry's requests go through: the caller's, or one of our own that is made with
 * the first request. Thread-safe.
 *
 * <p>From Java 21 on a client can be closed, so each registry has its own. Before, a client's threads
 * and connections stay until a garbage collection finds that nobody holds it; there, all registries
 * of the same connect time-out share one, and let go of it when they are closed.
 *
 * <p>The JDK's client, up to 25 at least, forgets to close a connection when what came is no HTTP: a
 * malformed status line or header, a Content-Length that is no number, more than 8 interim answers
 * (1xx). The connection stays until the client is closed, even if the server ends it. From Java 21 on
 * a client of our own is therefore replaced after such an answer, and closed as soon as the other
 * requests through it are over. Before, and on a client of the caller's, nothing can be done about it
 * by means that are public: not even a collection of the client closes the connection.
 */
public final class ClientSource {

  /** {@code HttpClient.shutdownNow()}, or null before Java 21. */
  private static final @Nullable MethodHandle SHUTDOWN_NOW = shutdownNowMethod();

  private static final Map<Duration, WeakReference<HttpClient>> SHARED = new HashMap<>();

  private final @Nullable HttpClient callers;
  private final Duration connectTimeout;

  /** Ends a client with all that goes through it; null where no client can be closed. */
  private final @Nullable Consumer<HttpClient> closing;

  private @Nullable Lease current;
  private boolean isClosed;

  /** Makes a source by these options. */
  public ClientSource(HttpOptions options) {
    this(options, SHUTDOWN_NOW == null ? null : ClientSource::shutdownNow);
  }

  ClientSource(HttpOptions options, @Nullable Consumer<HttpClient> closing) {
    this.callers = options.httpClient().orElse(null);
    this.connectTimeout = options.connectTimeout();
    this.closing = closing;
  }

  /** A client with the number of requests that are going through it. Guarded by its source. */
  final class Lease {

    private final HttpClient client;
    private int users;

    private Lease(HttpClient client) {
      this.client = client;
    }

    HttpClient client() {
      return client;
    }

    /** Gives the client back after a request, which may have left a connection that hangs. */
    void release(boolean mayHaveLeaked) {
      synchronized (ClientSource.this) {
        users--;
        if (mayHaveLeaked && canBeClosed(client) && current == this) {
          current = null;
        }
        if (users == 0 && current != this) {
          shutdown(this);
        }
      }
    }
  }

  /**
   * Returns the client for a request, to be given back after it.
   *
   * @throws ConnectException if there is none and none can be made, so that nothing was sent
   * @throws ClosedException if the registry was closed
   */
  synchronized Lease lease() throws IOException {
    if (isClosed) {
      throw new ClosedException(false);
    }
    if (current == null) {
      current = new Lease(callers != null ? callers : make());
    }
    current.users++;
    return current;
  }

  /** Ends what goes through a client of this registry's own, which is possible from Java 21 on. */
  synchronized void close() {
    isClosed = true;
    if (current != null) {
      shutdown(current);
      current = null;
    }
  }

  private boolean canBeClosed(HttpClient client) {
    return closing != null && client != callers;
  }

  private void shutdown(Lease lease) {
    if (closing != null && lease.client != callers) {
      closing.accept(lease.client);
    }
  }

  private static void shutdownNow(HttpClient client) {
    try {
      Objects.requireNonNull(SHUTDOWN_NOW).invoke(client);
    } catch (Throwable e) {
      throw new IllegalStateException("closing the HTTP client failed", e);
    }
  }

  private HttpClient make() throws ConnectException {
    try {
      return closing == null ? shared(connectTimeout) : newClient(connectTimeout);
    } catch (UncheckedIOException | InternalError e) { // the latter on Java 17
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
      ConnectException failure =
          new ConnectException("no HTTP client can be made: " + e.getCause().getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private static HttpClient shared(Duration connectTimeout) {
    synchronized (SHARED) {
      WeakReference<HttpClient> held = SHARED.get(connectTimeout);
      HttpClient client = held == null ? null : held.get();
      if (client == null) {
        client = newClient(connectTimeout);
        SHARED.values().removeIf(reference -> reference.get() == null);
        SHARED.put(connectTimeout, new WeakReference<>(client));
      }
      return client;
    }
  }

  /**
   * A direct executor spares two changes of thread a request; bodies are gathered as bytes, so
   * nothing of ours blocks on it. Its price: host names and proxies are resolved on the caller's
   * thread, which no deadline can end.
   */
  private static HttpClient newClient(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .connectTimeout(connectTimeout)
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(Runnable::run)
        .build();
  }

  private static @Nullable MethodHandle shutdownNowMethod() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
