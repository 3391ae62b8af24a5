package dev.registrykit.spi;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.Retries.CallState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Makes one attempt of a call: a request and its answer, and those of redirects it may follow. */
final class Exchanges {

  private static final Set<String> DESCRIBE_PACKING =
      Set.of("content-encoding", "content-length", "transfer-encoding");

  private final HttpClient http;
  private final URI baseUrl;
  private final HttpOptions options;
  private final Credentials credentials;
  private final String userAgent;
  private final TimeSource time;
  private final ExchangeLog log;

  Exchanges(
      HttpClient http,
      URI baseUrl,
      HttpOptions options,
      Credentials credentials,
      String userAgent,
      TimeSource time) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.options = options;
    this.credentials = credentials;
    this.userAgent = userAgent;
    this.time = time;
    this.log = new ExchangeLog(options.requestListener());
  }

  Exchanges with(Credentials others) {
    return new Exchanges(http, baseUrl, options, others, userAgent, time);
  }

  /** Returns the answer of whatever status. */
  TransportResponse attempt(CallState state) throws NoAnswerException {
    Duration left = state.deadline.left();
    Duration limit = left.compareTo(options.attemptTimeout()) < 0 ? left : options.attemptTimeout();
    Deadline deadline = Deadline.in(limit, time);
    HttpRequest request = state.request;
    Map<String, String> proofs = proofs(state, request, deadline);
    TransportResponse response = exchange(state, request, proofs, deadline);
    if (response.status() == 401
        && isOwnOrigin(request)
        && credentials.renewAfter(asAttempt(state, request, deadline), proofs, response)) {
      proofs = proofs(state, request, deadline);
      response = exchange(state, request, proofs, deadline);
    }
    for (int hop = 0; Redirects.areFollowed(request, response); hop++) {
      request = Redirects.next(request, response, hop, state.call);
      response = exchange(state, request, proofs(state, request, deadline), deadline);
    }
    return response;
  }

  private boolean isOwnOrigin(HttpRequest request) {
    return BaseUrl.isSameOrigin(request.uri(), baseUrl);
  }

  private Map<String, String> proofs(CallState state, HttpRequest request, Deadline deadline) {
    return isOwnOrigin(request)
        ? credentials.headersFor(asAttempt(state, request, deadline))
        : Map.of();
  }

  private static Attempt asAttempt(CallState state, HttpRequest request, Deadline deadline) {
    return new Attempt(state.call, request, deadline.left());
  }

  private TransportResponse exchange(
      CallState state, HttpRequest request, Map<String, String> proofs, Deadline deadline)
      throws NoAnswerException {
    long start = time.nanoTime();
    HttpRequest prepared = prepare(request, proofs);
    long maxBytes =
        Objects.requireNonNullElse(state.call.maxResponseBytes(), options.maxResponseBytes());
    try {
      TransportResponse response = Redaction.of(proofs.values())
          .apply(unpacked(send(prepared, deadline, maxBytes), maxBytes));
      log.answered(state, request, response, Duration.ofNanos(time.nanoTime() - start));
      return response;
    } catch (IOException | InterruptedException e) {
      log.failed(state, request, e, Duration.ofNanos(time.nanoTime() - start));
      throw failure(state, request, e);
    }
  }

  private HttpRequest prepare(HttpRequest request, Map<String, String> proofs) {
    HttpRequest.Builder prepared = HttpRequest.newBuilder(request, (name, value) -> true);
    if (request.method().equals("GET")) {
      prepared.GET(); // a GET that was given an empty body would announce its length of 0
    }
    if (request.uri().getScheme().equalsIgnoreCase("http")) {
      prepared.version(HttpClient.Version.HTTP_1_1); // spares an attempt to upgrade to HTTP/2
    }
    List<String> accept = request.headers().allValues("accept");
    if (accept.size() > 1) {
      prepared.setHeader("Accept", accept.get(accept.size() - 1));
    }
    prepared.setHeader("User-Agent", userAgent);
    proofs.forEach(prepared::setHeader);
    return prepared.build();
  }

  /** The JDK's own request time-out ends at the headers until Java 26, so the wait is bounded here. */
  private TransportResponse send(HttpRequest request, Deadline deadline, long maxBytes)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Duration limit = deadline.left();
    if (limit.isZero()) {
      throw new HttpConnectTimeoutException("no time was left"); // which says: nothing was sent
    }
    BoundedBody.Handler bodies = new BoundedBody.Handler(maxBytes);
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, bodies);
    try {
      HttpResponse<byte[]> complete = answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      return new TransportResponse(
          request.uri(), complete.statusCode(), complete.headers(), complete.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      // The status of an error says more than that the rest of its body did not come.
      return bodies
          .errorSoFar(request.uri())
          .orElseThrow(
              () -> new HttpTimeoutException("no complete answer within " + inWords(limit)));
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw asIOException(e.getCause());
    }
  }

  private static String inWords(Duration limit) {
    return limit.toMillis() + " ms";
  }

  private static IOException asIOException(@Nullable Throwable cause) {
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException(cause);
  }

  private static TransportResponse unpacked(TransportResponse answer, long maxBytes)
      throws IOException {
    byte[] body =
        ContentEncoding.unpack(answer.body(), answer.headers(), !answer.isSuccess(), maxBytes);
    boolean isPacked = answer.headers().firstValue("content-encoding").isPresent();
    HttpHeaders headers = HttpHeaders.of(
        answer.headers().map(),
        (name, value) -> !isPacked || !DESCRIBE_PACKING.contains(name.toLowerCase(Locale.ROOT)));
    return new TransportResponse(answer.uri(), answer.status(), headers, body);
  }

  /** Decides what a failure without an answer means to the caller, and whether to try again. */
  private static NoAnswerException failure(CallState state, HttpRequest request, Exception e) {
    boolean wasSent = !(e instanceof HttpConnectTimeoutException
        || e instanceof ConnectException
        || e instanceof SSLHandshakeException);
    state.noteEffect(wasSent);
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      throw new RegistryInterruptedException(state.details("the thread was interrupted"), e);
    }
    if (e instanceof BoundedBody.TooLargeException || e instanceof ZipException) {
      throw new InvalidResponseException(state.details(String.valueOf(e.getMessage())), e);
    }
    if (e instanceof HttpTimeoutException) {
      return new NoAnswerException(
          new RegistryTimeoutException(state.details(String.valueOf(e.getMessage())), e),
          true,
          wasSent);
    }
    return new NoAnswerException(
        new RegistryIOException(state.details("no answer: " + reason(request, e)), e),
        !isAboutCertificates(e),
        wasSent);
  }

  /** A certificate that is not trusted now is not trusted a second later either. */
  private static boolean isAboutCertificates(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathValidatorException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  /** The JDK's client has no words for the most common failures. */
  private static String reason(HttpRequest request, Exception e) {
    String host = request.uri().getHost();
    if (e.getCause() instanceof UnresolvedAddressException) {
      return "unknown host " + host;
    }
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof ConnectException
        ? "cannot connect to " + host
        : e.getClass().getSimpleName();
  }
}
