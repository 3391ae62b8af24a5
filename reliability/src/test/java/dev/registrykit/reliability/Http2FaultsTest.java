package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What HTTP/2 adds to what can go wrong, at every request of reading and of deleting, with the attempts of the standard
 * policy and no wait between them.
 */
@ResourceLock(TrustedAuthority.LOCK)
class Http2FaultsTest {

  private static final boolean ALL = Extent.IS_WHOLE;

  private static final int WORKERS = ALL ? 3 : 1;

  /** Of how many cells one is tried. */
  private static final int STRIDE = Integer.getInteger("registrykit.http2.stride", ALL ? 5 : 401);

  private static final Set<String> OPERATIONS = Set.of(
      "listTags", "listTags newest first", "getTag", "deleteTag", "deleteTags", "plan and run");

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Where the JDK waits for what never comes. */
  private static final Duration IMPATIENCE = Duration.ofMillis(300);

  private static final Duration MOST = Duration.ofSeconds(30);

  /** Putting a tag back is tried for 30 s, which pass without waiting here. */
  private static final int MOST_TO_PUT_BACK = 500;

  private static final AtomicInteger CLIENTS = new AtomicInteger();

  private static final AtomicInteger CELLS = new AtomicInteger();

  @RegisterExtension
  static final TrustedAuthority AUTHORITY = new TrustedAuthority();

  private record Http2Cell<R extends Registry>(
      Operation<R> operation, int step, boolean isForEver, Http2Fault fault, int cleanRequests) {

    @Override
    public String toString() {
      return operation + ", " + fault + (isForEver ? " from request " : " at request ")
          + (step + 1);
    }
  }

  private record Ending(Object result, RuntimeException failure, Map<String, String> state) {}

  @ParameterizedTest
  @EnumSource
  void nothingIsLostAndNothingIsSentOverAndOver(Sites which) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    List<String> wrong = new ArrayList<>();
    try {
      List<Future<List<String>>> shares = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        Callable<List<String>> share = () -> new Worker<>(which.start()).tried(next);
        shares.add(workers.submit(share));
      }
      for (Future<List<String>> share : shares) {
        wrong.addAll(share.get());
      }
    } finally {
      workers.shutdownNow();
    }
    assertEquals("", String.join("\n", wrong), () -> wrong.size() + " cells are wrong");
    assertTrue(CELLS.get() > 0);
  }

  /** Reading and deleting several at a time is the SDK's doing, which a caller cannot help. */
  @ParameterizedTest
  @EnumSource
  void aServerThatAllowsOneRequestAtATimeIsWaitedFor(Sites which) throws Exception {
    Worker<?> worker = new Worker<>(which.start());
    assertEquals(
        List.of(), worker.wrongWithStreams(1, Set.of("listTags newest first", "deleteTags")));
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatAllowsNoneHasDoneNothing(Sites which) throws Exception {
    Worker<?> worker = new Worker<>(which.start());
    assertEquals(List.of(), worker.wrongWithStreams(0, Set.of("deleteTag")));
  }

  /** Tries cells on a registry of its own. */
  private static final class Worker<R extends Registry> {

    private final Site<R> site;
    private final Http2Proxy proxy;
    private final Map<Operation<R>, Ending> clean = new java.util.HashMap<>();
    private Map<String, String> before = Map.of();

    Worker(Site<R> site) throws Exception {
      this.site = site;
      proxy =
          new Http2Proxy(site.address(), AUTHORITY.certificates().ofServer(Certificates.Kind.GOOD));
    }

    List<String> tried(AtomicInteger next) throws IOException {
      List<String> wrong = new ArrayList<>();
      try (site;
          proxy) {
        List<Http2Cell<R>> cells = cells();
        for (int i = next.getAndIncrement(); i < cells.size(); i = next.getAndIncrement()) {
          wrong.addAll(wrong(cells.get(i)));
          CELLS.incrementAndGet();
        }
      }
      return wrong;
    }

    /** Tries these operations with so many streams a connection. */
    List<String> wrongWithStreams(int most, Set<String> operations) throws IOException {
      Http2Fault few = new Http2Fault(most + " streams at a time", true, most, Http2Answer.REAL);
      List<String> wrong = new ArrayList<>();
      try (site;
          proxy) {
        for (Operation<R> operation : site.operations()) {
          if (!operations.contains(operation.name())) {
            continue;
          }
          Ending expected = run(operation, Http2Proxy.Order.NONE);
          Ending ending = run(operation, new Http2Proxy.Order(0, true, few));
          boolean isRight = most > 0
              ? same(ending.result(), expected.result()) && ending.state().equals(expected.state())
              : saysNothingWasDone(ending) && ending.state().equals(before);
          if (!isRight) {
            wrong.add(operation + ": " + ending);
          }
        }
      }
      return wrong;
    }

    private static boolean saysNothingWasDone(Ending ending) {
      return ending.failure() instanceof RegistryException e
          ? !e.mayHaveTakenEffect()
          : ending.result() instanceof Operation.Claims claims && claims.gone().isEmpty();
    }

    private List<Http2Cell<R>> cells() {
      List<Http2Cell<R>> all = new ArrayList<>();
      for (Operation<R> operation : site.operations()) {
        if (!OPERATIONS.contains(operation.name())) {
          continue;
        }
        clean.put(operation, run(operation, Http2Proxy.Order.NONE));
        int requests = proxy.requests().size();
        for (int step = 0; step < requests; step++) {
          for (Http2Fault fault : Http2Fault.all()) {
            all.add(new Http2Cell<>(operation, step, false, fault, requests));
            all.add(new Http2Cell<>(operation, step, true, fault, requests));
          }
        }
      }
      List<Http2Cell<R>> some = new ArrayList<>();
      for (int i = 0; i < all.size(); i += STRIDE) {
        some.add(all.get(i));
      }
      return some;
    }

    /** Opens a registry with a client of the SDK's own that no other cell has used. */
    private Ending run(Operation<R> operation, Http2Proxy.Order order) {
      site.fill();
      before = new TreeMap<>(site.state());
      HttpOptions options = HttpOptions.defaults()
          .withConnectTimeout(Duration.ofSeconds(20).plusNanos(CLIENTS.incrementAndGet()))
          .withAttemptTimeout(order.fault().isSilent() ? IMPATIENCE : PATIENCE)
          .withRetryPolicy(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO));
      proxy.start(order);
      Object result = null;
      RuntimeException failure = null;
      try (R registry = site.open(proxy.url(site.address()), options)) {
        result = operation.call().apply(registry);
      } catch (RuntimeException e) {
        failure = e;
      }
      return new Ending(result, failure, new TreeMap<>(site.state()));
    }

    private List<String> wrong(Http2Cell<R> cell) {
      long start = System.nanoTime();
      Ending ending =
          run(cell.operation(), new Http2Proxy.Order(cell.step(), cell.isForEver(), cell.fault()));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<String> wrong = new ArrayList<>();
      if (took.compareTo(MOST) > 0) {
        wrong.add("took " + took);
      }
      int requests = proxy.requests().size();
      boolean isPuttingBack = ending.failure() instanceof IncompleteDeletionException;
      if (requests > (isPuttingBack ? MOST_TO_PUT_BACK : mostRequests(cell))) {
        wrong.add(requests + " requests in place of " + cell.cleanRequests());
      }
      if (ending.failure() != null) {
        wrong.addAll(wrongWithFailure(cell, ending));
      } else if (!lasts(cell)
          && cell.step() > 0
          && !same(ending.result(), clean.get(cell.operation()).result())) {
        wrong.add("not the result " + clean.get(cell.operation()).result());
      }
      before.forEach((tag, digest) -> {
        String now = ending.state().get(tag);
        boolean mayBeGone = cell.operation().mayGo().contains(tag) && now == null;
        boolean isMended = now != null
            && lasts(cell)
            && cell.operation().mayGo().contains(tag)
            && digest.equals(restored(tag));
        if (!digest.equals(now) && !mayBeGone && !isMended) {
          wrong.add(tag + " was " + digest + " and is " + now);
        }
      });
      return wrong.stream()
          .map(what -> site.getClass().getSimpleName() + " " + cell + ": " + what + " ["
              + (ending.failure() == null ? ending.result() : trace(ending.failure())) + "]")
          .toList();
    }

    private static boolean lasts(Http2Cell<?> cell) {
      return cell.isForEver() || cell.fault().isLasting();
    }

    /** Blaxel's makes another token each time, so that it is not repeated. */
    private static boolean isOfToken(RegistryException e) {
      return e.operation().equals("get an access token") || e instanceof RegistryTimeoutException;
    }

    /** Repairs a tag that a deletion left half-way, as its exception says to do. */
    private String restored(String tag) {
      try (R registry = site.open(site.address(), HttpOptions.defaults())) {
        registry.restoreTag(site.image, tag);
      }
      return site.state().getOrDefault(tag, "gone");
    }

    private int mostRequests(Http2Cell<R> cell) {
      return 4 * cell.cleanRequests() + 30;
    }

    private List<String> wrongWithFailure(Http2Cell<R> cell, Ending ending) {
      List<String> wrong = new ArrayList<>();
      boolean isOfStatus = cell.fault().isInBody() && cell.isForEver();
      if (!(ending.failure() instanceof RegistryException e)) {
        if (!(isOfStatus
            && ending.failure() instanceof IllegalStateException)) { // a plan that is none
          wrong.add("no exception of the SDK's");
        }
        return wrong;
      }
      if (!lasts(cell) && !isOfToken(e)) {
        wrong.add("was not overcome");
      }
      if (!(e instanceof RegistryIOException
          || e instanceof IncompleteDeletionException
          || isOfStatus && e instanceof RegistryServiceException
          || e instanceof RegistryTimeoutException)) {
        wrong.add("not the exception of a connection");
      }
      if (e instanceof RegistryIOException && !(e.getCause() instanceof IOException)) {
        wrong.add("the cause is " + e.getCause());
      }
      if (!e.mayHaveTakenEffect() && !ending.state().equals(before)) {
        wrong.add("said to be without effect, but is " + ending.state());
      }
      if (e.mayHaveTakenEffect() && !cell.operation().changes()) {
        wrong.add("reading is said to have an effect");
      }
      return wrong;
    }

    private static boolean same(Object one, Object other) {
      return String.valueOf(one).equals(String.valueOf(other));
    }

    private static String trace(Throwable failure) {
      StringBuilder all = new StringBuilder();
      for (Throwable e = failure; e != null; e = e.getCause()) {
        all.append(e).append(" <- ");
      }
      return all.toString();
    }
  }
}
