package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.testsupport.TestClient;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which client a request goes through, and when that client is closed. */
class ClientSourceTest {

  private static final HttpOptions OPTIONS = HttpOptions.defaults();

  /** So that each test makes clients that no other has made. */
  private static final AtomicInteger CONNECT_SECONDS = new AtomicInteger(1000);

  private final List<HttpClient> closed = new ArrayList<>();
  private final ClientSource clients = new ClientSource(OPTIONS, closed::add);

  /** A client of the caller's. */
  private static final class OwnClient extends TestClient {
    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
      throw new UnsupportedOperationException();
    }
  }

  private static HttpOptions untriedOptions() {
    return OPTIONS.withConnectTimeout(Duration.ofSeconds(CONNECT_SECONDS.incrementAndGet()));
  }

  private static ClientSource sharing(HttpOptions options) {
    return new ClientSource(options, null);
  }

  private static HttpClient clientOf(ClientSource source) throws IOException {
    ClientSource.Lease lease = source.lease();
    lease.release(false);
    return lease.client();
  }

  // Where clients can be closed

  @Test
  void requestsOneAfterTheOtherGoThroughTheSameClient() throws Exception {
    assertSame(clientOf(clients), clientOf(clients));
    assertEquals(List.of(), closed);
  }

  @Test
  void eachRegistryHasItsOwn() throws Exception {
    HttpClient other = clientOf(new ClientSource(OPTIONS, closed::add));

    assertNotSame(other, clientOf(clients));
    assertEquals(OPTIONS.connectTimeout(), other.connectTimeout().orElseThrow());
  }

  @Test
  void aClientThatMayHoldAConnectionForEverIsClosedAndReplaced() throws Exception {
    ClientSource.Lease lease = clients.lease();

    lease.release(true);

    assertEquals(List.of(lease.client()), closed);
    assertNotSame(lease.client(), clientOf(clients));
  }

  @Test
  void butNotBeforeTheOthersThroughItAreOver() throws Exception {
    ClientSource.Lease leaking = clients.lease();
    ClientSource.Lease slow = clients.lease();
    assertSame(leaking.client(), slow.client());

    leaking.release(true);
    ClientSource.Lease next = clients.lease();
    assertNotSame(slow.client(), next.client());
    assertEquals(List.of(), closed);

    slow.release(true);
    assertEquals(List.of(slow.client()), closed);
    next.release(false);
    assertEquals(List.of(slow.client()), closed);
    assertSame(next.client(), clientOf(clients));
  }

  @Test
  void eachRequestGivesItsClientBack() throws Exception {
    Sender sender = new Sender(clients);
    HttpClient client = sender.client();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/x"))
        .timeout(Duration.ofSeconds(20))
        .build();
    assertThrows(ConnectException.class, () -> sender.send(request, 100));

    clients.lease().release(true);

    assertEquals(List.of(client), closed, "nobody else uses it");
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    ClientSource.Lease lease = clients.lease();

    clients.close();

    assertEquals(List.of(lease.client()), closed);
    assertThrows(ClosedException.class, clients::lease);
  }

  @Test
  void closingWhatMadeNoClientClosesNone() {
    clients.close();

    assertEquals(List.of(), closed);
  }

  @Test
  void theCallersOwnIsNeitherReplacedNorClosed() throws Exception {
    HttpClient own = new OwnClient();
    ClientSource source = new ClientSource(OPTIONS.withHttpClient(own), closed::add);

    source.lease().release(true);

    assertSame(own, clientOf(source));
    source.close();
    assertEquals(List.of(), closed);
  }

  // Where none can be closed

  @Test
  void registriesOfOneConnectTimeOutShareAClient() throws Exception {
    HttpOptions options = untriedOptions();
    HttpOptions others = untriedOptions();
    HttpClient first = clientOf(sharing(options));
    HttpClient second = clientOf(sharing(others));

    assertSame(first, clientOf(sharing(options)));
    assertSame(second, clientOf(sharing(others)));
    assertNotSame(first, second);
    assertEquals(options.connectTimeout(), first.connectTimeout().orElseThrow());
  }

  @Test
  void aClientThatCannotBeClosedIsNotReplaced() throws Exception {
    ClientSource source = sharing(untriedOptions());
    ClientSource.Lease lease = source.lease();

    lease.release(true);

    assertSame(lease.client(), clientOf(source));
  }

  @Test
  void aRegistryThatIsClosedLetsGoOfIt() throws Exception {
    ClientSource source = sharing(untriedOptions());
    WeakReference<HttpClient> client = new WeakReference<>(clientOf(source));

    source.close();
    for (int i = 0; i < 100 && client.get() != null; i++) {
      System.gc();
    }

    assertNull(client.get());
    assertThrows(ClosedException.class, source::lease);
  }
}
