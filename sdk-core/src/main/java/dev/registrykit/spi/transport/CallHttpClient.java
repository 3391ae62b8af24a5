package dev.registrykit.spi.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Lets generated code send through the {@link Transport}: the JDK's client is the only thing it can
 * be given. Whole bodies are handed to the body handler it brings.
 */
final class CallHttpClient extends HttpClient {

  private final Function<HttpRequest, TransportResponse> sending;
  private final Supplier<HttpClient> client;

  /**
   * Makes a client.
   *
   * @param sending sends a request as the call it is a part of
   * @param client returns the client that requests go through, to ask for its settings
   */
  CallHttpClient(Function<HttpRequest, TransportResponse> sending, Supplier<HttpClient> client) {
    this.sending = sending;
    this.client = client;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    TransportResponse response = sending.apply(request);
    HttpResponse.BodySubscriber<T> subscriber = handler.apply(new Info(response));
    subscriber.onSubscribe(NothingToAskFor.INSTANCE);
    subscriber.onNext(List.of(ByteBuffer.wrap(response.body()).asReadOnlyBuffer()));
    subscriber.onComplete();
    try {
      T body = subscriber.getBody().toCompletableFuture().join();
      return new Answer<>(request, response, withoutWaiting(body, response.body()));
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  /**
   * Replaces the JDK's stream, which waits for its bytes: on Java 17 it drops an interrupt of the
   * thread that reads it, though all is there.
   */
  @SuppressWarnings("unchecked") // a handler that makes this stream is one of any
  private static <T> T withoutWaiting(T body, byte[] bytes) {
    return body instanceof InputStream ? (T) new ByteArrayInputStream(bytes) : body;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    throw new UnsupportedOperationException("the generated clients are synchronous");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.@Nullable PushPromiseHandler<T> pushPromiseHandler) {
    return sendAsync(request, handler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.get().cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.get().connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.get().followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.get().proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.get().sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.get().sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.get().authenticator();
  }

  @Override
  public Version version() {
    return client.get().version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.get().executor();
  }

  private record Info(TransportResponse response) implements HttpResponse.ResponseInfo {

    @Override
    public int statusCode() {
      return response.status();
    }

    @Override
    public HttpHeaders headers() {
      return response.headers();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private record Answer<T>(HttpRequest request, TransportResponse response, T body)
      implements HttpResponse<T> {

    @Override
    public int statusCode() {
      return response.status();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return response.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return response.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private enum NothingToAskFor implements Flow.Subscription {
    INSTANCE;

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
