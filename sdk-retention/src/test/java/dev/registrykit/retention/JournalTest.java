package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.CLOCK;
import static dev.registrykit.retention.Fixtures.IMAGE;
import static dev.registrykit.retention.Fixtures.NOW;
import static dev.registrykit.retention.Fixtures.registry;
import static dev.registrykit.retention.Fixtures.tag;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ErrorDetails;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.retention.TagReport.Outcome;
import dev.registrykit.testkit.InMemoryRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class JournalTest {

  private static final RetentionPolicy BUILDS =
      RetentionPolicy.of(TagMatcher.glob("build-*")).keepTags(Set.of("build-3")).build();

  /** A kill in the middle of something. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir
  Path folder;

  private Path journal;

  @BeforeEach
  void nameJournal() {
    journal = folder.resolve("journal.jsonl");
  }

  private static InMemoryRegistry builds() {
    return registry(
        tag("build-1", "2026-03-01"),
        tag("build-2", "2026-03-02"),
        tag("build-3", "2026-03-03"),
        tag("build-4", "2026-03-04"),
        tag("release", "2026-03-30"));
  }

  private RetentionRun run(InMemoryRegistry registry) {
    return RetentionRun.of(registry, RetentionPlan.of(registry, IMAGE, BUILDS, CLOCK))
        .withJournal(journal)
        .withClock(CLOCK);
  }

  private RetentionRun resumed(InMemoryRegistry registry) {
    return RetentionRun.resume(registry, journal).withClock(CLOCK);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(journal);
  }

  private void write(List<String> lines) throws IOException {
    Files.writeString(journal, String.join("\n", lines) + "\n");
  }

  /** A registry whose repairs do as they are told. */
  private static Registry repairing(InMemoryRegistry registry, RegistryException failure) {
    return (Registry) Proxy.newProxyInstance(
        Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, args) -> {
          if (method.getName().equals("restoreTag")) {
            throw failure;
          }
          return method.invoke(registry, args);
        });
  }

  private static List<Outcome> outcomes(RetentionReport report) {
    return report.tags().stream().map(TagReport::outcome).toList();
  }

  @Test
  void eachDeletionIsWrittenDownBeforeAndAfter() throws IOException {
    InMemoryRegistry registry = builds();
    List<String> seen = new ArrayList<>();

    RetentionReport report = run(registry)
        .keepingIf("in use", tag -> tag.name().equals("build-2"))
        .withProgress(progress -> {
          try {
            seen.add(lines().get(lines().size() - 1));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .execute();

    List<String> lines = lines();
    assertTrue(lines.get(0).startsWith("{\"registrykit-retention-journal\":1,\"at\":\"" + NOW));
    assertTrue(lines.get(0).contains("\"plan\":{\"registrykit-retention-plan\":1,"));
    String at = "{\"at\":\"" + NOW + "\",";
    assertEquals(
        Set.of(
            at + "\"event\":\"begun\",\"tag\":\"build-1\"}",
            at
                + "\"event\":\"ended\",\"tag\":\"build-1\",\"outcome\":\"DELETED\",\"detail\":\"deleted\"}",
            at
                + "\"event\":\"ended\",\"tag\":\"build-2\",\"outcome\":\"KEPT\",\"detail\":\"in use\"}",
            at + "\"event\":\"begun\",\"tag\":\"build-4\"}",
            at
                + "\"event\":\"ended\",\"tag\":\"build-4\",\"outcome\":\"DELETED\",\"detail\":\"deleted\"}"),
        Set.copyOf(lines.subList(1, lines.size())));
    assertEquals(lines.get(0), seen.get(0));
    assertEquals(at, seen.get(1).substring(0, at.length()));
    assertTrue(seen.get(1).contains("\"ended\""), "told after it is written: " + seen);
    assertEquals(2, report.count(Outcome.DELETED));
  }

  @Test
  void itsOwnerAloneMayReadIt() throws IOException {
    run(builds()).execute();

    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)));
    }
  }

  @Test
  void aFileThatIsThereIsRefusedAndLeftAlone() throws IOException {
    InMemoryRegistry registry = builds();
    RetentionRun run = run(registry);
    Files.writeString(journal, "somebody's");
    long calls = registry.callCount();

    assertTrue(assertThrows(IllegalArgumentException.class, run::execute)
        .getMessage()
        .startsWith("journal: " + journal + " exists"));
    assertEquals("somebody's", Files.readString(journal));
    assertEquals(calls, registry.callCount());
  }

  @Test
  void aJournalThatCannotBeBegunIsAnErrorBeforeAnythingIsSent() {
    InMemoryRegistry registry = builds();
    RetentionRun run = RetentionRun.of(registry, RetentionPlan.of(registry, IMAGE, BUILDS, CLOCK))
        .withJournal(folder.resolve("no such folder/journal"));

    assertThrows(UncheckedIOException.class, run::execute);
    assertEquals(5, registry.tagNames(IMAGE).size());
    assertThrows(IllegalStateException.class, () -> run.withJournal(journal));
    assertThrows(UncheckedIOException.class, () -> RetentionRun.resume(registry, journal));
    assertFalse(Files.exists(journal));
  }

  @Test
  void twoRunsCannotHaveOneJournal() {
    InMemoryRegistry registry = builds();
    assertThrows(
        Killed.class,
        () -> run(registry)
            .keepingIf("never", tag -> {
              throw new Killed();
            })
            .execute());
    RetentionRun another = resumed(registry);

    resumed(registry)
        .withProgress(progress -> {
          assertInUse(() -> resumed(registry));
          assertInUse(another::execute);
        })
        .execute();

    assertEquals(3, another.execute().count(Outcome.DELETED));
  }

  private static void assertInUse(Executable run) {
    assertTrue(assertThrows(IllegalStateException.class, run)
        .getMessage()
        .endsWith("is in use by another run"));
  }

  /** By a lock that other processes see. */
  @Test
  void aJournalThatIsLockedIsInUse() throws IOException {
    InMemoryRegistry registry = builds();
    assertThrows(
        Killed.class,
        () -> run(registry)
            .keepingIf("never", tag -> {
              throw new Killed();
            })
            .execute());
    RetentionRun run = resumed(registry);
    try (FileChannel other = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      FileLock lock = other.lock();
      assertInUse(run::execute);
      lock.release();
    }

    assertTrue(resumed(registry).execute().isComplete());
  }

  @Test
  void anInterruptWhileSomethingIsPutBackEndsItBeforeAnythingIsDeleted() throws IOException {
    InMemoryRegistry registry = builds();
    run(registry).execute();
    write(lines().subList(0, 2)); // begun and not ended
    registry.addTag(tag("build-1", "2026-03-01"));
    Registry interrupted = repairing(
        registry,
        new RegistryInterruptedException(ErrorDetails.of("restore a tag", "interrupted"), null));

    RetentionReport report =
        RetentionRun.resume(interrupted, journal).withClock(CLOCK).execute();

    assertEquals(Optional.of("the thread was interrupted"), report.stoppedBy());
    assertEquals(0, report.count(Outcome.DELETED));
    assertTrue(registry.tagNames(IMAGE).contains("build-1"));
  }

  @Test
  void aFinishedJournalSendsNothingAndStaysAsItIs() throws IOException {
    InMemoryRegistry registry = builds();
    RetentionReport first = run(registry).execute();
    String before = Files.readString(journal);
    Files.writeString(journal, before + "{\"at\":\"20"); // cut off by a kill
    registry.addTag(tag("build-1", "2026-03-01"));
    long calls = registry.callCount();

    RetentionReport second = resumed(registry).execute();

    assertEquals(calls, registry.callCount());
    assertEquals(before, Files.readString(journal));
    assertEquals(first.toText(), second.toText());
  }

  @Test
  void whatFailedAndWhatWasNotAttemptedIsTriedAgain() throws IOException {
    InMemoryRegistry registry = builds();
    registry.markInUse(IMAGE, "build-4");
    RetentionRun run = run(registry).stoppingAfterFailures(1);
    registry.failNext(
        1, () -> new PermissionDeniedException(ErrorDetails.of("delete a tag", "no")));
    assertEquals(
        List.of(Outcome.FAILED, Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED),
        outcomes(run.execute()));
    assertTrue(Files.readString(journal).contains("\"stopped\",\"detail\":\"1 failure, the last:"));
    List<RetentionProgress> told = new ArrayList<>();

    RetentionReport report = resumed(registry).withProgress(told::add).execute();

    assertEquals(List.of(Outcome.DELETED, Outcome.DELETED, Outcome.KEPT), outcomes(report));
    assertEquals(0, told.get(0).done());
    assertTrue(Files.readString(journal).contains("\"event\":\"resumed\""));
    assertEquals(outcomes(report), outcomes(resumed(registry).execute()));
  }

  @Test
  void whatWasDoneBeforeCountsAsDoneAndNotForTheEstimate() {
    InMemoryRegistry registry = builds();
    assertThrows(
        Killed.class,
        () -> run(registry)
            .withProgress(progress -> {
              if (progress.done() == 1) {
                throw new Killed();
              }
            })
            .execute());
    List<RetentionProgress> told = new ArrayList<>();

    RetentionReport report = resumed(registry).withProgress(told::add).execute();

    assertTrue(report.isComplete());
    assertEquals(1, told.get(0).done());
    assertEquals(1, told.get(0).deleted());
    assertEquals(Optional.empty(), told.get(0).remaining());
  }

  @Test
  void aTagThatCannotBePutBackIsNotDeletedAndTriedAgainByTheNext() throws IOException {
    InMemoryRegistry registry = builds();
    run(registry).execute();
    write(lines().subList(0, 2)); // begun and not ended
    registry.addTag(tag("build-1", "2026-03-01"));
    Registry broken = repairing(
        registry, new RegistryIOException(ErrorDetails.of("restore a tag", "it broke"), null));

    RetentionReport report =
        RetentionRun.resume(broken, journal).withClock(CLOCK).execute();

    assertEquals(
        List.of(Outcome.FAILED, Outcome.ALREADY_GONE, Outcome.ALREADY_GONE), outcomes(report));
    assertTrue(report.tags().get(0).detail().contains("could not be put back"), report.toText());
    assertTrue(registry.tagNames(IMAGE).contains("build-1"));

    TagNotFoundException gone =
        new TagNotFoundException(IMAGE, "build-1", ErrorDetails.of("restore a tag", "it is gone"));
    assertEquals(
        Outcome.ALREADY_GONE,
        RetentionRun.resume(repairing(registry, gone), journal)
            .withClock(CLOCK)
            .execute()
            .tags()
            .get(0)
            .outcome());
  }

  /** The plan is in the journal, and so are its conditions: the digests. */
  @Test
  void aTagThatWasMovedBetweenTheRunsIsKept() {
    InMemoryRegistry registry = builds();
    assertThrows(
        Killed.class,
        () -> run(registry)
            .keepingIf("never", tag -> {
              throw new Killed();
            })
            .execute());
    registry.addTag(tag("build-2", "mended", "2026-03-31"));

    RetentionReport report = resumed(registry).execute();

    assertEquals(List.of(Outcome.DELETED, Outcome.KEPT, Outcome.DELETED), outcomes(report));
    assertEquals(Set.of("build-2", "build-3", "release"), Set.copyOf(registry.tagNames(IMAGE)));
  }

  /** After every byte a kill may have come; nothing that was done is lost by what is written later. */
  @Test
  void cutAtAnyByteItIsResumedOrTheLineIsNamed() throws IOException {
    InMemoryRegistry finished = builds();
    run(finished).execute();
    byte[] whole = Files.readAllBytes(journal);
    int firstLine = new String(whole, UTF_8).indexOf('\n');
    for (int length = 0; length < whole.length; length += length < firstLine - 40 ? 37 : 1) {
      Files.write(journal, Arrays.copyOf(whole, length));
      InMemoryRegistry registry = builds();
      if (length <= firstLine) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> resumed(registry))
            .getMessage()
            .startsWith("line 1: "));
        assertEquals(5, registry.tagNames(IMAGE).size());
      } else {
        assertTrue(resumed(registry).execute().isComplete(), "cut after " + length);
        assertTrue(
            registry.tagNames(IMAGE).containsAll(List.of("build-3", "release")),
            "cut after " + length);
        JournalContent content = JournalReader.read(Files.readAllBytes(journal));
        assertEquals(Files.size(journal), content.length(), "cut after " + length);
      }
    }
  }

  /** Whatever one byte becomes, no tag goes that the plan keeps. */
  @Test
  void withAnyByteSpoiltNothingIsDeletedThatIsKept() throws IOException {
    run(builds()).execute();
    byte[] whole = Files.readAllBytes(journal);
    for (int i = 0; i < whole.length; i += 3) {
      byte[] spoilt = whole.clone();
      spoilt[i] = (byte) (i % 2 == 0 ? 'x' : '"');
      Files.write(journal, spoilt);
      InMemoryRegistry registry = builds();
      try {
        resumed(registry).execute();
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().startsWith("line "), e.getMessage());
      }
      assertTrue(registry.tagNames(IMAGE).containsAll(List.of("build-3", "release")), "byte " + i);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
      1|"registrykit-retention-journal":1|"registrykit-retention-journal":2|line 1: registrykit-retention-journal: version 1 can be read, not 2
      1|"registrykit-retention-plan":1|"registrykit-retention-plan":7|line 1: plan: registrykit-retention-plan: version 1 can be read, not 7
      1|"plan":|"plans":|line 1: unknown field "plans"
      1|"policy":|"police":|line 1: plan: unknown field "police"
      1|"provider":"memory"|"provider":"oci"|line 1: plan: provider: the plan was made for "oci"
      1|"InMemoryRegistry[memory]"|"elsewhere"|line 1: plan: registry: the plan was made for "elsewhere"
      1|{|[|line 1: an object is needed
      2|"at":|"when":|line 2: unknown field "when"
      2|"begun"|"began"|line 2: event: unknown: "began"
      2|"build-1"|"build-3"|line 2: tag: not planned for deletion: "build-3"
      2|"build-1"|"release"|line 2: tag: not planned for deletion: "release"
      2|,"tag":"build-1"||line 2: tag: missing
      2|2026|when|line 2: at: no instant
      2|}|}}|line 2: no JSON
      2|}|} {}|line 2: something follows the object
      3|"DELETED"|"GONE"|line 3: outcome: unknown: "GONE"
      3|,"outcome":"DELETED"||line 3: outcome: missing
      3|"detail":"deleted"|"detail":7|line 3: detail: malformed
      """)
  void whatIsWrongIsNamedByLineAndField(int number, String from, String to, String message)
      throws IOException {
    InMemoryRegistry registry = builds();
    run(registry).execute();
    List<String> lines = new ArrayList<>(lines());
    String line = lines.get(number - 1);
    assertTrue(line.contains(from), line);
    int place = line.indexOf(from);
    lines.set(
        number - 1,
        line.substring(0, place) + (to == null ? "" : to) + line.substring(place + from.length()));
    write(lines);
    long calls = registry.callCount();

    String said =
        assertThrows(IllegalArgumentException.class, () -> resumed(registry)).getMessage();

    assertTrue(said.startsWith(message), said);
    assertEquals(calls, registry.callCount());
  }

  @Test
  void whatIsDoneWithIsNotBegunAgain() throws IOException {
    InMemoryRegistry registry = builds();
    run(registry).execute();
    List<String> lines = new ArrayList<>(lines());
    lines.add(lines.get(1));
    write(lines);

    assertEquals(
        "line " + lines.size() + ": event: \"build-1\" was done with before",
        assertThrows(IllegalArgumentException.class, () -> resumed(registry)).getMessage());
  }

  @Test
  void aJournalThatBecameAnotherIsRefused() throws IOException {
    InMemoryRegistry registry = builds();
    run(registry).execute();
    RetentionRun resumed = resumed(registry);
    List<String> before = lines();
    write(
        before.stream().map(line -> line.replace("no rule keeps it", "why not")).toList());

    assertEquals(
        "line 1: plan: it is another one by now",
        assertThrows(IllegalArgumentException.class, resumed::execute).getMessage());
    write(before);
    assertTrue(resumed.execute().isComplete()); // it is free again
  }

  /** An interrupt would close a channel that is written through. */
  @Test
  void anInterruptLosesNothingOfTheJournal() throws IOException {
    InMemoryRegistry registry = builds();

    RetentionReport report = run(registry)
        .withProgress(progress -> {
          if (progress.done() == 1) {
            Thread.currentThread().interrupt();
          }
        })
        .execute();

    assertTrue(Thread.interrupted());
    assertEquals(Optional.of("the thread was interrupted"), report.stoppedBy());
    assertTrue(Files.readString(journal)
        .contains("\"event\":\"stopped\",\"detail\":\"the thread was interrupted\""));
    assertTrue(resumed(registry).execute().isComplete());
    assertEquals(Set.of("build-3", "release"), Set.copyOf(registry.tagNames(IMAGE)));
  }

  @Test
  void aThreadThatIsInterruptedBeforeDeletesNothing() {
    InMemoryRegistry registry = builds();
    RetentionRun run = run(registry);
    Thread.currentThread().interrupt();

    RetentionReport report = run.execute();

    assertTrue(Thread.interrupted());
    assertEquals(3, report.count(Outcome.NOT_ATTEMPTED));
    assertEquals(5, registry.tagNames(IMAGE).size());
    assertTrue(resumed(registry).execute().isComplete());
  }
}
