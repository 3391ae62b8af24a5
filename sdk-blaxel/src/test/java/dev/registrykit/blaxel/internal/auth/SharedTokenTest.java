package dev.registrykit.blaxel.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.blaxel.internal.wire.TokenGrant;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.ErrorMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A token that several threads wait for, of which one asks. */
class SharedTokenTest {

  private static final URI API = URI.create("https://api.example/v0");
  private static final Operation GET_TOKEN = Operation.on("get an access token");
  private static final Map<String, String> HEADERS = Map.of("Authorization", "Bearer token");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch isAsked = new CountDownLatch(1);
  private final CountDownLatch isWaitedFor = new CountDownLatch(1);
  private final AccessTokens tokens =
      new AccessTokens(new ClientSecret("id", "secret"), this::grant, TimeSource.system());

  /** What comes of the request that others wait for. */
  private Supplier<TokenGrant> answer = () -> new TokenGrant("token", null);

  /** Which request it is that others wait for. */
  private int slowRequest = 1;

  private TokenGrant grant() {
    if (requests.incrementAndGet() != slowRequest) {
      return new TokenGrant("token", null);
    }
    isAsked.countDown();
    try {
      isWaitedFor.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return answer.get();
  }

  private static Attempt attempt(Duration left) {
    Call call = Call.reading(
        "GetImage",
        "get image",
        failure -> ErrorMapper.byStatus(failure.details().build()));
    return new Attempt(call, HttpRequest.newBuilder(API).build(), left);
  }

  private Map<String, String> headers(Duration left) {
    return tokens.headersFor(attempt(left));
  }

  private boolean renewAfter401() {
    return tokens.renewAfter(attempt(LONG), HEADERS, null);
  }

  private static Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Starts the task that asks and the one that waits, and lets the first have its answer then. */
  private void runTogether(FutureTask<?> asking, FutureTask<?> waiting)
      throws InterruptedException {
    start(asking);
    isAsked.await();
    Thread thread = start(waiting);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    isWaitedFor.countDown();
  }

  @Test
  void theHurryOfWhoeverAsksIsNotTheOthers() throws Exception {
    answer = () -> {
      throw new RegistryTimeoutException(GET_TOKEN.details("slow"), null);
    };
    var hurried = new FutureTask<>(() -> headers(Duration.ofMillis(1)));
    var patient = new FutureTask<>(() -> headers(LONG));

    runTogether(hurried, patient);

    assertEquals(HEADERS, patient.get());
    var failure = assertThrows(ExecutionException.class, hurried::get);
    assertInstanceOf(RegistryTimeoutException.class, failure.getCause());
    assertEquals(2, requests.get());
  }

  @Test
  void aRefusedLoginIsRefusedToAllThatWaited() throws Exception {
    var refusal = new AuthenticationException(GET_TOKEN.details("wrong secret"));
    answer = () -> {
      throw refusal;
    };
    var asking = new FutureTask<>(() -> headers(LONG));
    var waiting = new FutureTask<>(() -> headers(LONG));

    runTogether(asking, waiting);

    assertSame(refusal, assertThrows(ExecutionException.class, asking::get).getCause());
    assertSame(refusal, assertThrows(ExecutionException.class, waiting::get).getCause());
    assertEquals(1, requests.get());
  }

  @Test
  void aTokenThatIsGrantedTwiceIsNotAskedForAgainByThoseThatWaited() throws Exception {
    slowRequest = 2;
    assertEquals(HEADERS, headers(LONG));
    var asking = new FutureTask<>(this::renewAfter401);
    var waiting = new FutureTask<>(this::renewAfter401);

    runTogether(asking, waiting);

    assertTrue(asking.get() && waiting.get());
    assertEquals(2, requests.get());
  }
}
