package dev.registrykit.spi.transport;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * One request about to be sent, for {@link Credentials}. Immutable.
 *
 * @param call what the request is a part of
 * @param request the request, without the auth headers
 * @param left how long the attempt may still take; whatever credentials ask for themselves included
 * @since 0.1.0
 */
public record Attempt(Call call, HttpRequest request, Duration left) {

  /** Refuses {@code null}. */
  public Attempt {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(left, "left");
  }

  /**
   * Returns the bytes that the request will send, none if it has no body, for credentials that sign
   * them. They are read anew each time, from a body that is held in memory, as those of the providers
   * are.
   *
   * @throws IllegalStateException if the body is not in memory
   */
  public byte[] body() {
    return request.bodyPublisher().map(Attempt::bytesOf).orElseGet(() -> new byte[0]);
  }

  private static byte[] bytesOf(HttpRequest.BodyPublisher publisher) {
    BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    publisher.subscribe(new AsListsOfBuffers(bytes));
    CompletableFuture<byte[]> whole = bytes.getBody().toCompletableFuture();
    if (!whole.isDone() || whole.isCompletedExceptionally()) {
      throw new IllegalStateException("the body of the request is not in memory");
    }
    return whole.join();
  }

  /** Requests are published buffer by buffer, and answers are subscribed to by lists of them. */
  private record AsListsOfBuffers(BodySubscriber<byte[]> bytes)
      implements Flow.Subscriber<ByteBuffer> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      bytes.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer item) {
      bytes.onNext(List.of(item));
    }

    @Override
    public void onError(Throwable failure) {
      bytes.onError(failure);
    }

    @Override
    public void onComplete() {
      bytes.onComplete();
    }
  }
}
