package dev.registrykit.testkit.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the journal of an emulated service and spoils its answers. Thread-safe. */
public final class Emulation {

  /** What one request has met: a fault in what is sent, an answer of the service, or both. */
  record Outcome(
      @Nullable FaultScript fault,
      @Nullable ApiAnswer answer,
      Map<String, String> headers,
      Pauses pauses) {}

  private final EmulatedService service;
  private final RequestJournal journal = new RequestJournal();
  private ScriptQueue<FaultScript> faults = new ScriptQueue<>();
  private ScriptQueue<Runnable> actions = new ScriptQueue<>();
  private Pauses pauses = new Pauses();

  public Emulation(EmulatedService service) {
    this.service = service;
  }

  Outcome serve(ApiRequest request) {
    Optional<Runnable> action;
    synchronized (this) {
      journal.add(request);
      action = actions.take(request);
    }
    action.ifPresent(Runnable::run);
    Pauses current;
    FaultScript fault;
    synchronized (this) {
      current = pauses;
      fault = faults.take(request).orElse(null);
    }
    Map<String, String> headers = service.nextHeaders();
    boolean reachesService = fault == null || fault.carriesOut();
    ApiAnswer answer = reachesService ? service.handle(request) : null;
    return new Outcome(fault == null ? null : fault.sent(), answer, headers, current);
  }

  /** Has requests spoiled: of those that match, {@code times} after the first {@code spared}. */
  public synchronized void fail(
      int spared, int times, Predicate<ApiRequest> matches, FaultScript fault) {
    faults.add(spared, times, matches, fault);
  }

  public synchronized void clearFaults() {
    faults = new ScriptQueue<>();
  }

  /** Has something done before the next request that matches, without holding a lock. */
  public synchronized void beforeNext(Predicate<ApiRequest> matches, Runnable action) {
    actions.add(0, 1, matches, action);
  }

  public synchronized int pendingFaults() {
    return faults.size();
  }

  public synchronized List<ApiRequest> requests() {
    return journal.requests();
  }

  public synchronized long requestCount() {
    return journal.count();
  }

  public synchronized void clearRequests() {
    journal.clear();
  }

  /** Forgets requests and faults, and ends answers that are stalled. */
  public synchronized void reset() {
    endPauses();
    pauses = new Pauses();
    journal.clear();
    faults = new ScriptQueue<>();
    actions = new ScriptQueue<>();
  }

  public synchronized void endPauses() {
    pauses.endAll();
  }
}
