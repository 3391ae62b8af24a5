package dev.registrykit.spi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers a body up to a limit; of an error's body the beginning is enough, others must be whole. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

  /** Much more than any error body worth reading. */
  static final int MAX_ERROR_BYTES = 64 * 1024;

  private final boolean mayBeCut;
  private final long maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  private BoundedBody(boolean mayBeCut, long maxBytes) {
    this.mayBeCut = mayBeCut;
    this.maxBytes = maxBytes;
  }

  static HttpResponse.BodyHandler<byte[]> handler(long maxBytes) {
    return info -> info.statusCode() >= 200 && info.statusCode() < 300
        ? new BoundedBody(false, maxBytes)
        : new BoundedBody(true, MAX_ERROR_BYTES);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      append(buffer);
    }
  }

  private void append(ByteBuffer buffer) {
    int room = (int) Math.min(maxBytes - bytes.size(), buffer.remaining());
    byte[] chunk = new byte[room];
    buffer.get(chunk);
    bytes.writeBytes(chunk);
    if (!buffer.hasRemaining()) {
      return;
    }
    Objects.requireNonNull(subscription).cancel();
    if (mayBeCut) {
      body.complete(bytes.toByteArray());
    } else {
      body.completeExceptionally(new TooLargeException(maxBytes));
    }
  }

  /** The status of an error says more than the loss of the rest of its body. */
  @Override
  public void onError(Throwable failure) {
    if (mayBeCut) {
      body.complete(bytes.toByteArray());
    } else {
      body.completeExceptionally(failure);
    }
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }

  /** A body that does not fit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long maxBytes) {
      super("the body has more than " + maxBytes + " bytes");
    }
  }
}
