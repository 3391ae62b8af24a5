package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.testsupport.TestClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests wait for each other, in turn, where a server allows only so many at a time. */
@Timeout(60)
class TurnsTest {

  /** Where nothing but the end of another request lets the first that waits be tried. */
  private final Turns patient = new Turns(TimeUnit.SECONDS.toNanos(50), System::nanoTime);

  private Turns turns = new Turns();

  /** Refuses as the JDK's client does, while as many as it allows are under way. */
  private static class FullClient extends TestClient {

    volatile int allowed;
    private final AtomicInteger underWay = new AtomicInteger();
    final BlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final Map<String, CountDownLatch> held;

    FullClient(int allowed, Map<String, CountDownLatch> held) {
      this.allowed = allowed;
      this.held = held;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
        throws IOException, InterruptedException {
      String name = request.uri().getPath();
      tried.add(name);
      try {
        if (underWay.incrementAndGet() > allowed) {
          throw new IOException("too many concurrent streams");
        }
        begun.add(name);
        if (held.containsKey(name)) {
          held.get(name).await();
        }
        return answer(request, handler, 200, HttpHeaders.of(Map.of(), (a, b) -> true), new byte[0]);
      } finally {
        underWay.decrementAndGet();
      }
    }
  }

  private int send(HttpClient client, String name) throws Exception {
    return send(client, name, System.nanoTime() + TimeUnit.SECONDS.toNanos(50));
  }

  private int send(HttpClient client, String name, long due) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://registry.test" + name)).build();
    return turns.send(client, request, BodyHandlers.discarding(), due).statusCode();
  }

  @Test
  void ofManyAllComeToTheirTurn() throws Exception {
    FullClient client = new FullClient(3, Map.of());
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        calls.add(threads.submit(() -> send(client, "/")));
      }
      for (Future<Integer> call : calls) {
        assertEquals(200, call.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(5_000, client.begun.size());
  }

  @Test
  void whoCameFirstGoesFirst() throws Exception {
    turns = patient;
    List<String> names = List.of("/a", "/b", "/c", "/d");
    CountDownLatch first = new CountDownLatch(1);
    FullClient client = new FullClient(1, Map.of("/first", first));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      calls.add(threads.submit(() -> send(client, "/first")));
      assertEquals("/first", client.begun.take());
      for (String name : names) {
        calls.add(threads.submit(() -> send(client, name)));
        awaitWaiting(calls.size() - 1);
      }
      first.countDown();
      for (Future<Integer> call : calls) {
        assertEquals(200, call.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(names, List.copyOf(client.begun));
  }

  private void awaitWaiting(int number) {
    while (turns.waiting() < number) {
      Thread.onSpinWait();
    }
  }

  /** However many wait, each end of a request lets one of them be tried. */
  @Test
  void onlyTheFirstThatWaitsIsTried() throws Exception {
    turns = patient;
    CountDownLatch first = new CountDownLatch(1);
    FullClient client = new FullClient(1, Map.of("/first", first));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      calls.add(threads.submit(() -> send(client, "/first")));
      assertEquals("/first", client.begun.take());
      calls.add(threads.submit(() -> send(client, "/a")));
      awaitWaiting(1);
      for (int i = 0; i < 100; i++) {
        calls.add(threads.submit(() -> send(client, "/b")));
      }
      awaitWaiting(101);
      client.tried.clear();
      first.countDown();
      for (Future<Integer> call : calls) {
        assertEquals(200, call.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(101, client.tried.size(), "each once");
  }

  @Test
  void whileNoneEndsTheFirstThatWaitsIsTriedNowAndThen() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    FullClient client = new FullClient(1, Map.of("/first", first));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      calls.add(threads.submit(() -> send(client, "/first")));
      assertEquals("/first", client.begun.take());
      calls.add(threads.submit(() -> send(client, "/a")));
      awaitWaiting(1);
      for (int i = 0; i < 10; i++) {
        calls.add(threads.submit(() -> send(client, "/b")));
      }
      awaitWaiting(11);
      client.tried.clear();
      int triesOfTheFirst = 0;
      for (int i = 0; i < 30; i++) {
        triesOfTheFirst += client.tried.take().equals("/a") ? 1 : 0;
      }
      first.countDown();
      for (Future<Integer> call : calls) {
        assertEquals(200, call.get());
      }
      assertTrue(triesOfTheFirst >= 15, triesOfTheFirst + " of 30");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoWaitsIsTriedWhereTheServerAllowsMoreThoughNoneEnded() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    FullClient client = new FullClient(1, Map.of("/first", end, "/a", end, "/b", end));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      calls.add(threads.submit(() -> send(client, "/first")));
      assertEquals("/first", client.begun.take());
      for (String name : List.of("/a", "/b")) {
        calls.add(threads.submit(() -> send(client, name)));
        awaitWaiting(calls.size() - 1);
      }
      client.allowed = 3;

      assertEquals("/a", client.begun.poll(20, TimeUnit.SECONDS));
      assertEquals("/b", client.begun.poll(20, TimeUnit.SECONDS));
      end.countDown();
      for (Future<Integer> call : calls) {
        assertEquals(200, call.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoseTimeIsUpBeforeItsTurnWasNotSent() throws Exception {
    turns = patient;
    CountDownLatch first = new CountDownLatch(1);
    FullClient client = new FullClient(1, Map.of("/first", first));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<Integer> held = threads.submit(() -> send(client, "/first"));
      assertEquals("/first", client.begun.take());
      Future<Integer> waits = threads.submit(() -> send(client, "/a"));
      awaitWaiting(1);
      long soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);

      ConnectException failure =
          assertThrows(ConnectException.class, () -> send(client, "/b", soon));

      assertEquals("the server allows no more requests on the connection", failure.getMessage());
      first.countDown();
      assertEquals(200, held.get());
      assertEquals(200, waits.get());
      assertEquals(List.of("/first", "/a", "/a"), List.copyOf(client.tried));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anyOtherFailureComesOutAtOnce() {
    IOException reset = new IOException("reset");
    List<String> tried = new ArrayList<>();
    HttpClient client = new TestClient() {
      @Override
      public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
          throws IOException {
        tried.add(request.uri().getPath());
        throw reset;
      }
    };

    assertSame(reset, assertThrows(IOException.class, () -> send(client, "/x")));
    assertEquals(List.of("/x"), tried);
  }

  // How long a server may allow nothing

  /** Refuses a request so many times, each of which takes a tick. */
  private FullClient refusing(int times) {
    return new FullClient(0, Map.of()) {
      @Override
      public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
          throws IOException, InterruptedException {
        if (tried.size() == times) {
          allowed = 1;
        }
        return super.send(request, handler);
      }
    };
  }

  @Test
  void itsPatienceBeginsWithTheRequestThoughNoneWasUnderWayForLong() throws Exception {
    AtomicLong now = new AtomicLong();
    turns = new Turns(0, now::incrementAndGet);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertEquals(200, send(refusing(3), "/x", Long.MAX_VALUE));
  }

  @Test
  void itBeginsAnewWithTheEndOfAnother() throws Exception {
    AtomicLong now = new AtomicLong();
    turns = new Turns(TimeUnit.SECONDS.toNanos(50), now::incrementAndGet);
    CountDownLatch first = new CountDownLatch(1);
    FullClient held = new FullClient(1, Map.of("/first", first));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<Integer> ended = threads.submit(() -> send(held, "/first", Long.MAX_VALUE));
      assertEquals("/first", held.begun.take());
      Future<Integer> waits = threads.submit(() -> send(refusing(1), "/x", Long.MAX_VALUE));
      awaitWaiting(1);
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      first.countDown();

      assertEquals(200, ended.get());
      assertEquals(200, waits.get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aServerThatAllowsNothingIsNotWaitedForLong() {
    FullClient client = new FullClient(0, Map.of());

    ConnectException failure = assertThrows(ConnectException.class, () -> send(client, "/"));

    assertInstanceOf(IOException.class, failure.getCause());
  }

  @Test
  void oneThatWaitsIsInterrupted() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    FullClient client = new FullClient(1, Map.of("/first", first));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<Integer> held = threads.submit(() -> send(client, "/first"));
      assertEquals("/first", client.begun.take());
      CountDownLatch ended = new CountDownLatch(1);
      Future<?> waits = threads.submit(() -> {
        try {
          return send(client, "/a");
        } catch (InterruptedException e) {
          ended.countDown();
          throw e;
        }
      });
      awaitWaiting(1);
      waits.cancel(true);
      ended.await();
      Future<Integer> next = threads.submit(() -> send(client, "/b"));
      first.countDown();

      assertEquals(200, held.get());
      assertEquals(200, next.get());
      assertEquals(List.of("/b"), List.copyOf(client.begun));
    } finally {
      threads.shutdownNow();
    }
  }
}
