package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client of the caller's may be anything: one that measures, one that retries, one that is broken. */
class CallersClientTest {

  private final RecordingHttpClient client = new RecordingHttpClient(HttpClient.newHttpClient());
  private final HttpOptions options =
      HttpOptions.defaults().withHttpClient(client).withRetryPolicy(RetryPolicy.none());
  private final HttpOptions hurried = options.withAttemptTimeout(Duration.ofMillis(300));
  private final TransportFixture fixture = new TransportFixture().with(options);

  @BeforeAll
  static void sendTheFirstRequest() throws Exception {
    TransportFixture.sendTheFirstRequest();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void oneThatKeepsNoTimeIsInterruptedAndTheCallerIsNot() {
    fixture.with(hurried);
    client.doing(() -> TimeUnit.MINUTES.sleep(1));

    assertThrows(RegistryTimeoutException.class, () -> fixture.get("/x"));
    assertFalse(Thread.interrupted());
  }

  @Test
  void norWhereTheClientHidesTheInterrupt() {
    fixture.with(hurried);
    client.doing(() -> {
      try {
        TimeUnit.MINUTES.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("cut short", e);
      }
    });

    assertThrows(RegistryTimeoutException.class, () -> fixture.get("/x"));
    assertFalse(Thread.interrupted());
  }

  @Test
  void anAssertionOfItsOwnIsLeftAlone() {
    AssertionError thrown = new AssertionError("this test expects no request");
    client.doing(() -> {
      throw thrown;
    });

    assertSame(thrown, assertThrows(AssertionError.class, () -> fixture.get("/x")));
  }

  static Stream<RuntimeException> whatItMayThrow() {
    return Stream.of(
        new IllegalArgumentException("For input string: \"abc\""),
        new IllegalStateException("closed"),
        new UncheckedIOException(new IOException("inside")),
        new NullPointerException());
  }

  @ParameterizedTest
  @MethodSource("whatItMayThrow")
  void whatItThrowsIsAConnectionThatFailed(RuntimeException thrown) {
    client.doing(() -> {
      throw thrown;
    });

    RegistryIOException e =
        assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

    assertTrue(e.mayHaveTakenEffect());
    assertSame(thrown, e.getCause().getCause());
  }

  /** Such as that no memory is left: nobody but the application knows what to do then. */
  @Test
  void anErrorPasses() {
    OutOfMemoryError error = new OutOfMemoryError("none left");
    client.doing(() -> {
      throw error;
    });
    assertSame(error, assertThrows(OutOfMemoryError.class, () -> fixture.get("/x")));

    client.doing(() -> {
      throw new IOException(error.getMessage(), error); // as the JDK's own client does
    });
    assertSame(error, assertThrows(OutOfMemoryError.class, () -> fixture.get("/x")));
    assertEquals(2, client.requests().size());
  }

  /** As the JDK's client does on Java 17 if the connection ends early enough. */
  @Test
  void theStatusOfAnErrorIsBelievedThoughTheClientSaysThatItsBodyBrokeOff() {
    fixture.replies(Reply.body(403, "no"));
    client.afterwards(() -> {
      throw new IOException("fixed content-length: 99, bytes received: 2");
    });

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> fixture.get("/x"));

    assertEquals("no", e.body());
  }
}
