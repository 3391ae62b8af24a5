package dev.registrykit.reliability.soak;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Loses requests and answers when it is told to, on the way to servers that cannot be told to fail. */
final class UnreliableClient extends HttpClient {

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong requestsToLose = new AtomicLong();
  private final AtomicLong answersToLose = new AtomicLong();

  void loseRequest() {
    requestsToLose.incrementAndGet();
  }

  void loseAnswer() {
    answersToLose.incrementAndGet();
  }

  /** Loses nothing any more, and returns how much there was still to lose. */
  long beReliable() {
    return requestsToLose.getAndSet(0) + answersToLose.getAndSet(0);
  }

  private static boolean take(AtomicLong number) {
    return number.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    if (take(requestsToLose)) {
      throw new IOException("the request was lost");
    }
    HttpResponse<T> answer = client.send(request, handler);
    if (take(answersToLose)) {
      throw new IOException("the answer was lost");
    }
    return answer;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
