package dev.registrykit.spi;

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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Lets generated code send through the {@link Transport}: the JDK's client is the only thing it can
 * be given. Whole bodies are handed to the body handler it brings.
 */
final class CallHttpClient extends HttpClient {

  private final Transport transport;
  private final Call call;

  CallHttpClient(Transport transport, Call call) {
    this.transport = transport;
    this.call = call;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    TransportResponse response = transport.send(call, request);
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
    return transport.client().cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return transport.client().connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return transport.client().followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return transport.client().proxy();
  }

  @Override
  public SSLContext sslContext() {
    return transport.client().sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return transport.client().sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return transport.client().authenticator();
  }

  @Override
  public Version version() {
    return transport.client().version();
  }

  @Override
  public Optional<Executor> executor() {
    return transport.client().executor();
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
