package dev.registrykit.spi.support;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.http.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run that deletes many tags of an image, in steps, several at a time. Each step is an operation of
 * its own, with the time of one. A step that fails ends its own tags alone, but for what makes the rest
 * pointless: then nothing more is begun, and what is under way is waited for, so that the report is
 * whole.
 *
 * <p>A step that is told to slow down slows all: nobody begins a step while a request waits to be tried again
 * because of it. A step that failed of it is tried again after the time that the registry asked for, as often
 * as the {@link RetryPolicy} allows attempts, if the time is not longer than it obeys; where none was asked for,
 * it is the longest wait of the policy.
 *
 * <p>For one run, which one thread makes.
 *
 * @since 0.1.0
 */
public final class BulkDeletion {

  /** Each try has the time of an operation; the waits between have their own limits. */
  private static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

  private final Operation operation;
  private final TagsToDelete request;
  private final int concurrency;
  private final RetryPolicy policy;
  private final OperationRunner operations;
  private final Runnable requireOpen;
  private final TimeSource time;
  private final RateGate gate;
  private final RunListener listener;
  private final Map<String, Entry> entries = new HashMap<>();

  /** By the tags that went along. */
  private final Map<String, DeleteResult> takers = new HashMap<>();

  /** By the tags that may go along with others, these others. */
  private final Map<String, Set<String>> possibleTakers = new HashMap<>();

  private @Nullable RegistryException stoppedBy;
  private @Nullable Throwable thrown;

  /**
   * Prepares a run.
   *
   * @param operation what it is, such as {@code delete tags of ns/app}
   * @param request what was asked for
   * @param concurrency how many steps at a time at most, from 1
   * @param policy how often and how patiently a step is repeated that is told to slow down
   * @param operations does each step as one operation
   * @param requireOpen throws an {@link IllegalStateException} once the registry is closed
   */
  public BulkDeletion(
      Operation operation,
      TagsToDelete request,
      int concurrency,
      RetryPolicy policy,
      TimeSource time,
      OperationRunner operations,
      Runnable requireOpen) {
    this.operation = operation;
    this.request = request;
    this.concurrency = concurrency;
    this.policy = policy;
    this.operations = operations;
    this.requireOpen = requireOpen;
    this.time = time;
    this.gate = new RateGate(time);
    this.listener = new RunListener(
        request, () -> !isOver() && gate.isOpen(), this::hasEnded, this::stopThrowing);
  }

  /** Returns the names of the tags, in the order asked. */
  public List<String> tags() {
    return request.tags();
  }

  /** Returns the options as they were given, for all tags. */
  public DeleteOptions options() {
    return request.options();
  }

  /**
   * Returns the options for one of the tags, for use in its step: with its own required digest, and allowing the
   * tags of the run that may go along with it, which are those of its required digest, or all if digests are not
   * required, and never one that the listener refused.
   */
  public DeleteOptions optionsFor(String tag) {
    return listener.optionsFor(tag);
  }

  /**
   * Does a step that all tags without an entry wait for, such as a look at what is there. If it fails,
   * that is how they end.
   *
   * @return empty if it failed or the run is over
   */
  public <T> Optional<T> once(Supplier<T> work) {
    Step<T> step = new Step<>(List.of(), work);
    Optional<T> outcome = step.run();
    if (step.failure != null) {
      RegistryException failure = step.failure;
      waiting().forEach(tag -> record(Entry.failed(tag, failure)));
    }
    return outcome;
  }

  /** Does a step for each of these tags, as {@link #each(List, Function, Function)} does. */
  public void each(List<String> some, Function<String, Entry> deletion) {
    each(some, List::of, tag -> List.of(deletion.apply(tag)));
  }

  /**
   * Does a step for each group of tags, several at a time; but until the run has deleted something, the first one
   * alone, for what it teaches serves the rest, and what makes the rest pointless shows there.
   *
   * @param tagsOf returns the tags of a group
   * @param deletion deletes them and returns an entry for each; what it throws is the entry of all
   */
  public <T> void each(
      List<T> groups, Function<T, List<String>> tagsOf, Function<T, List<Entry>> deletion) {
    if (groups.isEmpty()) {
      return;
    }
    Consumer<T> work = group -> delete(tagsOf.apply(group), () -> deletion.apply(group));
    int alone = hasLearnt() ? 0 : 1;
    groups.subList(0, alone).forEach(work);
    inParallel(groups.subList(alone, groups.size()), work);
    rethrow();
  }

  private synchronized boolean hasLearnt() {
    return entries.values().stream()
        .flatMap(entry -> entry.result().stream())
        .anyMatch(result -> result.outcome() != DeleteOutcome.ALREADY_ABSENT);
  }

  private void delete(List<String> group, Supplier<List<Entry>> deletion) {
    Step<List<Entry>> step = new Step<>(group, deletion);
    step.run().ifPresent(found -> found.forEach(this::record));
    RegistryException failure = step.failure;
    if (failure == null) {
      return;
    }
    boolean isDone = step.mayBeDone
        && (failure instanceof TagNotFoundException || failure instanceof ImageNotFoundException);
    for (String tag : group) {
      record(
          isDone
              ? Entry.deleted(tag, DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null))
              : Entry.failed(tag, failure));
    }
  }

  /**
   * Notes, before a tag's deletion is asked for, that it may take others along. If nobody knows in the end whether
   * it was done, then theirs may have been done too, and {@link #result} says so.
   *
   * @param others need not be of the run
   */
  public synchronized void mayTakeAlong(String tag, Collection<String> others) {
    others.forEach(other ->
        possibleTakers.computeIfAbsent(other, name -> new LinkedHashSet<>()).add(tag));
  }

  /**
   * Returns how each tag ended so far; those without an entry were not attempted. One that may have gone along with
   * another has the other's failure, unless its own deletion ended well or may have taken effect.
   */
  public synchronized BulkDeleteResult result() {
    List<Entry> all = request.tags().stream()
        .map(tag -> orTaken(entries.getOrDefault(tag, Entry.notAttempted(tag))))
        .map(this::orPossiblyTaken)
        .toList();
    return BulkDeleteResult.of(all, stoppedBy);
  }

  private Entry orPossiblyTaken(Entry entry) {
    if (entry.result().isPresent() || leavesOpen(entry)) {
      return entry;
    }
    return possibleTakers.getOrDefault(entry.tag(), Set.of()).stream()
        .flatMap(taker -> Optional.ofNullable(entries.get(taker)).stream())
        .filter(BulkDeletion::leavesOpen)
        .flatMap(taker -> taker.failure().stream())
        .findFirst()
        .map(failure -> Entry.failed(entry.tag(), failure))
        .orElse(entry);
  }

  /** Whether it may have been done. */
  private static boolean leavesOpen(Entry entry) {
    return entry.failure().filter(RegistryException::mayHaveTakenEffect).isPresent();
  }

  /** A tag that was not found may have gone along with another of the run. */
  private Entry orTaken(Entry entry) {
    DeleteResult taker = takers.get(entry.tag());
    return taker != null && wasNotFound(entry) ? taken(entry.tag(), taker) : entry;
  }

  private static boolean wasNotFound(Entry entry) {
    return entry.failure().filter(BulkDeletion::isMissing).isPresent()
        || entry
            .result()
            .filter(result -> result.outcome() == DeleteOutcome.ALREADY_ABSENT)
            .isPresent();
  }

  private static boolean isMissing(RegistryException e) {
    return e instanceof TagNotFoundException || e instanceof ImageNotFoundException;
  }

  /** It went along with another that was asked for. */
  private static Entry taken(String tag, DeleteResult taker) {
    return Entry.deleted(tag, DeleteResult.of(taker.outcome(), taker.digest().orElse(null)));
  }

  private void record(Entry found) {
    Entry entry;
    synchronized (this) {
      found.result().ifPresent(taker -> taker.deletedWith().forEach(tag -> takers.put(tag, taker)));
      entry = orTaken(found);
      Entry before = entries.get(entry.tag());
      if (before == null || entry.result().isPresent()) {
        entries.put(entry.tag(), entry); // what is gone stays so, whatever a later look says
      }
      if (before != null) {
        return;
      }
    }
    listener.ended(entry);
  }

  /** Then whatever becomes of their own deletion says nothing of whether they are there. */
  private synchronized boolean mayHaveGoneAlong(List<String> tags) {
    return tags.stream().anyMatch(takers::containsKey);
  }

  private synchronized boolean hasEnded(String tag) {
    return entries.containsKey(tag);
  }

  /**
   * Returns the names of the tags whose turn is still to come, in the order asked: without those that ended,
   * and those that the listener refused.
   */
  public List<String> waiting() {
    return request.tags().stream()
        .filter(tag -> !hasEnded(tag) && !listener.hasRefused(tag))
        .toList();
  }

  /** Returns whether nothing more is begun. */
  public synchronized boolean isOver() {
    return stoppedBy != null || thrown != null;
  }

  private synchronized void stop(RegistryException cause) {
    if (stoppedBy == null) {
      stoppedBy = cause;
    }
  }

  private synchronized void stopThrowing(Throwable cause) {
    if (thrown == null) {
      thrown = cause;
    } else if (thrown != cause && !List.of(thrown.getSuppressed()).contains(cause)) {
      thrown.addSuppressed(cause);
    }
  }

  private synchronized void rethrow() {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private boolean isClosed() {
    try {
      requireOpen.run();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static boolean makesRestPointless(RegistryException e) {
    return e instanceof AuthenticationException
        || e instanceof RegistryInterruptedException
        || e instanceof UnsupportedFeatureException;
  }

  private RegistryInterruptedException interrupted(@Nullable InterruptedException e) {
    return new RegistryInterruptedException(operation.details("the thread was interrupted"), e);
  }

  /** Waits for all that is under way, interrupted or not: what a deletion puts back takes its time. */
  private <T> void inParallel(List<T> items, Consumer<T> work) {
    int workers = Math.min(concurrency, items.size());
    Queue<T> queue = new ConcurrentLinkedQueue<>(items);
    if (workers <= 1) {
      drain(queue, work);
      return;
    }
    if (Thread.currentThread().isInterrupted()) { // before the others could be told
      stop(interrupted(null));
      return;
    }
    OperationContext context = OperationContext.current();
    ExecutorService executor = Executors.newFixedThreadPool(workers, BulkDeletion::newThread);
    for (int i = 0; i < workers; i++) {
      executor.execute(() -> OperationContext.run(context, () -> {
        drain(queue, work);
        return true;
      }));
    }
    executor.shutdown();
    boolean wasInterrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        if (!wasInterrupted) {
          stop(interrupted(e));
          executor.shutdownNow();
        }
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> void drain(Queue<T> queue, Consumer<T> work) {
    try {
      for (T item = isOver() ? null : queue.poll();
          item != null;
          item = isOver() ? null : queue.poll()) {
        work.accept(item);
      }
    } catch (RuntimeException | Error e) {
      stopThrowing(e);
    }
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "registrykit-delete");
    thread.setDaemon(true);
    return thread;
  }

  /** One piece of work, tried again while that may help. Belongs to one thread. */
  private final class Step<T> {

    private final List<String> tags;
    private final Supplier<T> work;
    private int tries;
    private boolean mayBeDone;
    private @Nullable RegistryException failure;

    Step(List<String> tags, Supplier<T> work) {
      this.tags = tags;
      this.work = work;
    }

    /**
     * Returns what it did; empty if it failed, or was not begun: the run is over, or the listener said no.
     * What one try may have changed, the failure of the next says too.
     */
    Optional<T> run() {
      return OperationContext.withOwnTime(UNLIMITED, time, gate, this::tryAgainWhileItMayHelp);
    }

    private Optional<T> tryAgainWhileItMayHelp() {
      while (isReady()) {
        if (tries == 0) {
          Optional<Boolean> mayBegin = listener.mayBegin(tags);
          if (mayBegin.isEmpty()) {
            continue; // another was told to slow down while this one waited for its turn
          }
          if (!mayBegin.get() || !isReady()) {
            return Optional.empty();
          }
        }
        tries++;
        try {
          T outcome = operations.run(this::guarded);
          failure = null;
          return Optional.of(outcome);
        } catch (RegistryException e) {
          failure = e;
          if (!isWorthAnother(e)) {
            return Optional.empty();
          }
        } catch (RuntimeException e) {
          if (isClosed()) {
            stop(closed(e)); // before it was begun
          } else {
            failure = unexpected(e);
          }
          return Optional.empty();
        }
      }
      return Optional.empty();
    }

    private boolean isReady() {
      if (isOver()) {
        return false;
      }
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (Thread.currentThread().isInterrupted()) {
        stop(interrupted(null));
      }
      return !isOver();
    }

    /** What is wrong within an operation is known to have taken effect, or not, only there. */
    private T guarded() {
      if (mayHaveGoneAlong(tags)) {
        OperationContext.changed();
      }
      try {
        return work.get();
      } catch (RegistryException e) {
        throw e;
      } catch (RuntimeException e) {
        if (e instanceof IllegalStateException && isClosed()) {
          throw closed(e);
        }
        throw unexpected(e);
      }
    }

    private RegistryException unexpected(RuntimeException e) {
      return new RegistryException(operation.details("unexpected " + e), e);
    }

    private RegistryIOException closed(RuntimeException e) {
      return new RegistryIOException(operation.details("this registry was closed meanwhile"), e);
    }

    private boolean isWorthAnother(RegistryException e) {
      mayBeDone |= e.mayHaveTakenEffect();
      if (makesRestPointless(e)) {
        stop(e);
        return false;
      }
      if (isClosed()) {
        stop(e instanceof RegistryIOException ? e : closed(e));
        return false;
      }
      Optional<Duration> wait = e instanceof RateLimitException limited
          ? Optional.of(limited.retryAfter().orElse(policy.maxDelay()))
              .filter(asked -> asked.compareTo(longestWait()) <= 0)
          : Optional.empty();
      wait.ifPresent(gate::closeFor);
      return wait.isPresent() && tries < policy.maxAttempts();
    }

    private Duration longestWait() {
      return policy.maxRetryAfter().compareTo(policy.maxDelay()) > 0
          ? policy.maxRetryAfter()
          : policy.maxDelay();
    }
  }
}
