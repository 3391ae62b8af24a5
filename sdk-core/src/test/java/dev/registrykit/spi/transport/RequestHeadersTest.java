package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.http.HttpOptions;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void thePathAndTheQueryAreSentAsGiven() {
    sent(TransportFixture.request("GET", fixture.server.uri("/a%2Fb/c:d@e?x=%20+&y=ü%C3%BC")));

    assertEquals(
        "GET /a%2Fb/c:d@e?x=%20+&y=%C3%BC%C3%BC HTTP/1.1",
        fixture.server.requestLines().get(0).replace("\u00c3\u00bc", "%C3%BC"));
  }

  @Test
  void ofTwoAcceptHeadersTheLastCounts() {
    ReceivedRequest received = sent(HttpRequest.newBuilder(fixture.server.uri("/x"))
        .header("Accept", "application/json")
        .header("Accept", "application/vnd.oci.image.index.v1+json")
        .build());

    assertEquals(List.of("application/vnd.oci.image.index.v1+json"), received.header("Accept"));
  }

  @Test
  void theUserAgentNamesTheProviderModule() {
    assertEquals(List.of("registrykit/1.0"), sent("GET").header("User-Agent"));
  }

  @Test
  void theUserAgentEndsWithTheCallingProgram() {
    fixture.with(HttpOptions.defaults().withApplicationName("pruner/2.1"));

    assertEquals(List.of("registrykit/1.0 pruner/2.1"), sent("GET").header("User-Agent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "PUT", "POST"})
  void plainHttpIsNotUpgraded(String method) {
    ReceivedRequest received = sent(method);

    assertEquals(List.of(), received.header("Upgrade"));
    assertEquals(List.of(), received.header("HTTP2-Settings"));
    assertEquals(List.of(), received.header("Connection"));
  }

  /** The client of JDK 17 announces a length of 0 whatever it is told. */
  @Test
  @EnabledForJreRange(minVersion = 19)
  void aGetAnnouncesNoBody() {
    assertEquals(List.of(), sent("GET").header("Content-Length"));
  }

  @Test
  void theCredentialIsSentOnce() {
    assertEquals(List.of(TransportFixture.TOKEN), sent("GET").header("X-Auth-Token"));
  }

  private ReceivedRequest sent(String method) {
    return sent(TransportFixture.request(method, fixture.server.uri("/x")));
  }

  private ReceivedRequest sent(HttpRequest request) {
    fixture.replies(Reply.status(200));
    fixture.send(request);
    return fixture.server.requests().get(0);
  }
}
