package dev.registrykit.reliability;

import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Tries cells on one site, and says what is wrong. Belongs to one thread. */
final class Bench<R extends Registry> implements AutoCloseable {

  /** Long enough for an answer of this machine's, however busy it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Short, since silence is waited for. */
  private static final Duration IMPATIENCE = Duration.ofMillis(250);

  /** How long anything may take. */
  private static final Duration MOST = Duration.ofSeconds(60);

  private static final int LOOKS = 5_000;

  private final Site<R> site;
  private final FaultyProxy proxy;
  private final Secrets secrets;
  private final Map<Operation<R>, Ending> cleanEndings = new HashMap<>();

  /** What there was before the latest run. */
  private Map<String, String> before = Map.of();

  /** What became of a run. */
  private record Ending(
      Object result,
      RuntimeException failure,
      Map<String, String> state,
      Object more,
      boolean hasRefused,
      Map<String, String> restored) {

    /** The exceptions that were thrown, or came with the result. */
    List<RegistryException> failures() {
      List<RegistryException> all = new ArrayList<>();
      if (failure instanceof RegistryException thrown) {
        all.add(thrown);
      }
      if (result instanceof Operation.Claims claims) {
        all.addAll(claims.failures());
      }
      return all;
    }
  }

  Bench(Site<R> site) {
    this.site = site;
    proxy = new FaultyProxy(site.address());
    secrets = new Secrets(site.secrets());
    LogWatch.watch(secrets);
  }

  Site<R> site() {
    return site;
  }

  /** Returns the requests that an operation makes if nothing goes wrong. */
  List<FaultyProxy.Request> requests(Operation<R> operation) {
    run(operation, FaultyProxy.Order.NONE, PATIENCE);
    return proxy.requests();
  }

  /** Tries one cell, and returns what is wrong; empty if all is well. */
  List<String> wrong(Cell<R> planned, Tally tally) {
    Operation<R> operation = planned.operation();
    Ending clean = clean(operation);
    long start = System.nanoTime();
    Duration patience = planned.fault().kind() == Fault.Kind.SILENCE ? IMPATIENCE : PATIENCE;
    Ending ending = run(operation, planned.order(), patience);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    List<String> wrong = new ArrayList<>();
    if (proxy.requests().size() <= planned.step()) {
      tally.notReached();
      return wrong;
    }
    Cell<R> cell = planned.of(proxy.requests().get(planned.step()));
    if (took.compareTo(MOST) > 0) {
      wrong.add("took " + took);
    }
    tally.count(cell, ending.failure());
    ending.failures().forEach(e -> wrong.addAll(secretsIn(e)));
    wrong.addAll(wrongWithFailure(cell, clean, ending));
    wrong.addAll(wrongWithState(cell, before, ending));
    if (ending.failure() == null) {
      wrong.addAll(wrongWithResult(cell, clean, ending));
    }
    awaitNoConnection(wrong);
    return wrong.stream()
        .map(what -> cell + ": " + what + "  [" + shown(ending) + "]")
        .toList();
  }

  private Ending clean(Operation<R> operation) {
    return cleanEndings.computeIfAbsent(
        operation, clean -> run(clean, FaultyProxy.Order.NONE, PATIENCE));
  }

  /** Tries an operation at an address where nobody listens, and returns what is wrong. */
  List<String> wrongIfRefused(Operation<R> operation, Tally tally) {
    Ending ending =
        run(operation, FaultyProxy.nobody(site.address()), FaultyProxy.Order.NONE, PATIENCE);
    tally.countRefused(ending.failure());
    List<String> wrong = new ArrayList<>();
    if (ending.failures().isEmpty()) {
      wrong.add("no failure");
    }
    for (RegistryException e : ending.failures()) {
      wrong.addAll(secretsIn(e));
      if (e.getClass() != RegistryIOException.class || e.mayHaveTakenEffect()) {
        wrong.add("not expected: " + e);
      }
    }
    if (!ending.state().equals(before) || !sameMore(ending)) {
      wrong.add(difference(ending));
    }
    return wrong.stream().map(what -> operation + ", nobody listens: " + what).toList();
  }

  private Ending run(Operation<R> operation, FaultyProxy.Order order, Duration patience) {
    return run(operation, proxy.url(site.address()), order, patience);
  }

  private Ending run(
      Operation<R> operation, URI address, FaultyProxy.Order order, Duration patience) {
    site.fill();
    before = new TreeMap<>(site.state());
    Object moreBefore = moreOf(operation);
    HttpOptions options = HttpOptions.defaults()
        .withRetryPolicy(RetryPolicy.none())
        .withConnectTimeout(PATIENCE)
        .withAttemptTimeout(patience)
        .withRequestListener(LogWatch::read);
    proxy.start(order);
    Object result = null;
    RuntimeException failure = null;
    try (R registry = site.open(address, options)) {
      result = operation.call().apply(registry);
    } catch (RuntimeException e) {
      failure = e;
    }
    boolean hasRefused = proxy.hasRefused();
    Map<String, String> state = new TreeMap<>(site.state());
    Object moreAfter = moreOf(operation);
    Ending ending = new Ending(
        result, failure, state, List.of(moreBefore, moreAfter), hasRefused, new TreeMap<>());
    for (RegistryException e : ending.failures()) {
      if (e instanceof IncompleteDeletionException left) {
        left.tag().ifPresent(tag -> ending.restored().put(tag, restored(left, tag)));
      }
    }
    return ending;
  }

  private Object moreOf(Operation<R> operation) {
    try (R registry = site.open(site.address(), HttpOptions.defaults())) {
      return operation.more().apply(registry);
    }
  }

  /** Does what the exception says to do, and returns the tag's digest then. */
  private String restored(IncompleteDeletionException left, String tag) {
    if (left.remedy() != IncompleteDeletionException.Remedy.RESTORE_TAG) {
      return "";
    }
    try (R registry = site.open(site.address(), HttpOptions.defaults())) {
      registry.restoreTag(site.image, tag);
    } catch (TagNotFoundException e) {
      return "gone";
    }
    return site.state().getOrDefault(tag, "gone");
  }

  private List<String> wrongWithFailure(Cell<R> cell, Ending clean, Ending ending) {
    List<String> wrong = new ArrayList<>();
    RuntimeException failure = ending.failure();
    if (failure == null) {
      return wrong;
    }
    if (!(failure instanceof RegistryException e)) {
      wrong.add("no exception of the SDK's: " + failure);
      return wrong;
    }
    boolean isAsEver = clean.failure() != null && clean.failure().getClass() == e.getClass();
    if (!isAsEver && !Expected.by(cell, e, ending.hasRefused())) {
      wrong.add("not expected: " + e.getClass().getSimpleName());
    }
    boolean isUnchanged = ending.state().equals(before) && sameMore(ending);
    if (!e.mayHaveTakenEffect() && !isUnchanged) {
      wrong.add("said to be without effect, but " + difference(ending));
    }
    return wrong;
  }

  private static boolean sameMore(Ending ending) {
    List<?> more = (List<?>) ending.more();
    return more.get(0).equals(more.get(1));
  }

  private String difference(Ending ending) {
    return "was " + before + ", is " + ending.state() + ", more " + ending.more();
  }

  private List<String> wrongWithState(Cell<R> cell, Map<String, String> was, Ending ending) {
    List<String> wrong = new ArrayList<>();
    was.forEach((tag, digest) -> {
      String now = ending.state().get(tag);
      boolean isAsItWas = digest.equals(now);
      boolean isBelieved = now == null || cell.fault().kind().isBelievable();
      boolean mayBeGone = cell.operation().mayGo().contains(tag) && isBelieved;
      boolean isMended = now != null && digest.equals(ending.restored().get(tag));
      if (!isAsItWas && !mayBeGone && !isMended) {
        wrong.add(tag + " was " + digest + " and is " + now);
      }
    });
    for (String tag : ending.state().keySet()) {
      if (!was.containsKey(tag) && !cell.operation().mayGo().contains(tag)) {
        wrong.add(tag + " has come");
      }
    }
    return wrong;
  }

  private List<String> wrongWithResult(Cell<R> cell, Ending clean, Ending ending) {
    List<String> wrong = new ArrayList<>();
    for (String text : Strings.of(ending.result())) {
      secrets.in(text).forEach(spelling -> wrong.add("the result shows " + spelling));
    }
    if (cell.fault().kind().isBelievable() || cell.mayBeTakenForNo()) {
      return wrong;
    }
    boolean mayHaveLied = cell.mayHaveLied(ending.hasRefused());
    if (ending.result() instanceof Operation.Claims claims) {
      claims.untouched().stream()
          .filter(tag -> !String.valueOf(before.get(tag)).equals(ending.state().get(tag)))
          .forEach(tag -> wrong.add(tag + " was said to be untouched"));
      if (!mayHaveLied) {
        claims.gone().stream()
            .filter(ending.state()::containsKey)
            .forEach(tag -> wrong.add(tag + " is there, but was said to be gone"));
      }
    } else if (!String.valueOf(ending.result()).equals(String.valueOf(clean.result()))) {
      wrong.add("returned " + ending.result() + " in place of " + clean.result());
    } else if (!mayHaveLied
        && cell.operation().changes()
        && !ending.state().equals(clean.state())) {
      wrong.add("returned, but " + difference(ending));
    }
    return wrong;
  }

  /** What a registry has opened ends with it. */
  private void awaitNoConnection(List<String> wrong) {
    for (int look = 1; proxy.connections() > 0; look++) {
      if (look > LOOKS) {
        wrong.add(proxy.connections() + " connections are left");
        return;
      }
      if (look % 50 == 0) {
        System.gc(); // before JDK 21 a client ends when it is collected
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** In its message and trace, in its fields, and in the bytes that it is sent elsewhere as. */
  private List<String> secretsIn(RegistryException e) {
    List<String> shown = new ArrayList<>(secrets.in(trace(e)));
    Strings.of(e).forEach(text -> shown.addAll(secrets.in(text)));
    shown.addAll(secrets.in(new String(serialized(e), StandardCharsets.ISO_8859_1)));
    return shown.stream().map(spelling -> "an exception shows " + spelling).toList();
  }

  private static byte[] serialized(RegistryException e) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    } catch (IOException cannotBe) {
      throw new AssertionError("an exception that cannot be serialized", cannotBe);
    }
    return bytes.toByteArray();
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static String shown(Ending ending) {
    if (ending.failure() == null) {
      String result = String.valueOf(ending.result());
      return "returned " + result.substring(0, Math.min(300, result.length())) + ", left "
          + ending.state();
    }
    String text = String.valueOf(ending.failure());
    return text.substring(0, Math.min(400, text.length()));
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    site.close();
  }
}
