package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.RegistryIOException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class ConnectionTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void callsOneAfterTheOtherShareAConnection() {
    fixture.server.always(Reply.body(200, "{}"));

    IntStream.range(0, 10).forEach(i -> fixture.get("/x"));

    assertEquals(10, fixture.server.requests().size());
    assertEquals(1, fixture.server.connections());
  }

  @Test
  void anErrorWithABodyLeavesTheConnectionUsable() {
    fixture.replies(Reply.body(503, "sorry"), Reply.status(200));

    fixture.get("/x");

    assertEquals(1, fixture.server.connections());
  }

  @Test
  void fiftyViewsForGeneratedCodeNeedOneConnectionAndNoMoreThreads() throws Exception {
    fixture.server.always(Reply.body(200, "{}"));
    fixture.get("/x");
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    for (int i = 0; i < 50; i++) {
      HttpClient view = fixture.transport().clientFor(TransportFixture.LIST_TAGS);
      view.send(
          TransportFixture.request("GET", fixture.server.uri("/x")),
          HttpResponse.BodyHandlers.ofInputStream());
    }

    assertEquals(List.of(), clientThreadsBut(before));
    assertEquals(1, fixture.server.connections());
  }

  private static List<String> clientThreadsBut(Set<Thread> known) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !known.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("HttpClient-"))
        .toList();
  }

  @Test
  void aRefusedConnectionIsAnIoException() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + closedPort() + "/x");

    RegistryIOException e = assertThrows(
        RegistryIOException.class, () -> fixture.send(TransportFixture.request("DELETE", nobody)));

    assertEquals(
        "list tags of ns/app failed: no answer: cannot connect to 127.0.0.1 (3 attempts)",
        e.getMessage());
    assertEquals(2, fixture.time.sleeps().size());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Test
  void anUnknownHostIsAnIoExceptionThatNamesIt() {
    fixture.with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()));

    RegistryIOException e = assertThrows(
        RegistryIOException.class,
        () -> fixture.send(
            TransportFixture.request("GET", URI.create("http://registry.invalid/x?t=s"))));

    assertEquals(
        "list tags of ns/app failed: no answer: unknown host registry.invalid", e.getMessage());
  }

  @Test
  void anAnswerThatBreaksOffIsAskedForAgain() {
    fixture.replies(Reply.truncated(), Reply.body(200, "whole"));

    assertEquals("whole", new String(fixture.get("/x").body()));
  }

  @Test
  void anAnswerThatIsNoHttpIsAnIoException() {
    fixture
        .with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()))
        .replies((socket, closing) -> socket.getOutputStream().write("hello\r\n\r\n".getBytes()));

    assertThrows(RegistryIOException.class, () -> fixture.get("/x"));
  }

  @Test
  void aClosedTransportSendsNothing() {
    fixture.transport().close();

    IllegalStateException e = assertThrows(IllegalStateException.class, () -> fixture.get("/x"));

    assertEquals("this registry is closed", e.getMessage());
    assertEquals(0, fixture.server.requests().size());
  }

  @Test
  void closingMayBeRepeated() {
    fixture.transport().close();

    assertDoesNotThrow(() -> fixture.transport().close());
  }

  @Test
  void theCallersOwnClientIsUsedAndNotClosed() throws Exception {
    RecordingHttpClient own = new RecordingHttpClient(HttpClient.newHttpClient());
    fixture.with(HttpOptions.defaults().withHttpClient(own)).server.always(Reply.status(200));

    fixture.get("/x");
    fixture.transport().close();

    assertEquals(1, own.requests().size());
    assertFalse(own.isClosed());
  }

  @Test
  void aViewIsClosedWithItsTransport() {
    HttpClient view = fixture.transport().clientFor(TransportFixture.LIST_TAGS);

    fixture.transport().close();

    assertThrows(
        IllegalStateException.class,
        () -> view.send(
            TransportFixture.request("GET", fixture.server.uri("/x")),
            HttpResponse.BodyHandlers.discarding()));
    assertEquals(0, fixture.server.requests().size());
  }

  @Test
  void theConnectTimeoutIsTheClients() {
    HttpClient view = fixture.transport().clientFor(TransportFixture.LIST_TAGS);

    assertEquals(HttpOptions.defaults().connectTimeout(), view.connectTimeout().orElseThrow());
    assertEquals(HttpClient.Redirect.NEVER, view.followRedirects());
  }

  @Test
  void theCauseOfAFailureIsKept() {
    fixture.with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none())).replies(Reply.reset());

    RegistryIOException e =
        assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

    assertInstanceOf(IOException.class, e.getCause());
  }
}
