package dev.registrykit.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may tune about HTTP, the same on every provider. Immutable: each {@code with…}
 * returns a copy with that change.
 */
public final class HttpOptions {

  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final HttpOptions DEFAULTS = new HttpOptions(new Settings());

  private final @Nullable Duration connectTimeout;
  private final Duration attemptTimeout;
  private final Duration callTimeout;
  private final Duration operationTimeout;
  private final long maxResponseBytes;
  private final int maxPages;
  private final RetryPolicy retryPolicy;
  private final RequestListener requestListener;
  private final @Nullable String applicationName;
  private final @Nullable HttpClient httpClient;

  private HttpOptions(Settings settings) {
    if (settings.httpClient != null && settings.connectTimeout != null) {
      throw new IllegalArgumentException(
          "a connect time-out has no effect on the caller's own HTTP client: set it there");
    }
    this.connectTimeout = settings.connectTimeout;
    this.attemptTimeout = settings.attemptTimeout;
    this.callTimeout = settings.callTimeout;
    this.operationTimeout = settings.operationTimeout;
    this.maxResponseBytes = settings.maxResponseBytes;
    this.maxPages = settings.maxPages;
    this.retryPolicy = settings.retryPolicy;
    this.requestListener = settings.requestListener;
    this.applicationName = settings.applicationName;
    this.httpClient = settings.httpClient;
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
    Settings changed = new Settings(this);
    changed.connectTimeout = connectTimeout;
    return new HttpOptions(changed);
  }

  /**
   * Returns a copy in which one attempt, from sending to the last byte of the body, takes at most
   * this long. Default: 60 s.
   *
   * @throws IllegalArgumentException if zero or negative
   */
  public HttpOptions withAttemptTimeout(Duration attemptTimeout) {
    requirePositive(attemptTimeout, "attemptTimeout");
    Settings changed = new Settings(this);
    changed.attemptTimeout = attemptTimeout;
    return new HttpOptions(changed);
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
    Settings changed = new Settings(this);
    changed.callTimeout = callTimeout;
    return new HttpOptions(changed);
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
    Settings changed = new Settings(this);
    changed.operationTimeout = operationTimeout;
    return new HttpOptions(changed);
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
    Settings changed = new Settings(this);
    changed.maxResponseBytes = maxResponseBytes;
    return new HttpOptions(changed);
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
    Settings changed = new Settings(this);
    changed.maxPages = maxPages;
    return new HttpOptions(changed);
  }

  /**
   * Returns a copy that repeats failed requests so. Default: {@link RetryPolicy#standard()}.
   */
  public HttpOptions withRetryPolicy(RetryPolicy retryPolicy) {
    Objects.requireNonNull(retryPolicy, "retryPolicy");
    Settings changed = new Settings(this);
    changed.retryPolicy = retryPolicy;
    return new HttpOptions(changed);
  }

  /**
   * Returns a copy with a listener in place of the one before. Default: none.
   */
  public HttpOptions withRequestListener(RequestListener requestListener) {
    Objects.requireNonNull(requestListener, "requestListener");
    Settings changed = new Settings(this);
    changed.requestListener = requestListener;
    return new HttpOptions(changed);
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
    Settings changed = new Settings(this);
    changed.applicationName = applicationName;
    return new HttpOptions(changed);
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
    Settings changed = new Settings(this);
    changed.httpClient = httpClient;
    return new HttpOptions(changed);
  }

  /** Returns how long to wait for a connection. */
  public Duration connectTimeout() {
    return connectTimeout == null ? DEFAULT_CONNECT_TIMEOUT : connectTimeout;
  }

  /** Returns how long one attempt may take. */
  public Duration attemptTimeout() {
    return attemptTimeout;
  }

  /** Returns how long a request with all its attempts may take. */
  public Duration callTimeout() {
    return callTimeout;
  }

  /** Returns how long an operation with all its requests may take. */
  public Duration operationTimeout() {
    return operationTimeout;
  }

  /** Returns the most bytes of a response. */
  public long maxResponseBytes() {
    return maxResponseBytes;
  }

  /** Returns the most pages of a listing. */
  public int maxPages() {
    return maxPages;
  }

  /** Returns how failed requests are repeated. */
  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** Returns who hears of requests. */
  public RequestListener requestListener() {
    return requestListener;
  }

  /** Returns how the calling program names itself, if it does. */
  public Optional<String> applicationName() {
    return Optional.ofNullable(applicationName);
  }

  /** Returns the caller's client, if there is one. */
  public Optional<HttpClient> httpClient() {
    return Optional.ofNullable(httpClient);
  }

  private static void requirePositive(Duration duration, String name) {
    Objects.requireNonNull(duration, name);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " is not positive: " + duration);
    }
  }

  /** All settings, to be changed; the defaults at first. */
  private static final class Settings {

    private @Nullable Duration connectTimeout;
    private Duration attemptTimeout = Duration.ofSeconds(60);
    private Duration callTimeout = Duration.ofMinutes(3);
    private Duration operationTimeout = Duration.ofMinutes(15);
    private long maxResponseBytes = 16L * 1024 * 1024;
    private int maxPages = 10_000;
    private RetryPolicy retryPolicy = RetryPolicy.standard();
    private RequestListener requestListener = event -> {};
    private @Nullable String applicationName;
    private @Nullable HttpClient httpClient;

    Settings() {}

    Settings(HttpOptions options) {
      this.connectTimeout = options.connectTimeout;
      this.attemptTimeout = options.attemptTimeout;
      this.callTimeout = options.callTimeout;
      this.operationTimeout = options.operationTimeout;
      this.maxResponseBytes = options.maxResponseBytes;
      this.maxPages = options.maxPages;
      this.retryPolicy = options.retryPolicy;
      this.requestListener = options.requestListener;
      this.applicationName = options.applicationName;
      this.httpClient = options.httpClient;
    }
  }
}
