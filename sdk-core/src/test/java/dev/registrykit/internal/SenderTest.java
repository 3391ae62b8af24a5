package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.testsupport.FakeTime;
import dev.registrykit.testsupport.TestClient;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How single requests and waits end, by whatever the client does. */
class SenderTest {

  private static final StackTraceElement OF_THE_CLIENT =
      new StackTraceElement("jdk.internal.net.http.Stream", "schedule", "Stream.java", 1);

  private final ScriptedClient client = new ScriptedClient();
  private final Sender sender =
      new Sender(new ClientSource(HttpOptions.defaults().withHttpClient(client)));

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  /** Answers with a status and a body, and then does something instead of returning. */
  private static final class ScriptedClient extends TestClient {

    private int status = 200;
    private Callable<Void> before = () -> null;
    private Callable<Void> after = () -> null;

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
        throws IOException, InterruptedException {
      call(before);
      HttpHeaders headers = HttpHeaders.of(Map.of("A", List.of("b")), (name, value) -> true);
      HttpResponse<T> answer = answer(request, handler, status, headers, new byte[] {1, 2});
      call(after);
      return answer;
    }

    private static void call(Callable<Void> action) throws IOException, InterruptedException {
      try {
        action.call();
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    void failsBeforeItsAnswer(Throwable failure) {
      before = throwing(failure);
    }

    void failsAfterItsAnswer(int answered, Throwable failure) {
      status = answered;
      after = throwing(failure);
    }

    private static Callable<Void> throwing(Throwable failure) {
      return () -> {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (Exception) failure;
      };
    }
  }

  private static HttpRequest request(Duration limit) {
    return HttpRequest.newBuilder(URI.create("http://registry.test/x"))
        .timeout(limit)
        .build();
  }

  private Answer send() throws IOException, InterruptedException {
    return sender.send(request(Duration.ofMinutes(1)), 100);
  }

  private static <T extends Throwable> T of(StackTraceElement origin, T failure) {
    failure.setStackTrace(new StackTraceElement[] {origin});
    return failure;
  }

  @Test
  void anAnswerIsWhatTheClientReceived() throws Exception {
    client.status = 404;

    Answer answer = send();

    assertEquals(404, answer.status());
    assertEquals("b", answer.headers().firstValue("a").orElseThrow());
    assertArrayEquals(new byte[] {1, 2}, answer.body());
    assertFalse(answer.isBrokenOff());
  }

  // What the client fails with

  @Test
  void aCheckOfTheJdksClientIsAnAnswerThatCannotBeRead() {
    AssertionError check = of(OF_THE_CLIENT, new AssertionError("offset"));
    client.failsBeforeItsAnswer(check);

    ProtocolException e = assertThrows(ProtocolException.class, this::send);

    assertEquals("the answer cannot be read: a check of the JDK's client failed", e.getMessage());
    assertSame(check, e.getCause());
  }

  @Test
  void aCheckOfTheJdksClientThatItWrapsItselfIsAFailureOfTheConnection() {
    IOException wrapped = new IOException("no", of(OF_THE_CLIENT, new AssertionError("offset")));
    client.failsBeforeItsAnswer(wrapped);

    assertSame(wrapped, assertThrows(IOException.class, this::send));
  }

  @Test
  void anyOtherErrorComesOutAsItIs() {
    for (Error error : List.of(
        of(
            new StackTraceElement("org.example.Client", "send", "Client.java", 1),
            new AssertionError("of a test")),
        of(OF_THE_CLIENT, new OutOfMemoryError("no memory")),
        withoutStackTrace())) {
      client.failsBeforeItsAnswer(error);
      assertSame(error, assertThrows(Error.class, this::send));

      client.failsBeforeItsAnswer(new IOException("wrapped", error));
      assertSame(error, assertThrows(Error.class, this::send));
    }
  }

  private static AssertionError withoutStackTrace() {
    AssertionError error = new AssertionError("thrown often");
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }

  @Test
  void whatTheClientDoesNotExpectIsAnAnswerThatCannotBeRead() {
    RuntimeException odd = new NumberFormatException("For input string: x");
    for (Exception failure : List.of(odd, new IOException("odd", odd))) {
      client.failsBeforeItsAnswer(failure);

      ProtocolException e = assertThrows(ProtocolException.class, this::send);

      assertEquals("the answer cannot be read: " + failure.getMessage(), e.getMessage());
      assertSame(failure, e.getCause());
    }
  }

  @Test
  void aFailureOfTheConnectionComesOutAsItIs() {
    for (IOException failure : List.of(
        new IOException("closed"),
        new IOException("closed", new IOException("reset")),
        (IOException) new SocketException("reset").initCause(new IllegalStateException("why")))) {
      client.failsBeforeItsAnswer(failure);

      assertSame(failure, assertThrows(IOException.class, this::send));
    }
  }

  @Test
  void aBodyThatIsTooLargeComesOutAsSuch() {
    assertThrows(
        BoundedBody.TooLargeException.class, () -> sender.send(request(Duration.ofMinutes(1)), 1));
  }

  @Test
  void aTimeOutOfTheClientSaysHowMuchTimeThereWas() {
    client.failsBeforeItsAnswer(new HttpTimeoutException("request timed out"));

    HttpTimeoutException e = assertThrows(HttpTimeoutException.class, this::send);

    assertEquals("no complete answer within 60000 ms", e.getMessage());
  }

  @Test
  void oneBeforeItIsConnectedStaysItselfForNothingWasSent() {
    HttpConnectTimeoutException unconnected = new HttpConnectTimeoutException("too slow");
    client.failsBeforeItsAnswer(unconnected);

    assertSame(unconnected, assertThrows(HttpTimeoutException.class, this::send));
  }

  // What came before it failed

  @Test
  void theStatusOfAnErrorSaysMoreThanTheLossOfItsBody() throws Exception {
    client.failsAfterItsAnswer(403, new IOException("reset"));

    Answer answer = send();

    assertEquals(403, answer.status());
    assertTrue(answer.isBrokenOff());
  }

  @Test
  void whatIsNoHttpIsNotBelievedWhateverItsStatus() {
    client.failsAfterItsAnswer(403, new IllegalArgumentException("malformed"));

    assertThrows(ProtocolException.class, this::send);
  }

  @Test
  void aSuccessWhoseBodyIsLostIsAFailure() {
    IOException reset = new IOException("reset");
    client.failsAfterItsAnswer(200, reset);

    assertSame(reset, assertThrows(IOException.class, this::send));
  }

  // Interrupts and closing

  @Test
  void anInterruptOfTheCallersComesOutWhateverCameBefore() {
    client.failsAfterItsAnswer(403, new InterruptedException());

    assertThrows(InterruptedException.class, this::send);
  }

  @Test
  void anInterruptedThreadSendsNothing() {
    client.failsBeforeItsAnswer(new AssertionError("it was sent"));
    Thread.currentThread().interrupt();

    assertThrows(Sender.InterruptedBeforeException.class, this::send);
  }

  @Test
  void whatFailsAsItIsClosedSaysThatItMayHaveBeenSent() {
    client.before = () -> {
      sender.close();
      throw new IOException("reset");
    };

    assertTrue(assertThrows(ClosedException.class, this::send).wasSent());
    assertFalse(Thread.interrupted());
  }

  @Test
  void whatBeginsAfterItIsClosedWasNotSent() {
    client.failsBeforeItsAnswer(new AssertionError("it was sent"));
    sender.close();

    assertFalse(assertThrows(ClosedException.class, this::send).wasSent());
    assertThrows(ClosedException.class, sender::client);
    assertTrue(sender.isClosed());
  }

  @Test
  void aRequestThatIsOverIsNotKeptUntilItsDeadline() throws Exception {
    WeakReference<HttpRequest> over = sent(Duration.ofHours(1));

    for (int i = 0; i < 100 && over.get() != null; i++) {
      System.gc();
    }

    assertNull(over.get());
  }

  private WeakReference<HttpRequest> sent(Duration limit) throws Exception {
    HttpRequest request = request(limit);
    assertEquals(200, sender.send(request, 100).status());
    return new WeakReference<>(request);
  }

  // Waits

  @Test
  void theTimeIsTheSame() throws Exception {
    FakeTime time = FakeTime.standingStill().withJitter(0.25);
    time.advance(Duration.ofSeconds(3));
    TimeSource ending = sender.endingSleepsOf(time);

    ending.sleep(Duration.ofSeconds(4));

    assertEquals(List.of(Duration.ofSeconds(4)), time.sleeps());
    assertEquals(time.now(), ending.now());
    assertEquals(Duration.ofSeconds(7).toNanos(), ending.nanoTime());
    assertEquals(0.25, ending.jitter());
  }

  @Test
  void aWaitThatTheClosingEndsLeavesNoInterrupt() throws Exception {
    for (boolean isFelt : new boolean[] {true, false}) {
      Sender closed = new Sender(new ClientSource(HttpOptions.defaults().withHttpClient(client)));

      closed.endingSleepsOf(new ClosingTime(closed, isFelt)).sleep(Duration.ofHours(1));

      assertFalse(Thread.interrupted());
    }
  }

  @Test
  void afterTheClosingNothingIsWaitedFor() throws Exception {
    FakeTime time = FakeTime.standingStill();
    sender.close();

    sender.endingSleepsOf(time).sleep(Duration.ofHours(1));

    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void anInterruptOfTheCallersEndsAWait() {
    FakeTime time = FakeTime.standingStill();
    Thread.currentThread().interrupt();

    assertThrows(
        InterruptedException.class, () -> sender.endingSleepsOf(time).sleep(Duration.ofHours(1)));
  }

  /** A time whose sleep the closing falls into, which may notice the interrupt or not. */
  private record ClosingTime(Sender sender, boolean isFelt) implements TimeSource {

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public double jitter() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      sender.close();
      assertTrue(Thread.currentThread().isInterrupted());
      if (isFelt && Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  // Its deadline

  @Test
  void whatIsLateEndsWithItsBodyAndIsNotInterrupted() {
    StallingClient stalling = new StallingClient();
    Sender sender = new Sender(new ClientSource(HttpOptions.defaults().withHttpClient(stalling)));

    HttpTimeoutException e = assertThrows(
        HttpTimeoutException.class, () -> sender.send(request(Duration.ofMillis(500)), 100));

    assertEquals("no complete answer within 500 ms", e.getMessage());
    assertFalse(stalling.wasInterrupted);
  }

  /** Whose bodies stall until they are cancelled. */
  private static final class StallingClient extends TestClient {

    private boolean wasInterrupted;

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
        throws IOException, InterruptedException {
      HttpResponse.BodySubscriber<T> body = handler.apply(new Success());
      CountDownLatch isCancelled = new CountDownLatch(1);
      body.onSubscribe(new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {
          isCancelled.countDown();
        }
      });
      try {
        isCancelled.await();
      } catch (InterruptedException e) {
        wasInterrupted = true;
        throw e;
      }
      assertTrue(body.getBody().toCompletableFuture().isCompletedExceptionally());
      throw new HttpTimeoutException("the body was cancelled");
    }
  }

  private record Success() implements HttpResponse.ResponseInfo {

    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of(), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
