package dev.registrykit.spi.transport;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A caller's own client, which notes what is sent through it; it can be closed on every JDK. */
final class RecordingHttpClient extends HttpClient implements AutoCloseable {

  private final HttpClient delegate;
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();

  private volatile boolean isClosed;
  private volatile Behaviour behaviour = () -> {};
  private volatile Behaviour afterwards = () -> {};

  RecordingHttpClient(HttpClient delegate) {
    this.delegate = delegate;
  }

  /** Does this before it sends, and nothing more if this throws. */
  RecordingHttpClient doing(Behaviour behaviour) {
    this.behaviour = behaviour;
    return this;
  }

  /** Does this when there is an answer, which is lost if this throws. */
  RecordingHttpClient afterwards(Behaviour behaviour) {
    this.afterwards = behaviour;
    return this;
  }

  /** What a client may do. */
  @FunctionalInterface
  interface Behaviour {
    void call() throws IOException, InterruptedException;
  }

  boolean isClosed() {
    return isClosed;
  }

  @Override
  public void close() {
    isClosed = true;
  }

  List<HttpRequest> requests() {
    return requests;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    requests.add(request);
    behaviour.call();
    HttpResponse<T> answer = delegate.send(request, handler);
    afterwards.call();
    return answer;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    requests.add(request);
    return delegate.sendAsync(request, handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
    requests.add(request);
    return delegate.sendAsync(request, handler, pushPromiseHandler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return delegate.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return delegate.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return delegate.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return delegate.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return delegate.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return delegate.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return delegate.authenticator();
  }

  @Override
  public Version version() {
    return delegate.version();
  }

  @Override
  public Optional<Executor> executor() {
    return delegate.executor();
  }
}
