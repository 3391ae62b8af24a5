package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.NotFoundException;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What generated code sees, which takes the transport for the JDK's client. */
class GeneratedCodeViewTest {

  private final TransportFixture fixture = new TransportFixture();
  private final HttpClient client = fixture.transport().clientFor(TransportFixture.LIST_TAGS);
  private final HttpRequest request =
      TransportFixture.request("GET", fixture.server.uri("/v1/tags"));

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void theBodyIsTheBytesTheServerMeant() throws Exception {
    byte[] json = "{\"name\":\"☃\"}".getBytes(StandardCharsets.UTF_8);
    fixture.replies(
        Reply.bytes(200, Reply.gzip(json), "Content-Encoding: gzip", "X-Total-Count: 3"));

    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());

    assertArrayEquals(json, response.body().readAllBytes());
    assertEquals("3", response.headers().firstValue("x-total-count").orElseThrow());
    assertTrue(response.headers().firstValue("Content-Encoding").isEmpty());
  }

  @Test
  void anEmptyBodyIsAnEmptyStream() throws Exception {
    fixture.replies(Reply.status(204));

    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());

    assertEquals(204, response.statusCode());
    assertEquals(0, response.body().readAllBytes().length);
  }

  @Test
  void anInterruptOutlivesTheReadingOfABodyThatIsThere() throws Exception {
    fixture.replies(Reply.body(200, "{}"));
    InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();

    Thread.currentThread().interrupt();
    byte[] bytes = body.readAllBytes();

    assertTrue(Thread.interrupted(), "the flag is lost");
    assertEquals(2, bytes.length);
  }

  @Test
  void aLargeBodyComesWhole() throws Exception {
    fixture.replies(Reply.bytes(200, new byte[3_000_000]));

    assertEquals(
        3_000_000, client.send(request, BodyHandlers.ofInputStream()).body().readAllBytes().length);
  }

  @Test
  void theAnswerKnowsItsRequestAndAddress() throws Exception {
    fixture.replies(Reply.status(307, "Location: /v2/tags"), Reply.body(200, "{}"));

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertEquals(request, response.request());
    assertEquals(fixture.server.uri("/v2/tags"), response.uri());
    assertEquals("{}", response.body());
    assertFalse(response.previousResponse().isPresent());
  }

  @Test
  void retriesHappenBelowIt() throws Exception {
    fixture.replies(Reply.status(503), Reply.body(200, "{}"));

    assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void aRefusalComesOutAsTheTypedException() {
    fixture.replies(Reply.status(404));

    assertThrows(NotFoundException.class, () -> client.send(request, BodyHandlers.ofInputStream()));
  }

  @Test
  void aBodyHandlerThatFailsIsAnIoException() {
    fixture.replies(Reply.body(200, "{}"));
    HttpResponse.BodyHandler<String> failing = info -> HttpResponse.BodySubscribers.mapping(
        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
          throw new IllegalStateException("no");
        });

    assertThrows(IOException.class, () -> client.send(request, failing));
  }

  @Test
  void aBodyHandlerIsToldTheStatusAndThenTheBodyInOrder() throws Exception {
    fixture.replies(Reply.body(203, "{}", "X-Total-Count: 3"));
    List<String> told = new ArrayList<>();

    HttpResponse<Void> response = client.send(request, info -> {
      told.add(info.statusCode() + " " + info.version());
      told.add(info.headers().firstValue("x-total-count").orElse("none"));
      return HttpResponse.BodySubscribers.fromSubscriber(new Noting(told));
    });

    assertEquals(List.of("203 HTTP_1_1", "3", "subscribed", "2 bytes", "over"), told);
    assertEquals(HttpClient.Version.HTTP_1_1, response.version());
  }

  /** Notes what becomes of a body. */
  private record Noting(List<String> told) implements Flow.Subscriber<List<ByteBuffer>> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      told.add("subscribed");
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      told.add(buffers.stream().mapToInt(ByteBuffer::remaining).sum() + " bytes");
    }

    @Override
    public void onError(Throwable failure) {
      told.add("failed");
    }

    @Override
    public void onComplete() {
      told.add("over");
    }
  }

  @Test
  void itsSettingsAreThoseOfTheClientThatRequestsGoThrough() {
    HttpClient own = HttpClient.newBuilder()
        .cookieHandler(new CookieManager())
        .proxy(ProxySelector.getDefault())
        .authenticator(new Authenticator() {})
        .executor(Runnable::run)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
    ServiceTraits service = ServiceTraits.of(fixture.server.uri(""), "test");
    HttpOptions options = HttpOptions.defaults().withHttpClient(own);
    try (Transport transport = new Transport(service, options, fixture.time)) {
      HttpClient view = transport.clientFor(TransportFixture.LIST_TAGS);

      assertSame(own.cookieHandler().orElseThrow(), view.cookieHandler().orElseThrow());
      assertSame(own.proxy().orElseThrow(), view.proxy().orElseThrow());
      assertSame(own.authenticator().orElseThrow(), view.authenticator().orElseThrow());
      assertSame(own.executor().orElseThrow(), view.executor().orElseThrow());
      assertSame(own.sslContext(), view.sslContext());
      assertArrayEquals(own.sslParameters().getProtocols(), view.sslParameters().getProtocols());
      assertEquals(HttpClient.Version.HTTP_1_1, view.version());
    }
  }

  @Test
  void sendingAsynchronouslyIsRefused() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> client.sendAsync(request, BodyHandlers.discarding()));
    assertThrows(
        UnsupportedOperationException.class,
        () -> client.sendAsync(request, BodyHandlers.discarding(), null));
  }
}
