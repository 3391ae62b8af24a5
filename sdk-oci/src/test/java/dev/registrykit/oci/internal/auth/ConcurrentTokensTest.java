package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrentTokensTest {

  private static final String TAGS = "/v2/team/app/tags/list";
  private static final int CALLS = 50;

  private final TokenLab lab = new TokenLab();
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLS);

  @AfterEach
  void close() {
    threads.shutdownNow();
    lab.close();
  }

  @Test
  void manyCallsAtOnceNeedOneToken() throws Exception {
    lab.endpoint = onceAllWereRefused(lab::issue);

    for (Future<?> call : callAll()) {
      call.get(10, TimeUnit.SECONDS);
    }

    assertEquals(1, lab.tokenRequests().size());
    assertEquals(2 * CALLS, lab.registryRequests().size());
  }

  @Test
  void manyCallsAtOnceRenewATokenOnce() throws Exception {
    lab.get(TAGS);
    lab.time.advance(Duration.ofHours(1));

    for (Future<?> call : callAll()) {
      call.get(10, TimeUnit.SECONDS);
    }

    assertEquals(2, lab.tokenRequests().size());
    assertEquals(2 + CALLS, lab.registryRequests().size());
  }

  @Test
  void aWrongPasswordIsSentOnceForAllThatWaited() throws Exception {
    CountDownLatch looked = new CountDownLatch(CALLS);
    lab.credentials.logins((host, repository, limit) -> {
      looked.countDown();
      return Optional.of(TokenLab.LOGIN);
    });
    lab.endpoint = request -> {
      await(looked);
      return LabReply.of(401, "{\"message\":\"wrong\"}");
    };

    for (Future<?> call : callAll()) {
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
      AuthenticationException refusal =
          assertInstanceOf(AuthenticationException.class, e.getCause());
      assertTrue(
          refusal.getMessage().endsWith("refused the login for repository:team/app:pull: wrong"),
          refusal.getMessage());
    }

    assertEquals(1, lab.tokenRequests().size());
    assertEquals(
        List.of("/v2/"), lab.registryRequests().stream().map(LabRequest::path).toList());
    lab.time.advance(Duration.ofSeconds(1));
    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));
    assertEquals(2, lab.tokenRequests().size());
  }

  @Test
  void repositoriesDoNotWaitForEachOther() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    lab.endpoint = request -> {
      both.countDown();
      await(both);
      return lab.issue(request);
    };

    Future<?> one = threads.submit(() -> lab.get(TAGS));
    Future<?> two = threads.submit(() -> lab.get("/v2/team/other/tags/list"));

    one.get(4, TimeUnit.SECONDS);
    two.get(4, TimeUnit.SECONDS);
  }

  @Test
  void aThreadThatWaitsForAnothersTokenWaitsNoLongerThanItsAttempt() throws Exception {
    lab.attemptTimeout = Duration.ofMillis(400);
    lab.endpoint = request -> LabReply.never();

    Future<?> first = threads.submit(() -> lab.get(TAGS));
    Future<?> second = threads.submit(() -> lab.get(TAGS));

    for (Future<?> call : List.of(first, second)) {
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> call.get(3, TimeUnit.SECONDS));
      assertInstanceOf(RegistryTimeoutException.class, e.getCause());
    }
  }

  @Test
  void aThreadWhoseTimeIsUpAsksForNoTokenItself() throws Exception {
    AtomicInteger looked = new AtomicInteger();
    lab.credentials.logins((host, repository, limit) -> {
      if (looked.incrementAndGet() == 5) { // the other thread is done with three
        lab.time.advance(lab.attemptTimeout);
      }
      return Optional.empty();
    });
    CountDownLatch asked = new CountDownLatch(1);
    lab.endpoint = request -> {
      asked.countDown();
      return LabReply.never();
    };
    threads.submit(() -> lab.get(TAGS));
    await(asked);

    var failure = assertThrows(RegistryTimeoutException.class, () -> lab.get(TAGS));

    assertEquals("list tags of team/app failed: no token within 5000 ms", failure.getMessage());
    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void aThreadTakesNoTokenFromAnotherThatItsOwnChallengeDoesNotWant() throws Exception {
    AtomicInteger looked = new AtomicInteger();
    lab.credentials.logins((host, repository, limit) -> {
      looked.incrementAndGet();
      return Optional.empty();
    });
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch waited = new CountDownLatch(1);
    lab.endpoint = request -> {
      asked.countDown();
      await(waited);
      return lab.issue(request);
    };
    Future<?> first = threads.submit(() -> lab.get(TAGS));
    await(asked);
    lab.realm = lab.registry.uri("/another").toString();
    FutureTask<?> second = new FutureTask<>(() -> lab.get(TAGS));
    Thread waiting = new Thread(second);
    waiting.start();
    while (waiting.isAlive()
        && (looked.get() < 5 || waiting.getState() != Thread.State.TIMED_WAITING)) {
      Thread.onSpinWait();
    }
    waited.countDown();

    first.get(4, TimeUnit.SECONDS);
    second.get(4, TimeUnit.SECONDS);

    assertEquals(
        List.of("/token", "/another"),
        lab.tokenRequests().stream().map(LabRequest::path).toList());
  }

  @Test
  void aThreadThatWaitsForAnothersTokenCanBeInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    lab.endpoint = request -> {
      asked.countDown();
      return LabReply.never();
    };
    lab.transport();
    Thread first = new Thread(() -> failureOfGet(new AtomicReference<>()));
    first.start();
    await(asked);
    AtomicReference<RegistryException> failure = new AtomicReference<>();
    Thread second = new Thread(() -> failureOfGet(failure));
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING
        || lab.registryRequests().size() < 2) {
      Thread.onSpinWait();
    }
    second.interrupt();
    second.join(3000);

    assertInstanceOf(RegistryInterruptedException.class, failure.get());
    assertInstanceOf(InterruptedException.class, failure.get().getCause());
    assertEquals(1, lab.tokenRequests().size());
    first.interrupt();
    first.join(3000);
  }

  private void failureOfGet(AtomicReference<RegistryException> failure) {
    failure.set(assertThrows(RegistryException.class, () -> lab.get(TAGS)));
    assertTrue(Thread.currentThread().isInterrupted());
  }

  /** Answers only when all calls were refused, so that they all need the token. */
  private Function<LabRequest, LabReply> onceAllWereRefused(Function<LabRequest, LabReply> answer) {
    CountDownLatch refused = new CountDownLatch(CALLS);
    lab.guard = request -> {
      LabReply reply = lab.demandToken(request);
      refused.countDown();
      return reply;
    };
    return request -> {
      await(refused);
      return answer.apply(request);
    };
  }

  private List<Future<?>> callAll() {
    lab.transport();
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(threads.submit(() -> lab.get(TAGS)));
    }
    return calls;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(4, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
