package dev.registrykit.spi.support;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Asks and tells the listener of a run, by one thread at a time, and knows which tags it refused: those do not
 * go along with others. Thread-safe.
 */
final class RunListener {

  private final TagsToDelete request;
  private final BulkDeleteListener listener;
  private final BooleanSupplier mayAskNow;
  private final Predicate<String> hasEnded;
  private final Consumer<Throwable> whenItThrows;

  private final Set<String> asked = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  /** By required digest; made anew after a refusal. */
  private final Map<Optional<String>, DeleteOptions> options = new HashMap<>();

  /**
   * Prepares it.
   *
   * @param mayAskNow tells, when it is a tag's turn, whether anything may be begun
   * @param hasEnded tells of which tags nothing is to be asked any more
   * @param whenItThrows hears what the listener throws, before another thread calls the listener
   */
  RunListener(
      TagsToDelete request,
      BooleanSupplier mayAskNow,
      Predicate<String> hasEnded,
      Consumer<Throwable> whenItThrows) {
    this.request = request;
    this.listener = request.listener();
    this.mayAskNow = mayAskNow;
    this.hasEnded = hasEnded;
    this.whenItThrows = whenItThrows;
  }

  /**
   * Asks whether the deletion of these tags may begin, and for the others that may go along with them where
   * it is known which they are.
   *
   * @return empty if nothing was asked, because nothing may be begun any more, or yet
   */
  synchronized Optional<Boolean> mayBegin(List<String> tags) {
    if (!mayAskNow.getAsBoolean()) {
      return Optional.empty();
    }
    boolean mayBegin = tags.stream().allMatch(this::isGranted);
    if (mayBegin && request.requiresDigests()) {
      tags.forEach(tag -> request.ofDigest(request.digestOf(tag)).forEach(this::isGranted));
    }
    return Optional.of(mayBegin);
  }

  private boolean isGranted(String tag) {
    if (hasEnded.test(tag)) {
      return false;
    }
    if (asked.add(tag)) {
      boolean mayBegin = calling(() -> listener.mayBegin(tag));
      if (!mayBegin) {
        refused.add(tag);
        options.clear();
      }
    }
    return !refused.contains(tag);
  }

  synchronized boolean hasRefused(String tag) {
    return refused.contains(tag);
  }

  synchronized void ended(Entry entry) {
    calling(() -> {
      listener.ended(entry);
      return true;
    });
  }

  private boolean calling(BooleanSupplier call) {
    try {
      return call.getAsBoolean();
    } catch (RuntimeException | Error e) {
      whenItThrows.accept(e);
      throw e;
    }
  }

  /** Returns the options for one tag: with its digest, and allowing those that may go along with it. */
  synchronized DeleteOptions optionsFor(String tag) {
    return options.computeIfAbsent(request.digestOf(tag), this::optionsOf);
  }

  /** A tag of the run goes as the run says, whatever the options allow. */
  private DeleteOptions optionsOf(Optional<String> digest) {
    Set<String> allowed = new LinkedHashSet<>(request.options().allowedSiblings());
    allowed.removeIf(request::contains);
    Set<String> together = new LinkedHashSet<>(request.ofDigest(digest));
    together.removeAll(refused);
    if (together.size() > 1) {
      allowed.addAll(together);
    }
    DeleteOptions allowing = request.options().allowingSiblings(allowed);
    return digest.map(allowing::onlyIfDigest).orElse(allowing);
  }
}
