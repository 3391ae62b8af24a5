package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {

  private final List<String> calls = new ArrayList<>();

  private final Flow.Subscription subscription = new Flow.Subscription() {
    @Override
    public void request(long n) {
      calls.add("request " + n);
    }

    @Override
    public void cancel() {
      calls.add("cancel");
    }
  };

  /** An answer of this status; nothing else of it is asked for. */
  private record Info(int statusCode) implements ResponseInfo {
    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of(), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  private BoundedBody begun(BoundedBody.Handler handler, int status) {
    BoundedBody body = handler.apply(new Info(status));
    body.onSubscribe(subscription);
    return body;
  }

  private static List<ByteBuffer> bytes(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static CompletableFuture<byte[]> of(BoundedBody body) {
    return body.getBody().toCompletableFuture();
  }

  @Test
  void aBodyOfTheGreatestLengthIsWhole() {
    BoundedBody body = begun(new BoundedBody.Handler(4), 200);

    body.onNext(bytes("ab"));
    body.onNext(bytes("cd"));
    assertFalse(of(body).isDone());
    body.onComplete();

    assertArrayEquals("abcd".getBytes(StandardCharsets.US_ASCII), of(body).join());
    assertEquals(List.of("request " + Long.MAX_VALUE), calls);
  }

  @Test
  void aLongerOneIsRefusedAndTheRestIsNotReceived() {
    BoundedBody body = begun(new BoundedBody.Handler(4), 299);

    body.onNext(bytes("abcde"));
    body.onNext(bytes("f"));

    ExecutionException e = assertThrows(ExecutionException.class, () -> of(body).get());
    assertInstanceOf(BoundedBody.TooLargeException.class, e.getCause());
    assertEquals("the body has more than 4 bytes", e.getCause().getMessage());
    assertEquals(List.of("request " + Long.MAX_VALUE, "cancel"), calls);
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 300, 404})
  void ofAnErrorTheBeginningIsEnough(int status) {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);
    BoundedBody body = begun(handler, status);

    body.onNext(bytes("a".repeat(BoundedBody.MAX_ERROR_BYTES + 1)));

    assertEquals(BoundedBody.MAX_ERROR_BYTES, of(body).join().length);
    assertEquals(List.of("request " + Long.MAX_VALUE, "cancel"), calls);
    assertFalse(handler.isBrokenOff());
  }

  @Test
  void anErrorThatIsEndedIsCutAndItsConnectionClosed() {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);
    BoundedBody body = begun(handler, 500);
    body.onNext(bytes("broken"));

    handler.end(new IOException("late"));

    assertEquals("broken", new String(of(body).join(), StandardCharsets.US_ASCII));
    assertTrue(handler.isBrokenOff());
    assertEquals("cancel", calls.get(calls.size() - 1));
    assertEquals(500, handler.errorSoFar().orElseThrow().status());
  }

  @Test
  void anErrorThatIsCutAlreadyIsNotBrokenOffByWhatComesAfter() {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);
    BoundedBody body = begun(handler, 500);
    body.onNext(bytes("a".repeat(BoundedBody.MAX_ERROR_BYTES + 1)));

    body.onError(new IOException("closed"));

    assertEquals(BoundedBody.MAX_ERROR_BYTES, of(body).join().length);
    assertFalse(handler.isBrokenOff());
  }

  @Test
  void anErrorSoFarIsWhatCame() {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);
    BoundedBody body = begun(handler, 500);

    body.onNext(bytes("ab"));
    body.onNext(bytes("cd"));

    Answer answer = handler.errorSoFar().orElseThrow();
    assertEquals("abcd", new String(answer.body(), StandardCharsets.US_ASCII));
    assertTrue(answer.isBrokenOff());
  }

  @Test
  void oneThatIsEndedBeforeItsFirstByteIsExpectedFailsToo() {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);
    BoundedBody body = handler.apply(new Info(200));

    handler.end(new IOException("late"));

    assertTrue(of(body).isCompletedExceptionally());
    assertEquals(List.of(), calls);
  }

  @Test
  void aSuccessThatIsEndedFails() {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);
    BoundedBody body = begun(handler, 200);
    IOException late = new IOException("late");

    handler.end(late);

    ExecutionException e = assertThrows(ExecutionException.class, () -> of(body).get());
    assertEquals(late, e.getCause());
    assertFalse(handler.isBrokenOff());
    assertTrue(handler.errorSoFar().isEmpty());
  }

  @Test
  void endingWhatHasNotBegunDoesNothing() {
    BoundedBody.Handler handler = new BoundedBody.Handler(4);

    handler.end(new IOException("late"));

    assertTrue(handler.errorSoFar().isEmpty());
    assertFalse(handler.isBrokenOff());
    assertFalse(of(begun(handler, 404)).isDone());
  }
}
