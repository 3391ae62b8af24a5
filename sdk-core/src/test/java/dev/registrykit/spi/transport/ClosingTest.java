package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryIOException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.TimeSource;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Isolated
class ClosingTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final HttpOptions options = HttpOptions.defaults()
      .withAttemptTimeout(Duration.ofMinutes(2))
      .withRetryPolicy(RetryPolicy.none());
  private final TransportFixture fixture = new TransportFixture().with(options);
  private final CountDownLatch isUnderWay = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  static Stream<Named<Reply>> stalls() {
    return Stream.of(
        Named.of("no headers", Reply.stall()),
        Named.of("headers that dribble", Reply.dribbleInHead()),
        Named.of("a body that stalls", Reply.stallInBody()));
  }

  @ParameterizedTest
  @MethodSource("stalls")
  void aCallUnderWayEndsAtOnceAndSaysWhy(Reply reply) throws Exception {
    fixture.replies(reply.after(isUnderWay::countDown).thenAwaitEnd(ended));

    assertEndsByClosing();
    assertTrue(ended.await(5, TimeUnit.SECONDS), "the server still has the connection");
  }

  @ParameterizedTest
  @MethodSource("stalls")
  void soDoesOneThroughTheCallersOwnClientWhichStaysOpen(Reply reply) throws Exception {
    HttpClient own = HttpClient.newHttpClient();
    fixture
        .with(options.withHttpClient(own))
        .replies(reply.after(isUnderWay::countDown).thenAwaitEnd(ended), Reply.status(204));

    assertEndsByClosing();

    assertTrue(ended.await(5, TimeUnit.SECONDS), "the server still has the connection");
    URI uri = fixture.server.uri("/x");
    assertEquals(
        204,
        own.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode());
  }

  private void assertEndsByClosing() throws Exception {
    try (Caller caller = Caller.of(() -> fixture.send("DELETE", "/x"))) {
      isUnderWay.await();

      assertTimeoutPreemptively(SOON, () -> fixture.transport().close());

      RegistryIOException e = assertInstanceOf(RegistryIOException.class, caller.failure());
      assertEquals(
          "list tags of ns/app failed: this registry was closed meanwhile", e.getMessage());
      assertTrue(e.mayHaveTakenEffect());
      assertFalse(caller.isFlagLeftOver());
      assertEquals(1, fixture.server.requests().size());
    }
  }

  /** As long as the longest Retry-After that is obeyed. */
  @Test
  void anOperationThatBeginsAfterItDoesNothing() {
    Transport transport = fixture.transport();
    List<String> done = new ArrayList<>();
    transport.close();

    assertThrows(IllegalStateException.class, () -> transport.operation(() -> done.add("x")));
    assertThrows(
        IllegalStateException.class, () -> transport.with(Credentials.none()).requireOpen());
    assertEquals(List.of(), done);
  }

  @Test
  void aWaitBeforeTheNextAttemptEndsAtOnce() throws Exception {
    fixture.server.always(Reply.status(503));
    TimeSource patient = new PatientTime(isUnderWay);
    Transport transport = new Transport(
        ServiceTraits.of(fixture.server.uri(""), "test"), HttpOptions.defaults(), patient);
    HttpRequest request = TransportFixture.request("GET", fixture.server.uri("/x"));
    try (Caller caller = Caller.of(() -> transport.send(TransportFixture.LIST_TAGS, request))) {
      isUnderWay.await();

      transport.close();

      RegistryIOException e = assertInstanceOf(RegistryIOException.class, caller.failure());
      assertTrue(e.getMessage().contains("this registry was closed meanwhile"), e.getMessage());
      assertFalse(e.mayHaveTakenEffect());
      assertFalse(caller.isFlagLeftOver());
      assertEquals(1, fixture.server.requests().size());
    }
  }

  /** The machine's time, on which the wait for another attempt takes hours. */
  private record PatientTime(CountDownLatch isUnderWay) implements TimeSource {

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public double jitter() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      isUnderWay.countDown();
      TimeUnit.HOURS.sleep(1);
    }
  }

  @Test
  void tenThousandRegistriesThatSendNothingMakeNoClient() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (int i = 0; i < 10_000; i++) {
      new Transport(ServiceTraits.of(fixture.server.uri(""), "t"), options, fixture.time).close();
    }

    assertEquals(List.of(), clientThreadsBut(before));
  }

  private static List<String> clientThreadsBut(Set<Thread> known) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !known.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("HttpClient-"))
        .toList();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fiveHundredRegistriesOneAfterTheOtherLeaveNoFilesOpen() throws Exception {
    fixture.server.always(Reply.status(200));
    openCallClose();
    int before = openFiles();

    for (int i = 0; i < 500; i++) {
      openCallClose();
    }

    int more = openFiles() - before;
    for (int i = 0; i < 50 && more >= 50; i++) { // the JDK closes behind our back
      TimeUnit.MILLISECONDS.sleep(100);
      more = openFiles() - before;
    }
    assertTrue(more < 50, more + " files more are open");
  }

  private void openCallClose() {
    try (Transport transport =
        new Transport(ServiceTraits.of(fixture.server.uri(""), "test"), options, fixture.time)) {
      transport.send(
          TransportFixture.LIST_TAGS, TransportFixture.request("GET", fixture.server.uri("/x")));
    }
  }

  private static int openFiles() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aClientThatCannotBeMadeIsAnIoException() throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"));
    command.addAll(ChildJvm.command(NoFilesProgram.class, List.of()));
    ChildJvm.assertOk(command);
  }

  /** An application that has as many files open as it may. */
  static final class NoFilesProgram {

    public static void main(String[] arguments) throws IOException {
      try (ScriptedServer server = ScriptedServer.start()) {
        server.always(Reply.status(200));
        call(server, 1);
        fail(server, 2, URI.create("http://127.0.0.1:1/x")); // loads the classes of a failure
        RegistryIOException failure = failWithoutFiles(server);
        if (!failure.getMessage().contains("no HTTP client can be made")
            || failure.mayHaveTakenEffect()) {
          throw new AssertionError("mistaken", failure);
        }
        call(server, 3);
      }
      System.out.println("OK");
      System.exit(0);
    }

    private static RegistryIOException failWithoutFiles(ScriptedServer server) throws IOException {
      List<FileInputStream> files = new ArrayList<>();
      try {
        while (true) {
          files.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException tooMany) {
        return fail(server, 4, server.uri("/x"));
      } finally {
        for (FileInputStream file : files) {
          file.close();
        }
      }
    }

    private static RegistryIOException fail(ScriptedServer server, int seconds, URI uri) {
      try (Transport transport = transport(server, seconds)) {
        transport.send(TransportFixture.CHANGE_TAGS, TransportFixture.request("DELETE", uri));
        throw new AssertionError("there was an answer");
      } catch (RegistryIOException expected) {
        return expected;
      }
    }

    private static void call(ScriptedServer server, int seconds) {
      try (Transport transport = transport(server, seconds)) {
        transport.send(
            TransportFixture.LIST_TAGS, TransportFixture.request("GET", server.uri("/x")));
      }
    }

    /** Another connect time-out means another client on every JDK. */
    private static Transport transport(ScriptedServer server, int connectSeconds) {
      HttpOptions options = HttpOptions.defaults()
          .withRetryPolicy(RetryPolicy.none())
          .withConnectTimeout(Duration.ofSeconds(connectSeconds));
      return new Transport(ServiceTraits.of(server.uri(""), "probe"), options, TimeSource.system());
    }
  }
}
