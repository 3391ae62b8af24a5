package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.Tag;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads on one registry object, and threads that do not wait for its answers. */
@Timeout(240)
@Isolated
class ConcurrencyTest {

  private static final boolean ALL = Extent.IS_WHOLE;

  private static final int THREADS = 64;

  private static final int VIRTUAL_THREADS = ALL ? 10_000 : 300;

  /** As many servers allow. */
  private static final int STREAMS = 100;

  private static final int INTERRUPTS = ALL ? 200 : 15;

  private static final int CLOSINGS = ALL ? 40 : 4;

  private static final AtomicInteger CLIENTS = new AtomicInteger();

  @RegisterExtension
  static final TrustedAuthority AUTHORITY = new TrustedAuthority();

  /** A client of the SDK's own that no other test has used. */
  private static HttpOptions options() {
    return HttpOptions.defaults()
        .withConnectTimeout(Duration.ofSeconds(30).plusNanos(CLIENTS.incrementAndGet()));
  }

  // Many at a time

  @ParameterizedTest
  @EnumSource
  void manyThreadsNeedOneTokenAndNoMoreConnectionsThanThereAreRequestsAtATime(Sites which)
      throws Exception {
    assertOneConnectionEach(which, which.start());
  }

  private static <R extends Registry> void assertOneConnectionEach(Sites which, Site<R> site)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (site;
        Relay relay = new Relay(site.address());
        R registry = open(site, relay)) {
      site.fill();
      CountDownLatch ready = new CountDownLatch(THREADS);
      List<Future<Void>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        calls.add(threads.submit(() -> {
          ready.countDown();
          ready.await();
          for (int call = 0; call < 3; call++) {
            assertEquals("1.1", registry.getTag(site.image, "1.1").name());
          }
          return null;
        }));
      }
      for (Future<Void> call : calls) {
        call.get();
      }
      assertTrue(
          relay.accepted() <= (THREADS + 1) * which.clients(), relay.accepted() + " connections");
      assertEquals(
          Set.of(Sites.BLAXEL, Sites.GITHUB, Sites.DOCKER_REGISTRY_2).contains(which) ? 1 : 0,
          relay.tokenRequests());
    } finally {
      threads.shutdownNow();
    }
  }

  private static <R extends Registry> R open(Site<R> site, Relay relay) {
    site.fill();
    return site.open(relay.url(site.address()), options());
  }

  /** By HTTP/2, where the server allows so many requests at a time and the others wait. */
  @ParameterizedTest
  @EnumSource
  void thousandsOfVirtualThreadsShareAConnectionAndPinNothing(Sites which) throws Exception {
    Assumptions.assumeTrue(
        Runtime.version().feature() >= 21, "this JDK has no virtual threads: 21 has");
    assertSharedByVirtualThreads(which.start(), which.clients());
  }

  private static <R extends Registry> void assertSharedByVirtualThreads(
      Site<R> site, int connections) throws Exception {
    Queue<String> pinned = new ConcurrentLinkedQueue<>();
    Http2Fault none = new Http2Fault("none", true, STREAMS, Http2Answer.REAL);
    ExecutorService threads = (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try (site;
        Http2Proxy proxy = new Http2Proxy(
            site.address(), AUTHORITY.certificates().ofServer(Certificates.Kind.GOOD));
        RecordingStream events = new RecordingStream()) {
      site.fill();
      proxy.start(new Http2Proxy.Order(0, true, none));
      events
          .enable("jdk.VirtualThreadPinned")
          .withThreshold(Duration.ofMillis(1))
          .withStackTrace();
      events.onEvent("jdk.VirtualThreadPinned", event -> pinned.addAll(frames(event)));
      try (R registry = site.open(proxy.url(site.address()), options())) {
        registry.getTag(site.image, "1.1");
        events.startAsync();
        List<Future<Tag>> calls = new ArrayList<>();
        for (int i = 0; i < VIRTUAL_THREADS; i++) {
          calls.add(threads.submit(() -> registry.getTag(site.image, "1.1")));
        }
        for (Future<Tag> call : calls) {
          assertEquals("1.1", call.get().name());
        }
      }
      RecordingStream.class
          .getMethod("stop")
          .invoke(events); // hands over what there is; from 20 on
      assertEquals(connections, proxy.accepted(), "connections");
      assertTrue(proxy.requests().stream()
              .filter(asked -> asked.path().contains("token"))
              .count()
          <= 1);
      assertEquals(List.of(), List.copyOf(pinned));
    } finally {
      threads.shutdownNow();
    }
  }

  // Not waiting

  @ParameterizedTest
  @EnumSource
  void aCallThatIsCancelledAtAnyMomentLeavesWhatItSays(Sites which) throws Exception {
    assertCancelledCallsAreHonest(which.start());
  }

  private static <R extends Registry> void assertCancelledCallsAreHonest(Site<R> site)
      throws Exception {
    Random random = new Random(13);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (site;
        FaultyProxy proxy = new FaultyProxy(site.address());
        R registry = site.open(proxy.url(site.address()), options())) {
      site.fill();
      registry.getTag(site.image, "1.1");
      for (int i = 0; i < INTERRUPTS; i++) {
        site.fill();
        Map<String, String> was = new TreeMap<>(site.state());
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Future<?> call = thread.submit(() -> {
          begun.countDown();
          try {
            registry.deleteTag(site.image, "1.0");
          } catch (RuntimeException e) {
            failures.add(e);
          } finally {
            ended.countDown();
          }
        });
        begun.await();
        long moment = System.nanoTime() + random.nextInt(25_000_000);
        while (System.nanoTime() < moment) {
          Thread.onSpinWait();
        }
        call.cancel(true);
        assertTrue(ended.await(60, TimeUnit.SECONDS), "it goes on");
        awaitNone(proxy); // a request that nobody waits for any more may be on its way
        assertSaid(was, new TreeMap<>(site.state()), failures.peek());
      }
    } finally {
      thread.shutdownNow();
    }
  }

  private static void assertSaid(
      Map<String, String> was, Map<String, String> is, RuntimeException failure) {
    Map<String, String> without = new TreeMap<>(was);
    without.remove("1.0");
    if (failure == null) {
      assertEquals(without, is);
      return;
    }
    assertTrue(failure instanceof RegistryInterruptedException, failure.toString());
    boolean mayBeGone = ((RegistryException) failure).mayHaveTakenEffect();
    assertTrue(is.equals(was) || mayBeGone && is.equals(without), failure + " and " + is);
  }

  @ParameterizedTest
  @EnumSource
  void allCallsEndWhenTheRegistryIsClosed(Sites which) throws Exception {
    assertEndedByClosing(which.start());
  }

  private static <R extends Registry> void assertEndedByClosing(Site<R> site) throws Exception {
    Random random = new Random(17);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (site;
        FaultyProxy proxy = new FaultyProxy(site.address())) {
      for (int i = 0; i < CLOSINGS; i++) {
        site.fill();
        Map<String, String> was = new TreeMap<>(site.state());
        proxy.start(FaultyProxy.Order.NONE);
        R registry = site.open(proxy.url(site.address()), options());
        List<Future<?>> calls = new ArrayList<>();
        for (int call = 0; call < 16; call++) {
          boolean isDeletion = call == 0;
          calls.add(threads.submit(() -> goOn(site, registry, isDeletion)));
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
        registry.close();
        for (Future<?> call : calls) {
          assertEndedSo(call);
        }
        was.keySet().removeAll(List.of("1.0", "1.2"));
        Map<String, String> is = new TreeMap<>(site.state());
        is.keySet().removeAll(List.of("1.0", "1.2"));
        assertEquals(was, is);
        awaitNone(proxy);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static <R extends Registry> void goOn(Site<R> site, R registry, boolean isDeletion) {
    if (isDeletion) {
      var result = registry.deleteTags(site.image, List.of("1.0", "1.2"), DeleteOptions.defaults());
      result.stoppedBy().ifPresent(e -> {
        throw e;
      });
    }
    while (true) {
      if (ThreadLocalRandom.current().nextBoolean()) {
        registry.listTags(site.image).toList();
      } else {
        registry.getTag(site.image, "1.1");
      }
    }
  }

  private static void assertEndedSo(Future<?> call) throws Exception {
    try {
      call.get(60, TimeUnit.SECONDS);
      throw new AssertionError("no call goes on without a registry");
    } catch (ExecutionException e) {
      Throwable end = e.getCause();
      boolean isSaid = end instanceof RegistryIOException
          && end.getMessage().contains("this registry was closed meanwhile");
      boolean isRefused = end instanceof IllegalStateException
          && "this registry is closed".equals(end.getMessage());
      boolean isSaidHowToRepair = end instanceof IncompleteDeletionException;
      assertTrue(isSaid || isRefused || isSaidHowToRepair, end.toString());
    } catch (CancellationException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitNone(FaultyProxy proxy) throws IOException, InterruptedException {
    proxy.takeAll();
    for (int i = 0; i < 3000 && proxy.connections() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertEquals(0, proxy.connections(), "connections that are left");
  }

  private static List<String> frames(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return List.of();
    }
    return event.getStackTrace().getFrames().stream()
        .map(frame ->
            frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
        .filter(frame -> frame.startsWith("dev.registrykit.") && !frame.contains(".reliability."))
        .toList();
  }
}
