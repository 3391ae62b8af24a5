package dev.registrykit.spi.transport;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.internal.ClientSource;
import dev.registrykit.internal.Sender;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The way of every request: credentials, deadlines that cover the body, retries, redirects followed
 * with care, size limits, logging and the listener. One per registry; thread-safe.
 *
 * @since 0.1.0
 */
public final class Transport implements AutoCloseable {

  private final HttpOptions options;
  private final TimeSource time;
  private final Sender sender;
  private final Retries retries;
  private final Exchanges exchanges;

  /** Makes a transport without credentials. */
  public Transport(ServiceTraits service, HttpOptions options, TimeSource time) {
    this.options = Objects.requireNonNull(options, "options");
    this.time = time;
    this.sender = new Sender(new ClientSource(options));
    this.retries = new Retries(service, options.retryPolicy(), sender.endingSleepsOf(time));
    this.exchanges = new Exchanges(sender, service, options, Credentials.none(), time);
  }

  private Transport(Transport other, Exchanges exchanges) {
    this.options = other.options;
    this.time = other.time;
    this.sender = other.sender;
    this.retries = other.retries;
    this.exchanges = exchanges;
  }

  /**
   * Returns a view of this transport that sends with these credentials: through the same client, with the
   * same options, and closed if either is. Credentials that have to send requests themselves, such as one
   * for a token, are given this transport, without credentials, when they are made.
   */
  public Transport with(Credentials credentials) {
    return new Transport(this, exchanges.with(Objects.requireNonNull(credentials, "credentials")));
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
   * @throws RegistryIOException if the connection failed, or the registry was closed meanwhile
   * @throws RegistryInterruptedException if the thread was interrupted
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
    return new CallHttpClient(request -> send(call, request), this::client);
  }

  /**
   * Does work as one operation of a caller's: all that it sends, with the waits between, has {@link
   * HttpOptions#operationTimeout()}. Within another operation it is a part of that one.
   *
   * @throws IllegalStateException if closed
   */
  public <T> T operation(Supplier<T> work) {
    requireOpen();
    return OperationContext.within(options.operationTimeout(), time, work);
  }

  /**
   * Does such work that brings no result.
   *
   * @throws IllegalStateException if closed
   */
  public void operation(Runnable work) {
    operation(() -> {
      work.run();
      return true;
    });
  }

  /**
   * Refuses to go on after {@link #close()}, as every operation and every request does by itself.
   *
   * @throws IllegalStateException if closed
   */
  public void requireOpen() {
    if (sender.isClosed()) {
      throw new IllegalStateException("this registry is closed");
    }
  }

  /** Returns the client that requests go through, to ask for its settings. */
  private HttpClient client() {
    try {
      return sender.client();
    } catch (IOException e) {
      throw new RegistryIOException(
          Operation.on("make an HTTP client").details(String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * Ends the calls that are under way and refuses all others. May be repeated.
   *
   * <p>A call under way ends at once, on its own thread, as a {@link RegistryIOException} that says so;
   * a thread that is resolving a host name notices only when the system has answered. This method
   * waits for none of them: who closes a registry wants an end, and an answer may be minutes away.
   *
   * <p>From Java 21 on this closes every connection. Before, the JDK has no means to: idle connections
   * stay until the server or the JDK's keep-alive time-out closes them, or a garbage collection finds
   * that no registry is open any more. A client of the caller's is not closed, though the calls that
   * go through it end too.
   */
  @Override
  public void close() {
    sender.close();
  }
}
