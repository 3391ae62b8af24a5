package dev.registrykit.internal;

import dev.registrykit.spi.support.TimeSource;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests on the caller's thread, and sees to it that each comes to an end: at its
 * deadline, at an interrupt, or when the registry is closed. Thread-safe.
 *
 * <p>{@link HttpClient#send} needs no thread but the caller's and the client's own; {@code sendAsync}
 * completes on the common pool, which the application may have filled.
 */
public final class Sender {

  /** The JDK's own time-out ends the wait for headers. If it does not, an interrupt does after this. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final ClientSource clients;
  private final Turns turns = new Turns();
  private final Set<Interruption> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /** Makes one that sends through these clients. */
  public Sender(ClientSource clients) {
    this.clients = clients;
  }

  /**
   * Returns the complete answer, or what came of an error's.
   *
   * @param request with a time-out, which is how long it may take with the last byte of the body
   * @throws HttpTimeoutException if it took longer
   * @throws ClosedException if the registry was closed before or meanwhile
   * @throws InterruptedException if the caller's thread was interrupted by others than this class
   * @throws IOException if the connection failed, or what came is no HTTP
   */
  public Answer send(HttpRequest request, long maxBytes) throws IOException, InterruptedException {
    Duration limit = request.timeout().orElseThrow();
    if (Thread.interrupted()) {
      throw new InterruptedBeforeException();
    }
    if (limit.isZero()) {
      throw new HttpConnectTimeoutException("no time was left"); // which says: nothing was sent
    }
    Sending sending = new Sending(request, limit, maxBytes);
    ClientSource.Lease lease = clients.lease();
    boolean mayHaveLeaked = false;
    try {
      return sending.through(lease.client());
    } catch (ProtocolException e) {
      mayHaveLeaked = true;
      throw e;
    } finally {
      lease.release(mayHaveLeaked);
    }
  }

  /** Returns the same time, but no wait goes on beyond the closing of the registry. */
  public TimeSource endingSleepsOf(TimeSource time) {
    return new EndingSleeps(time);
  }

  /**
   * Returns the client, which is made if there is none yet.
   *
   * @throws ClosedException if the registry was closed
   * @throws java.net.ConnectException if none can be made
   */
  public HttpClient client() throws IOException {
    ClientSource.Lease lease = clients.lease();
    lease.release(false);
    return lease.client();
  }

  /** Returns whether nothing is sent any more. */
  public boolean isClosed() {
    return isClosed;
  }

  /** Ends all that is under way, without waiting for it, and sends nothing any more. */
  public void close() {
    isClosed = true;
    underWay.forEach(Interruption::send);
    clients.close();
  }

  /** The caller's thread was interrupted already, so that nothing was sent. */
  public static final class InterruptedBeforeException extends InterruptedException {
    private static final long serialVersionUID = 1L;
  }

  private final class EndingSleeps implements TimeSource {

    private final TimeSource time;

    private EndingSleeps(TimeSource time) {
      this.time = time;
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public double jitter() {
      return time.jitter();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Interruption interruption = new Interruption();
      boolean wasInterrupted = false;
      underWay.add(interruption);
      try {
        if (!isClosed) {
          time.sleep(duration);
        }
      } catch (InterruptedException e) {
        wasInterrupted = true;
        if (!interruption.wasSent()) {
          throw e;
        }
      } finally {
        underWay.remove(interruption);
        interruption.end(wasInterrupted);
      }
    }
  }

  /** One request on its way. */
  private final class Sending implements Watchdog.Watched {

    private final Interruption interruption = new Interruption();
    private final HttpRequest request;
    private final Duration limit;
    private final BoundedBody.Handler bodies;
    private volatile long dueNanos;
    private volatile boolean isLate;

    private Sending(HttpRequest request, Duration limit, long maxBytes) {
      this.request = request;
      this.limit = limit;
      this.bodies = new BoundedBody.Handler(maxBytes);
      this.dueNanos = System.nanoTime() + limit.toNanos();
    }

    private Answer through(HttpClient client) throws IOException, InterruptedException {
      boolean wasInterrupted = false;
      underWay.add(interruption);
      Watchdog.SHARED.add(this);
      try {
        if (isClosed) {
          throw new ClosedException(false);
        }
        HttpResponse<byte[]> answer = turns.send(client, request, bodies, dueNanos);
        return new Answer(
            answer.statusCode(), answer.headers(), answer.body(), bodies.isBrokenOff());
      } catch (AssertionError e) {
        if (!isOfTheClient(e)) {
          throw e;
        }
        return whatCame(malformed("a check of the JDK's client failed", e));
      } catch (Exception e) {
        wasInterrupted = e instanceof InterruptedException;
        return whatCame(e);
      } finally {
        Watchdog.SHARED.remove(this);
        underWay.remove(interruption);
        interruption.end(wasInterrupted);
      }
    }

    @Override
    public long dueNanos() {
      return dueNanos;
    }

    @Override
    public void onDue() {
      if (isLate) {
        interruption.send();
        return;
      }
      isLate = true;
      bodies.end(timeout());
      dueNanos = System.nanoTime() + GRACE_NANOS;
      Watchdog.SHARED.add(this);
    }

    private HttpTimeoutException timeout() {
      return new HttpTimeoutException("no complete answer within " + limit.toMillis() + " ms");
    }

    /**
     * Decides by what ended the request. Once an error's status has come, it says more than that its
     * body did not come whole; on Java 17 that is sometimes told of the answer as well as of the body.
     */
    private Answer whatCame(Exception e) throws IOException, InterruptedException {
      if (e instanceof InterruptedException interrupt && !interruption.wasSent()) {
        throw interrupt;
      }
      if (isClosed) {
        throw e instanceof ClosedException closed ? closed : new ClosedException(true);
      }
      IOException failure = asIOException(e);
      if (failure instanceof ProtocolException) {
        throw failure;
      }
      Optional<Answer> begun = bodies.errorSoFar();
      if (begun.isPresent()) {
        return begun.get();
      }
      throw failure;
    }

    private IOException asIOException(Exception e) {
      if (e instanceof HttpConnectTimeoutException unconnected) {
        return unconnected;
      }
      boolean isLate = interruption.wasSent() || e instanceof HttpTimeoutException;
      return isLate ? timeout() : Sender.asIOException(e);
    }
  }

  /**
   * The JDK wraps what it does not expect, or lets it through as it is: numbers in headers that are
   * none, for example.
   */
  private static IOException asIOException(Exception e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error && !isOfTheClient(error)) {
      throw error;
    }
    if (cause instanceof BoundedBody.TooLargeException tooLarge) {
      return tooLarge;
    }
    boolean isWrapped = e.getClass() == IOException.class && cause instanceof RuntimeException;
    if (e instanceof IOException io && !isWrapped) {
      return io;
    }
    return malformed(e.getMessage(), e);
  }

  private static ProtocolException malformed(@Nullable String why, Throwable cause) {
    ProtocolException malformed = new ProtocolException("the answer cannot be read: " + why);
    malformed.initCause(cause);
    return malformed;
  }

  /** Where assertions are on for all of Java, some answers end in one of the JDK's. */
  private static boolean isOfTheClient(Error e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e instanceof AssertionError
        && trace.length > 0
        && trace[0].getClassName().startsWith("jdk.internal.net.http.");
  }
}
