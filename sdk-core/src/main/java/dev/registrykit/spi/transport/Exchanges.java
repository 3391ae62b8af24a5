package dev.registrykit.spi.transport;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.internal.Answer;
import dev.registrykit.internal.BoundedBody;
import dev.registrykit.internal.ClosedException;
import dev.registrykit.internal.ContentEncoding;
import dev.registrykit.internal.Sender;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.support.Deadline;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.Redactor;
import dev.registrykit.spi.support.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import javax.net.ssl.SSLHandshakeException;

/** Makes one attempt of a call: a request and its answer, and those of redirects it may follow. */
final class Exchanges {

  private final Sender sender;
  private final ServiceTraits service;
  private final HttpOptions options;
  private final Credentials credentials;
  private final String userAgent;
  private final TimeSource time;
  private final ExchangeLog log;

  Exchanges(
      Sender sender,
      ServiceTraits service,
      HttpOptions options,
      Credentials credentials,
      TimeSource time) {
    this.sender = sender;
    this.service = service;
    this.options = options;
    this.credentials = credentials;
    this.userAgent =
        service.product() + options.applicationName().map(name -> " " + name).orElse("");
    this.time = time;
    this.log = new ExchangeLog(service, options.requestListener());
  }

  Exchanges with(Credentials others) {
    return new Exchanges(sender, service, options, others, time);
  }

  /** Returns the answer of whatever status. */
  TransportResponse attempt(CallState state) throws NoAnswerException {
    makeReady(state);
    Duration left = state.deadline.left();
    Duration limit = left.compareTo(options.attemptTimeout()) < 0 ? left : options.attemptTimeout();
    Try attempt = new Try(state, Deadline.in(limit, time));
    HttpRequest request = state.request;
    Map<String, String> authHeaders = attempt.authHeaders(request);
    TransportResponse response = attempt.exchange(request, authHeaders);
    if (response.status() == 401
        && isOwnOrigin(request)
        && credentials.renewAfter(attempt.of(request), authHeaders, response)) {
      response = attempt.exchange(request, attempt.authHeaders(request));
    }
    for (int hop = 0; Redirects.areFollowed(request, response); hop++) {
      request = Redirects.next(request, response, hop, state.call);
      response = attempt.exchange(request, attempt.authHeaders(request));
    }
    return response;
  }

  /** Before the attempt's time begins, for a first client takes a while. */
  private void makeReady(CallState state) throws NoAnswerException {
    try {
      sender.client();
    } catch (IOException e) {
      Redactor redactor = state.call.redactor().and(Redactor.of(credentials.secrets()));
      throw failure(state, state.request, e, redactor);
    }
  }

  private boolean isOwnOrigin(HttpRequest request) {
    return BaseUrl.isSameOrigin(request.uri(), service.baseUrl());
  }

  /** The requests of one attempt, with what is secret in them. Belongs to one thread. */
  private final class Try {

    private final CallState state;
    private final Deadline deadline;
    private Redactor redactor;

    private Try(CallState state, Deadline deadline) {
      this.state = state;
      this.deadline = deadline;
      this.redactor = state.call.redactor();
    }

    private Map<String, String> authHeaders(HttpRequest request) {
      return isOwnOrigin(request) ? credentials.headersFor(of(request)) : Map.of();
    }

    private Attempt of(HttpRequest request) {
      return new Attempt(state.call, request, deadline.left());
    }

    private TransportResponse exchange(HttpRequest request, Map<String, String> authHeaders)
        throws NoAnswerException {
      redactor = redactor
          .and(Redactor.of(credentials.secrets())) // of which some came with the headers
          .and(Redactor.ofHeaders(authHeaders.values()));
      OperationContext.sentWith(redactor);
      long start = time.nanoTime();
      HttpRequest outgoing =
          new OutgoingRequest(request, headers(request, authHeaders), deadline.left());
      long maxBytes = state.call.maxResponseBytes().orElse(options.maxResponseBytes());
      try {
        Answer answer = ContentEncoding.decompressed(sender.send(outgoing, maxBytes), maxBytes);
        TransportResponse response = new TransportResponse(
            request.uri(),
            answer.status(),
            answer.headers(),
            answer.body(),
            redactor,
            answer.isBrokenOff());
        log.answered(state, request, response, Duration.ofNanos(time.nanoTime() - start));
        return response;
      } catch (IOException | InterruptedException e) {
        Exception clean = Causes.clean(e, redactor);
        log.failed(state, request, clean, redactor, Duration.ofNanos(time.nanoTime() - start));
        throw failure(state, request, e, redactor);
      }
    }
  }

  /** The auth headers come last: they replace whatever has their name. */
  private Map<String, String> headers(HttpRequest request, Map<String, String> authHeaders) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", userAgent);
    List<String> accept = request.headers().allValues("accept");
    if (accept.size() > 1) {
      headers.put("Accept", accept.get(accept.size() - 1));
    }
    headers.putAll(authHeaders);
    return headers;
  }

  /** Decides what a failure without an answer means to the caller, and whether to try again. */
  private static NoAnswerException failure(
      CallState state, HttpRequest request, Exception e, Redactor redactor) {
    Exception cause = Causes.clean(e, redactor);
    boolean wasSent = !isUnsent(e);
    state.noteEffect(wasSent);
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      throw new RegistryInterruptedException(state.details("the thread was interrupted"), cause);
    }
    if (e instanceof BoundedBody.TooLargeException || e instanceof ZipException) {
      throw new InvalidResponseException(
          state.details(redactor.apply(String.valueOf(e.getMessage()))), cause);
    }
    if (e instanceof ClosedException) {
      return new NoAnswerException(
          new RegistryIOException(state.details(String.valueOf(e.getMessage())), cause),
          false,
          wasSent);
    }
    if (e instanceof HttpTimeoutException) {
      return new NoAnswerException(
          new RegistryTimeoutException(state.details(String.valueOf(e.getMessage())), cause),
          true,
          wasSent);
    }
    return new NoAnswerException(
        new RegistryIOException(
            state.details("no answer: " + redactor.apply(reason(request, e))), cause),
        !Certificates.areRefusedIn(e),
        wasSent);
  }

  /** Whether the request did not get as far as the registry, for certain. */
  private static boolean isUnsent(Exception e) {
    return e instanceof HttpConnectTimeoutException
        || e instanceof ConnectException
        || e instanceof SSLHandshakeException
        || e instanceof Sender.InterruptedBeforeException
        || (e instanceof ClosedException closed && !closed.wasSent());
  }

  /** The JDK's client has no words for the most common failures. */
  private static String reason(HttpRequest request, Exception e) {
    String host = request.uri().getHost();
    if (Causes.find(e, UnresolvedAddressException.class) != null) {
      return "unknown host " + host;
    }
    if (Certificates.areRefusedIn(e)) {
      return Certificates.refusal(host, e);
    }
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof ConnectException
        ? "cannot connect to " + host
        : e.getClass().getSimpleName();
  }
}
