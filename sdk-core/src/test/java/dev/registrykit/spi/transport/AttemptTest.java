package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PipedInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What credentials see of the request that they sign. */
class AttemptTest {

  private static final byte[] JSON = "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8);

  private static Attempt with(BodyPublisher body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create("https://registry.example/x"))
        .POST(body)
        .build();
    return new Attempt(TransportFixture.LIST_TAGS, request, Duration.ofSeconds(1));
  }

  @Test
  void theBytesOfABodyAreShownEachTime() {
    Attempt attempt = with(BodyPublishers.ofByteArray(JSON));

    assertArrayEquals(JSON, attempt.body());
    assertArrayEquals(JSON, attempt.body());
    assertArrayEquals(JSON, with(BodyPublishers.ofString("{\"name\":\"Zoë\"}")).body());
  }

  @Test
  void aBodyOfSeveralPiecesIsShownWhole() {
    byte[] large = "0123456789".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    assertArrayEquals(large, with(BodyPublishers.ofByteArray(large)).body());
    assertArrayEquals(
        JSON,
        with(BodyPublishers.ofByteArrays(
                List.of(new byte[] {JSON[0]}, Arrays.copyOfRange(JSON, 1, JSON.length))))
            .body());
  }

  @Test
  void aRequestWithoutABodyShowsNone() {
    HttpRequest get =
        HttpRequest.newBuilder(URI.create("https://registry.example/x")).build();

    assertEquals(
        0, new Attempt(TransportFixture.LIST_TAGS, get, Duration.ofSeconds(1)).body().length);
    assertEquals(0, with(BodyPublishers.noBody()).body().length);
  }

  @Test
  void aBodyThatIsNotInMemoryIsNotWaitedFor() {
    BodyPublisher later = new BodyPublisher() {
      @Override
      public long contentLength() {
        return 1;
      }

      @Override
      public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        // It has nothing to say yet.
      }
    };

    IllegalStateException e = assertThrows(IllegalStateException.class, with(later)::body);
    assertEquals("the body of the request is not in memory", e.getMessage());
  }

  @Test
  void aBodyThatCannotBeReadIsNotInMemoryEither() {
    assertThrows(
        IllegalStateException.class,
        with(BodyPublishers.ofInputStream(PipedInputStream::new))::body);
  }

  @Test
  void whatIsSignedIsWhatIsSent() throws Exception {
    Credentials signing = attempt -> Map.of(
        "X-Signature",
        attempt.request().method() + " of " + new String(attempt.body(), StandardCharsets.UTF_8));
    try (TransportFixture fixture = new TransportFixture().with(signing)) {
      fixture.replies(Reply.status(200));

      fixture.send("PUT", "/x");

      ReceivedRequest sent = fixture.server.requests().get(0);
      assertEquals(List.of("PUT of {}"), sent.header("X-Signature"));
      assertEquals("{}", sent.body());
    }
  }
}
