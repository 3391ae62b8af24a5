package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation of every provider, with every fault at every one of its requests. {@code mvn verify} tries one cell in
 * so many, and always the same; {@code -Dmatrix.stride=1} tries all.
 */
@Isolated
class FaultMatrixTest {

  private static final int WORKERS = Integer.getInteger("registrykit.matrix.workers", 2);

  private static final int STRIDE = Integer.getInteger("registrykit.matrix.stride", 1);

  /** A part of what cells are called that are to be tried: {@code mvn -Dregistrykit.matrix.only=deleteTag}. */
  private static final String ONLY = System.getProperty("registrykit.matrix.only", "");

  private static final Tally TALLY = new Tally();

  private static final List<String> WRONG = new ArrayList<>();

  @AfterAll
  static void report() throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("fault matrix: %d cells on %d registries, %d wrong, %d not reached"
        .formatted(TALLY.cells(), Sites.values().length, WRONG.size(), TALLY.cellsNotReached()));
    TALLY.endings().forEach((ending, count) -> lines.add(ending + " " + count));
    lines.addAll(WRONG);
    Files.write(Path.of(System.getProperty("registrykit.matrix.report")), lines);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostAndNothingIsSaidThatIsNotTrue(Sites which) throws Exception {
    Leftovers before = Leftovers.now();
    List<String> wrong = tryAll(which);
    WRONG.addAll(wrong);
    assertEquals("", String.join("\n", wrong), () -> wrong.size() + " cells are wrong");
    assertTrue(TALLY.cells() > 0);
    before.awaitNoMore();
    assertNull(LogWatch.takeShown(), "a log line that shows a secret");
  }

  private static List<String> tryAll(Sites which) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<List<String>>> shares = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        boolean isFirst = worker == 0;
        Callable<List<String>> share = () -> tried(which.start(), next, isFirst);
        shares.add(workers.submit(share));
      }
      List<String> wrong = new ArrayList<>();
      for (Future<List<String>> share : shares) {
        wrong.addAll(share.get());
      }
      return wrong;
    } finally {
      workers.shutdownNow();
    }
  }

  /** Tries the cells that no other worker has begun, and, as the first one, connections that are refused. */
  private static <R extends Registry> List<String> tried(
      Site<R> site, AtomicInteger next, boolean isFirst) throws Exception {
    List<String> wrong = new ArrayList<>();
    try (Bench<R> bench = new Bench<>(site)) {
      List<Cell<R>> cells = cells(bench);
      for (Operation<R> operation : bench.site().operations()) {
        if (isFirst && !bench.requests(operation).isEmpty()) {
          wrong.addAll(bench.wrongIfRefused(operation, TALLY));
        }
      }
      for (int i = next.getAndIncrement(); i < cells.size(); i = next.getAndIncrement()) {
        wrong.addAll(bench.wrong(cells.get(i), TALLY));
      }
    }
    return wrong;
  }

  private static <R extends Registry> List<Cell<R>> cells(Bench<R> bench) {
    List<Cell<R>> all = new ArrayList<>();
    for (Operation<R> operation : bench.site().operations()) {
      List<FaultyProxy.Request> requests = bench.requests(operation);
      for (int step = 0; step < requests.size(); step++) {
        for (Fault fault : Fault.all()) {
          addCells(all, operation, step, requests.get(step), fault);
        }
      }
    }
    if (!ONLY.isEmpty()) {
      all.removeIf(cell -> !cell.toString().contains(ONLY));
    }
    List<Cell<R>> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += STRIDE) {
      some.add(all.get(i));
    }
    return some;
  }

  private static <R extends Registry> void addCells(
      List<Cell<R>> cells,
      Operation<R> operation,
      int step,
      FaultyProxy.Request request,
      Fault fault) {
    for (boolean isForEver : new boolean[] {false, true}) {
      if (!fault.isOfRealAnswer()) {
        cells.add(new Cell<>(operation, step, request, fault, isForEver, false));
      }
      if (fault.isOfRealAnswer() || request.changes() && !fault.kind().isRefusal()) {
        cells.add(new Cell<>(operation, step, request, fault, isForEver, true));
      }
    }
  }
}
