package dev.registrykit.reliability.soak;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.WaitOptions;
import dev.registrykit.reliability.soak.Ledger.Fate;
import dev.registrykit.retention.RetentionPlan;
import dev.registrykit.retention.RetentionPolicy;
import dev.registrykit.retention.RetentionReport;
import dev.registrykit.retention.RetentionRun;
import dev.registrykit.retention.TagMatcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Pushes tags of its own to an image that others use too, reads and deletes them, and keeps a ledger. */
final class Worker {

  /** Tags a round. */
  private static final int BATCH = 8;

  /** Tags that stay for a while; all of an image fit on a page, so that no list is cut by what others do. */
  private static final int KEPT = 12;

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

  private final World world;
  private final Registry registry;
  private final ImageRef image;
  private final String name;
  private final Random random;
  private final ScheduledExecutorService alarms;
  private final Ledger ledger = new Ledger();
  private final Set<String> interrupted = new HashSet<>();
  private long calls;

  Worker(
      World world, Registry registry, String name, Random random, ScheduledExecutorService alarms) {
    this.world = world;
    this.registry = registry;
    this.image = world.image();
    this.name = name;
    this.random = random;
    this.alarms = alarms;
  }

  Ledger ledger() {
    return ledger;
  }

  long calls() {
    return calls;
  }

  /** Goes on until it is told to end or the world is full, and to the end of a round. */
  Worker work(BooleanSupplier isOver) {
    for (int round = 0; !isOver.getAsBoolean() && !world.isFull(); round++) {
      String prefix = name + "-" + round + "-";
      for (int i = 0; i < BATCH; i++) {
        push(prefix + i, prefix + (i < 4 ? i / 2 : i)); // two pairs of siblings, and four alone
      }
      for (int i = 0; i < BATCH; i++) {
        spoil();
        attempt(() -> step(prefix));
      }
      settle();
      tidy();
    }
    return this;
  }

  private void push(String tag, String content) {
    ledger.pushed(tag, content, world.push(tag, content));
  }

  private void spoil() {
    while (random.nextInt(10) < 4) {
      world.spoil(random);
    }
  }

  /** Does something, interrupted now and then, and takes note of how it failed. */
  private void attempt(Runnable step) {
    ScheduledFuture<?> alarm = random.nextInt(20) == 0 ? interruptSoon() : null;
    try {
      step.run();
    } catch (RegistryException e) {
      // noted where it matters
    } catch (RuntimeException e) {
      if (!isOfPlan(e)) {
        ledger.complain("not an exception of the SDK's: " + e);
      }
    } finally {
      endAlarm(alarm);
    }
  }

  /** A registry whose answers were lost may seem not to delete tags, and then a plan is not carried out. */
  private static boolean isOfPlan(RuntimeException e) {
    return e instanceof IllegalStateException
        && String.valueOf(e.getMessage()).startsWith("the plan is not to be carried out");
  }

  private ScheduledFuture<?> interruptSoon() {
    Thread thread = Thread.currentThread();
    return alarms.schedule(thread::interrupt, random.nextInt(5000), TimeUnit.MICROSECONDS);
  }

  /** Waits for an interrupt that is on its way. */
  private static void endAlarm(ScheduledFuture<?> alarm) {
    if (alarm == null) {
      return;
    }
    if (!alarm.cancel(false)) {
      while (!alarm.isDone()) {
        Thread.onSpinWait();
      }
    }
    Thread.interrupted();
  }

  private void step(String prefix) {
    calls++;
    List<String> there = ledger.tags(Fate.THERE);
    String any = there.isEmpty() ? prefix + "none" : there.get(random.nextInt(there.size()));
    switch (random.nextInt(12)) {
      case 0 -> list(ListTagsOptions.defaults());
      case 1 -> list(ListTagsOptions.defaults().withOrder(TagOrder.NAME_DESC));
      case 2 -> list(ListTagsOptions.defaults().withDetail(TagDetail.FULL));
      case 3 -> find(any);
      case 4 -> read(any);
      case 5, 6 -> delete(any, DeleteOptions.defaults());
      case 7 -> delete(any, DeleteOptions.defaults().withForce());
      case 8 -> deleteMany(some(there));
      case 9 -> prune(prefix);
      case 10 -> move(any, prefix);
      default -> restoreAndWait(any);
    }
  }

  private List<String> some(List<String> there) {
    return there.stream().filter(tag -> random.nextInt(3) == 0).limit(6).toList();
  }

  /** As a build does that moves its tag. */
  private void move(String tag, String prefix) {
    if (ledger.knows(tag)) {
      push(tag, prefix + "moved-" + calls);
    }
  }

  private void list(ListTagsOptions options) {
    Set<String> listed =
        registry.listTags(image, options).stream().map(Tag::name).collect(Collectors.toSet());
    ledger.tags(Fate.THERE).stream()
        .filter(tag -> !listed.contains(tag))
        .forEach(tag -> ledger.complain(tag + " is missing in a list"));
    ledger.tags(Fate.GONE).stream()
        .filter(listed::contains)
        .forEach(tag -> ledger.complain(tag + " is gone, and in a list"));
  }

  private void find(String tag) {
    Optional<Tag> found = registry.findTag(image, tag);
    if (found.isEmpty() && ledger.knows(tag)) {
      ledger.complain(tag + " was not found");
    }
    found.ifPresent(this::compare);
  }

  private void read(String tag) {
    try {
      compare(registry.getTag(image, tag));
    } catch (NotFoundException e) {
      if (ledger.knows(tag)) {
        ledger.complain(tag + " is said not to be there: " + e.getMessage());
      }
      throw e;
    }
  }

  private void compare(Tag tag) {
    String digest = ledger.entry(tag.name()).digest();
    if (!digest.isEmpty() && !tag.digest().filter(digest::equals).isPresent()) {
      ledger.complain(tag.name() + " is read with the digest " + tag.digest());
    }
  }

  private void delete(String tag, DeleteOptions options) {
    if (!ledger.knows(tag)) {
      return;
    }
    try {
      deleted(tag, registry.deleteTag(image, tag, options));
    } catch (RegistryException e) {
      failed(tag, e);
      if (e.mayHaveTakenEffect() && options.isForced()) {
        siblingsOf(tag).forEach(sibling -> {
          ledger.set(sibling, Fate.UNKNOWN, e.toString());
          interrupted.add(sibling);
        });
      }
      throw e;
    }
  }

  private List<String> siblingsOf(String tag) {
    String content = ledger.entry(tag).content();
    return ledger.tags(Fate.THERE).stream()
        .filter(other -> ledger.entry(other).content().equals(content))
        .toList();
  }

  private void deleted(String tag, DeleteResult result) {
    ledger.gone(tag, "deleteTag " + result);
    result
        .deletedWith()
        .forEach(other -> ledger.gone(other, "the deletion of " + tag + " " + result));
  }

  private void failed(String tag, RegistryException e) {
    ledger.set(tag, ledger.entry(tag).fate(), e.toString());
    if (e instanceof TagNotFoundException && ledger.entry(tag).fate() == Fate.THERE) {
      ledger.complain(tag + " is said not to be there: " + e.getMessage());
    }
    if (e instanceof IncompleteDeletionException left
        && left.remedy() == IncompleteDeletionException.Remedy.RESTORE_TAG) {
      Thread.interrupted();
      ledger.set(tag, Fate.UNKNOWN, e.toString());
      restore(tag);
    } else if (e.mayHaveTakenEffect()) {
      if (e instanceof RegistryInterruptedException) {
        interrupted.add(tag);
      }
      ledger.set(tag, Fate.UNKNOWN, e.toString());
    }
  }

  /** Does what the exception says, until it is done. */
  private void restore(String tag) {
    for (int i = 0; i < 50; i++) {
      try {
        registry.restoreTag(image, tag);
        ledger.set(tag, Fate.THERE, "restored");
        return;
      } catch (NotFoundException e) {
        if (e instanceof TagNotFoundException) {
          ledger.set(tag, Fate.GONE, "not there to be restored");
        }
        return;
      } catch (RegistryException e) {
        // once more
      }
    }
    ledger.complain(tag + " could not be restored");
  }

  private void deleteMany(List<String> tags) {
    BulkDeleteResult result = registry.deleteTags(image, tags, DeleteOptions.defaults());
    result.failures().forEach(this::failed);
    result.deleted().forEach(this::deleted);
  }

  private void prune(String prefix) {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob(prefix + "*"))
        .keepNewestImages(3)
        .keepSiblings()
        .build();
    RetentionPlan plan = RetentionPlan.of(registry, image, policy, CLOCK);
    RetentionReport report = RetentionRun.of(registry, plan).execute();
    report.tags().forEach(tag -> {
      tag.failure().ifPresent(failure -> failed(tag.tag().name(), failure));
      if (tag.outcome().isGone()) {
        ledger.gone(tag.tag().name(), "retention: " + tag);
      }
    });
  }

  private void restoreAndWait(String tag) {
    if (ledger.knows(tag) && registry.restoreTag(image, tag)) {
      ledger.complain(tag + " was restored, though nobody had left it half-way");
    }
    List<String> gone = ledger.tags(Fate.GONE);
    if (!gone.isEmpty()) {
      registry.waitUntilTagGone(
          image,
          gone.get(gone.size() - 1),
          WaitOptions.defaults()
              .withTimeout(Duration.ofSeconds(20))
              .withIntervals(Duration.ofMillis(1), Duration.ofMillis(5)));
    }
  }

  /** Looks at what an exception left open, as its documentation says to do. */
  private void settle() {
    for (String tag : ledger.tags(Fate.UNKNOWN)) {
      try {
        calls++;
        Optional<Tag> found = registry.findTag(image, tag);
        found.ifPresent(this::compare);
        if (found.isEmpty()) {
          ledger.set(tag, Fate.GONE, "looked at");
        } else if (!interrupted.contains(tag)) { // else its request may still be on its way
          ledger.set(tag, Fate.THERE, "looked at");
        }
      } catch (RegistryException e) {
        // is looked at again after the next round
      }
    }
  }

  private void tidy() {
    List<String> there = left();
    for (int i = 0; i < 20 && there.size() > KEPT; i++) {
      calls++;
      List<String> oldest = there.subList(0, there.size() - KEPT);
      attempt(() -> deleteMany(oldest));
      there = left();
    }
  }

  private List<String> left() {
    List<String> left = new ArrayList<>(ledger.tags(Fate.UNKNOWN));
    left.addAll(ledger.tags(Fate.THERE));
    return left;
  }
}
