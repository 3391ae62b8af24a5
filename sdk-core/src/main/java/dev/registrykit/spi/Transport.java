package dev.registrykit.spi;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The way of every request: credentials, deadlines that cover the body, retries, redirects followed
 * with care, size limits, logging and the listener. One per registry; thread-safe.
 */
public final class Transport implements AutoCloseable {

  private final HttpOptions options;
  private final TimeSource time;
  private final HttpClient http;
  private final boolean ownsClient;
  private final Retries retries;
  private final Exchanges exchanges;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes a transport.
   *
   * @param baseUrl where the registry is: its origin alone gets the credentials
   * @param product how the provider module names itself in {@code User-Agent}
   */
  public Transport(
      URI baseUrl, HttpOptions options, Credentials credentials, String product, TimeSource time) {
    this.options = Objects.requireNonNull(options, "options");
    this.time = time;
    this.ownsClient = options.httpClient().isEmpty();
    this.http = options.httpClient().orElseGet(() -> newClient(options));
    this.retries = new Retries(options.retryPolicy(), time);
    String userAgent =
        product + options.applicationName().map(name -> " " + name).orElse("");
    this.exchanges = new Exchanges(http, baseUrl, options, credentials, userAgent, time);
  }

  private Transport(Transport owner, Exchanges exchanges) {
    this.options = owner.options;
    this.time = owner.time;
    this.http = owner.http;
    this.ownsClient = false;
    this.retries = owner.retries;
    this.exchanges = exchanges;
  }

  /**
   * Returns a transport of the same client and options that proves nothing of itself, for what
   * {@link Credentials} have to ask for. It ends with this one, whose client it uses.
   */
  public Transport withoutCredentials() {
    return new Transport(this, exchanges.with(Credentials.none()));
  }

  /**
   * A direct executor spares two changes of thread a request; bodies are gathered as bytes, so
   * nothing of ours blocks on it. Its price: host names and proxies are resolved on the caller's
   * thread, which no deadline can end.
   */
  private static HttpClient newClient(HttpOptions options) {
    return HttpClient.newBuilder()
        .connectTimeout(options.connectTimeout())
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(Runnable::run)
        .build();
  }

  /** Returns the options the transport was made with. */
  public HttpOptions options() {
    return options;
  }

  /**
   * Sends a request and returns its answer of status 2xx.
   *
   * @throws RegistryServiceException as the call's {@link ErrorMapper} makes it, for any other
   *     status
   * @throws RegistryTimeoutException if a deadline passed
   * @throws RegistryIOException if the connection failed or the thread was interrupted
   * @throws InvalidResponseException if the answer was too large or not as its headers say
   */
  public TransportResponse send(Call call, HttpRequest request) {
    requireOpen();
    Duration limit = Objects.requireNonNullElse(call.limit(), options.callTimeout());
    boolean isShorter = limit.compareTo(options.callTimeout()) < 0;
    return retries.run(call, request, isShorter ? limit : options.callTimeout(), exchanges);
  }

  /**
   * Returns a view of this transport as the JDK's client, for one call of generated code: what it
   * sends goes through {@link #send(Call, HttpRequest)}, and failures come out as {@link
   * RegistryException}s.
   */
  public HttpClient clientFor(Call call) {
    return new CallHttpClient(this, http, call);
  }

  /**
   * Does work as one operation of a caller's: all that it sends, with the waits between, has {@link
   * HttpOptions#operationTimeout()}. Within another operation it is a part of that one.
   */
  public <T> T operation(Supplier<T> work) {
    return OperationContext.within(options.operationTimeout(), time, work);
  }

  /** Does such work that brings no result. */
  public void operation(Runnable work) {
    operation(() -> {
      work.run();
      return true;
    });
  }

  /**
   * Refuses to go on after {@link #close()}.
   *
   * @throws IllegalStateException if closed
   */
  public void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this registry is closed");
    }
  }

  /** Closes the HTTP client if it is not the caller's. May be repeated. */
  @Override
  public void close() {
    if (!closed.getAndSet(true) && ownsClient && http instanceof AutoCloseable closeable) {
      closeNow(closeable);
    }
  }

  /** The JDK's client can be closed from Java 21 on; before, its threads end with the last use. */
  private static void closeNow(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing the HTTP client failed", e);
    }
  }
}
