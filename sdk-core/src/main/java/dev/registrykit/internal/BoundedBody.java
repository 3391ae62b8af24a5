package dev.registrykit.internal;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers a body up to a limit; of an error's body the beginning is enough, others must be whole. */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

  /** Much more than any error body worth reading. */
  static final int MAX_ERROR_BYTES = 64 * 1024;

  private final boolean mayBeCut;
  private final long maxBytes;
  private final GatheredBytes bytes = new GatheredBytes();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean isBrokenOff;

  private BoundedBody(boolean mayBeCut, long maxBytes) {
    this.mayBeCut = mayBeCut;
    this.maxBytes = maxBytes;
  }

  /** Makes the subscriber of one answer, and remembers it in case the answer never ends. */
  static final class Handler implements HttpResponse.BodyHandler<byte[]> {

    private final long maxBytes;
    private volatile HttpResponse.@Nullable ResponseInfo info;
    private volatile @Nullable BoundedBody body;

    Handler(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public BoundedBody apply(HttpResponse.ResponseInfo info) {
      boolean isSuccess = info.statusCode() >= 200 && info.statusCode() < 300;
      BoundedBody subscriber =
          isSuccess ? new BoundedBody(false, maxBytes) : new BoundedBody(true, MAX_ERROR_BYTES);
      this.body = subscriber;
      this.info = info;
      return subscriber;
    }

    /** Ends the body where it is, if it has begun: an error's is cut, any other fails so. */
    void end(IOException failure) {
      BoundedBody begun = body;
      if (begun != null) {
        begun.end(failure);
      }
    }

    /** Returns what has come so far, if it is an error's answer. */
    Optional<Answer> errorSoFar() {
      HttpResponse.ResponseInfo begun = info;
      BoundedBody soFar = body;
      if (begun == null || soFar == null || !soFar.mayBeCut) {
        return Optional.empty();
      }
      return Optional.of(
          new Answer(begun.statusCode(), begun.headers(), soFar.bytes.toBytes(), true));
    }

    /** Returns whether the body is an error's, and ended before its end. */
    boolean isBrokenOff() {
      BoundedBody begun = body;
      return begun != null && begun.isBrokenOff;
    }
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
    bytes.add(buffer, room);
    if (!buffer.hasRemaining()) {
      return;
    }
    Objects.requireNonNull(subscription).cancel();
    if (mayBeCut) {
      body.complete(bytes.toBytes());
    } else {
      body.completeExceptionally(new TooLargeException(maxBytes));
    }
  }

  /** Cancelling comes last, for it closes the connection, which is reported as another failure. */
  private void end(IOException failure) {
    onError(failure);
    Flow.Subscription begun = subscription;
    if (begun != null) {
      begun.cancel();
    }
  }

  /** The status of an error says more than the loss of the rest of its body. */
  @Override
  public void onError(Throwable failure) {
    if (mayBeCut) {
      isBrokenOff = !body.isDone();
      body.complete(bytes.toBytes());
    } else {
      body.completeExceptionally(failure);
    }
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toBytes());
  }

  /** A body that does not fit. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long maxBytes) {
      super("the body has more than " + maxBytes + " bytes");
    }
  }
}
