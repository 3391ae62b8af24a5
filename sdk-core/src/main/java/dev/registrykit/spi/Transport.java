package dev.registrykit.spi;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The way of every request: credentials, deadlines that cover the body, retries, redirects followed
 * with care, size limits, logging and the listener. One per registry; thread-safe.
 */
public final class Transport implements AutoCloseable {

  private final HttpOptions options;
  private final TimeSource time;
  private final Sender sender;
  private final boolean ownsSender;
  private final Retries retries;
  private final Exchanges exchanges;
  private volatile boolean isClosed;

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
    this.sender = new Sender(new ClientSource(options));
    this.ownsSender = true;
    this.retries = new Retries(options.retryPolicy(), sender.endingSleepsOf(time));
    String userAgent =
        product + options.applicationName().map(name -> " " + name).orElse("");
    this.exchanges = new Exchanges(sender, baseUrl, options, credentials, userAgent, time);
  }

  private Transport(Transport owner, Exchanges exchanges) {
    this.options = owner.options;
    this.time = owner.time;
    this.sender = owner.sender;
    this.ownsSender = false;
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
    return new CallHttpClient(this, call);
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
    if (isClosed || sender.isClosed()) {
      throw new IllegalStateException("this registry is closed");
    }
  }

  /** Returns the client that requests go through, to ask for its settings. */
  HttpClient client() {
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
    isClosed = true;
    if (ownsSender) {
      sender.close();
    }
  }
}
