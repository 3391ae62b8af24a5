package dev.registrykit.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may tune about HTTP, the same on every provider. Immutable: each {@code with…}
 * returns a copy with that change.
 *
 * <pre>{@code
 * HttpOptions options = HttpOptions.defaults()
 *     .withOperationTimeout(Duration.ofMinutes(2))
 *     .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(5))
 *     .withApplicationName("my-service");
 * }</pre>
 *
 * @since 0.1.0
 */
public final class HttpOptions {

  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final RequestListener NO_LISTENER = event -> {};

  private static final HttpOptions DEFAULTS = new HttpOptions(new Settings());

  private final Settings settings;

  private HttpOptions(Settings settings) {
    if (settings.httpClient != null && settings.connectTimeout != null) {
      throw new IllegalArgumentException(
          "a connect time-out has no effect on the caller's own HTTP client: set it there");
    }
    this.settings = settings;
  }

  /** Returns the defaults: a client of the SDK's own, patient for 3 minutes. */
  public static HttpOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy that waits this long for a connection. Default: 10 s. A client of the caller's own
   * has a setting of its own.
   *
   * @throws IllegalArgumentException if zero or negative, or there is a client of the caller's own
   */
  public HttpOptions withConnectTimeout(Duration connectTimeout) {
    requirePositive(connectTimeout, "connectTimeout");
    return with(changed -> changed.connectTimeout = connectTimeout);
  }

  /**
   * Returns a copy in which one attempt, from sending to the last byte of the body, takes at most
   * this long. Default: 60 s.
   *
   * @throws IllegalArgumentException if zero or negative
   */
  public HttpOptions withAttemptTimeout(Duration attemptTimeout) {
    requirePositive(attemptTimeout, "attemptTimeout");
    return with(changed -> changed.attemptTimeout = attemptTimeout);
  }

  /**
   * Returns a copy in which one request to the provider, with all its attempts, redirects and the
   * waits between them, takes at most this long. Default: 3 min. Resolving a host name is the
   * system's doing, which this cannot end. A method that needs several requests, such as a look-up
   * and a deletion, has this time for each, within {@link #withOperationTimeout(Duration)}.
   *
   * @throws IllegalArgumentException if zero or negative
   */
  public HttpOptions withCallTimeout(Duration callTimeout) {
    requirePositive(callTimeout, "callTimeout");
    return with(changed -> changed.callTimeout = callTimeout);
  }

  /**
   * Returns a copy in which a whole operation, with all the requests it needs and the waits between
   * them, takes at most this long. Default: 15 min. An operation is a call of a method that asks the
   * registry, and in a listing each page that is fetched; where the SDK orders the list itself, its
   * reading as a whole, for which a list of hundreds of thousands of tags may need more. Methods that
   * wait have the time that their {@link dev.registrykit.WaitOptions} give them. Putting a tag back
   * after a deletion that failed half-way may take 30 s more, since it is not to be left undone.
   *
   * @throws IllegalArgumentException if zero or negative
   */
  public HttpOptions withOperationTimeout(Duration operationTimeout) {
    requirePositive(operationTimeout, "operationTimeout");
    return with(changed -> changed.operationTimeout = operationTimeout);
  }

  /**
   * Returns a copy that takes responses of at most this many bytes, decompressed. Default: 16 MiB.
   *
   * @throws IllegalArgumentException if less than 1 or more than {@link Integer#MAX_VALUE}
   */
  public HttpOptions withMaxResponseBytes(long maxResponseBytes) {
    if (maxResponseBytes < 1 || maxResponseBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("maxResponseBytes is out of range: " + maxResponseBytes);
    }
    return with(changed -> changed.maxResponseBytes = maxResponseBytes);
  }

  /**
   * Returns a copy in which a listing of more pages than this fails, as the listing of a server that
   * runs in circles would. Default: 10,000.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public HttpOptions withMaxPages(int maxPages) {
    if (maxPages < 1) {
      throw new IllegalArgumentException("maxPages is less than 1: " + maxPages);
    }
    return with(changed -> changed.maxPages = maxPages);
  }

  /**
   * Returns a copy that repeats failed requests so. Default: {@link RetryPolicy#standard()}.
   */
  public HttpOptions withRetryPolicy(RetryPolicy retryPolicy) {
    Objects.requireNonNull(retryPolicy, "retryPolicy");
    return with(changed -> changed.retryPolicy = retryPolicy);
  }

  /**
   * Returns a copy with a listener in place of the one before. Default: none.
   */
  public HttpOptions withRequestListener(RequestListener requestListener) {
    Objects.requireNonNull(requestListener, "requestListener");
    return with(changed -> changed.requestListener = requestListener);
  }

  /**
   * Returns a copy that names the calling program at the end of the {@code User-Agent} header, such
   * as {@code pruner/2.1}.
   *
   * @throws IllegalArgumentException if not 1 to 128 printable ASCII characters
   */
  public HttpOptions withApplicationName(String applicationName) {
    Objects.requireNonNull(applicationName, "applicationName");
    if (!applicationName.matches("[!-~][ -~]{0,127}")) {
      throw new IllegalArgumentException("an application name is 1 to 128 printable characters");
    }
    return with(changed -> changed.applicationName = applicationName);
  }

  /**
   * Returns a copy that sends through the caller's client: its proxy, TLS settings and connection
   * pool. The SDK never closes it.
   *
   * @throws IllegalArgumentException if the client follows redirects itself, for it would hand
   *     credentials to the host it is sent to, or if a connect time-out was set
   */
  public HttpOptions withHttpClient(HttpClient httpClient) {
    Objects.requireNonNull(httpClient, "httpClient");
    if (httpClient.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "the HTTP client must not follow redirects (Redirect.NEVER), the SDK does so itself");
    }
    return with(changed -> changed.httpClient = httpClient);
  }

  private HttpOptions with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new HttpOptions(changed);
  }

  /** Returns how long to wait for a connection. */
  public Duration connectTimeout() {
    return Objects.requireNonNullElse(settings.connectTimeout, DEFAULT_CONNECT_TIMEOUT);
  }

  /** Returns how long one attempt may take. */
  public Duration attemptTimeout() {
    return settings.attemptTimeout;
  }

  /** Returns how long a request with all its attempts may take. */
  public Duration callTimeout() {
    return settings.callTimeout;
  }

  /** Returns how long an operation with all its requests may take. */
  public Duration operationTimeout() {
    return settings.operationTimeout;
  }

  /** Returns the most bytes of a response. */
  public long maxResponseBytes() {
    return settings.maxResponseBytes;
  }

  /** Returns the most pages of a listing. */
  public int maxPages() {
    return settings.maxPages;
  }

  /** Returns how failed requests are repeated. */
  public RetryPolicy retryPolicy() {
    return settings.retryPolicy;
  }

  /** Returns who hears of requests. */
  public RequestListener requestListener() {
    return settings.requestListener;
  }

  /** Returns how the calling program names itself, if it does. */
  public Optional<String> applicationName() {
    return Optional.ofNullable(settings.applicationName);
  }

  /** Returns the caller's client, if there is one. */
  public Optional<HttpClient> httpClient() {
    return Optional.ofNullable(settings.httpClient);
  }

  private static void requirePositive(Duration duration, String name) {
    Objects.requireNonNull(duration, name);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " is not positive: " + duration);
    }
  }

  /** Options are equal if all settings are; the listener and the caller's client have to be the same. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HttpOptions that
        && settings.values().equals(that.settings.values())
        && settings.requestListener == that.settings.requestListener
        && settings.httpClient == that.settings.httpClient;
  }

  @Override
  public int hashCode() {
    return settings.values().hashCode();
  }

  /**
   * Returns all settings, for logs; of the listener and of the caller's client only whether there is one.
   */
  @Override
  public String toString() {
    return ("HttpOptions[connectTimeout=%s, attemptTimeout=%s, callTimeout=%s, operationTimeout=%s, "
            + "maxResponseBytes=%s, maxPages=%s, retryPolicy=%s, applicationName=%s]"
            + (settings.requestListener == NO_LISTENER ? "" : " with a request listener")
            + (settings.httpClient == null ? "" : " with the caller's HTTP client"))
        .formatted(settings.values().toArray());
  }

  /** All settings; changed only before they are given to options. */
  private static final class Settings {

    private @Nullable Duration connectTimeout;
    private Duration attemptTimeout = Duration.ofSeconds(60);
    private Duration callTimeout = Duration.ofMinutes(3);
    private Duration operationTimeout = Duration.ofMinutes(15);
    private long maxResponseBytes = 16L * 1024 * 1024;
    private int maxPages = 10_000;
    private RetryPolicy retryPolicy = RetryPolicy.standard();
    private RequestListener requestListener = NO_LISTENER;
    private @Nullable String applicationName;
    private @Nullable HttpClient httpClient;

    private Settings() {}

    private Settings(Settings other) {
      this.connectTimeout = other.connectTimeout;
      this.attemptTimeout = other.attemptTimeout;
      this.callTimeout = other.callTimeout;
      this.operationTimeout = other.operationTimeout;
      this.maxResponseBytes = other.maxResponseBytes;
      this.maxPages = other.maxPages;
      this.retryPolicy = other.retryPolicy;
      this.requestListener = other.requestListener;
      this.applicationName = other.applicationName;
      this.httpClient = other.httpClient;
    }

    /** Returns those that are values, and so can be shown and compared. */
    private List<@Nullable Object> values() {
      return Arrays.asList(
          connectTimeout,
          attemptTimeout,
          callTimeout,
          operationTimeout,
          maxResponseBytes,
          maxPages,
          retryPolicy,
          applicationName);
    }
  }
}
