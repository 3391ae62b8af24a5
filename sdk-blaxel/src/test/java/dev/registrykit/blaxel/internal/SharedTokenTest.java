package dev.registrykit.blaxel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.blaxel.internal.AccessTokens.Grant;
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
import org.junit.jupiter.api.Test;

/** A token that several threads wait for, of which one asks. */
class SharedTokenTest {

  private static final URI API = URI.create("https://api.example/v0");

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch isAsked = new CountDownLatch(1);
  private final CountDownLatch isWaitedFor = new CountDownLatch(1);
  private final AccessTokens tokens = new AccessTokens(
      URI.create(API + "/oauth/token"),
      new ClientSecret("id", "secret"),
      this::grant,
      TimeSource.system());

  /** Takes as long as whoever asks first has, and grants a token to the second. */
  private Grant grant(Duration left) {
    if (requests.incrementAndGet() > 1) {
      return new Grant("token", null);
    }
    isAsked.countDown();
    try {
      isWaitedFor.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new RegistryTimeoutException(Operation.on("get an access token").details("slow"), null);
  }

  private Map<String, String> headers(Duration left) {
    Call call = Call.reading(
        "GetImage",
        "get image",
        failure -> ErrorMapper.byStatus(failure.details().build()));
    return tokens.headersFor(new Attempt(call, HttpRequest.newBuilder(API).build(), left));
  }

  private static Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void theHurryOfWhoeverAsksIsNotTheOthers() throws Exception {
    var hurried = new FutureTask<>(() -> headers(Duration.ofMillis(1)));
    var patient = new FutureTask<>(() -> headers(Duration.ofMinutes(1)));
    start(hurried);
    isAsked.await();
    Thread waiting = start(patient);
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    isWaitedFor.countDown();

    assertEquals(Map.of("Authorization", "Bearer token"), patient.get());
    var failure = assertThrows(ExecutionException.class, hurried::get);
    assertInstanceOf(RegistryTimeoutException.class, failure.getCause());
    assertEquals(2, requests.get());
  }
}
