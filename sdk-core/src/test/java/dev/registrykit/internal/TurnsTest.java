package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests wait for each other, in turn, where a server allows only so many at a time. */
@Timeout(60)
class TurnsTest {

  /** Where nothing but the end of another request lets the first that waits be tried. */
  private final Turns patient = new Turns(TimeUnit.SECONDS.toNanos(50));

  private Turns turns = new Turns();

  /** Refuses as the JDK's client does, while as many as it allows are under way. */
  private static final class FullClient extends TestClient {

    private final int allowed;
    private final AtomicInteger underWay = new AtomicInteger();
    private final BlockingQueue<String> tried = new LinkedBlockingQueue<>();
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
    long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
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
