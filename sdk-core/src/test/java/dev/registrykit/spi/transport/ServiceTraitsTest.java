package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryServiceException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.testsupport.FakeTime;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a provider says of its service: how it names a request, and what of it may be shown. */
@Isolated
class ServiceTraitsTest {

  private final ScriptedServer server = ScriptedServer.start();
  private final List<RequestEvent> events = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private ServiceTraits plain() {
    return ServiceTraits.of(server.uri(""), "registrykit-test/1.0");
  }

  private RegistryServiceException refusal(ServiceTraits service, String... headers) {
    server.replies(Reply.status(403, headers));
    HttpOptions options = HttpOptions.defaults().withRequestListener(events::add);
    try (Transport transport = new Transport(service, options, new FakeTime())) {
      return assertThrows(
          RegistryServiceException.class,
          () -> transport.send(
              TransportFixture.LIST_TAGS,
              TransportFixture.request("GET", server.uri("/x?page_token=t&Name=n&name=app"))));
    }
  }

  @Test
  void aRequestIsNamedByTheUsualHeaderUnlessTheServiceHasAnother() {
    String[] headers = {"X-Request-Id: usual", "X-Amzn-RequestId: vendor's"};

    RegistryServiceException usual = refusal(plain(), headers);
    RegistryServiceException vendors =
        refusal(plain().withRequestIdHeader("x-amzn-requestid"), headers);
    RegistryServiceException none =
        refusal(plain().withRequestIdHeader("X-Amzn-RequestId"), "X-Request-Id: usual");

    assertEquals(Optional.of("usual"), usual.requestId());
    assertEquals(Optional.of("vendor's"), vendors.requestId());
    assertEquals(List.of("vendor's"), vendors.headers().get("x-amzn-requestid"));
    assertEquals(Optional.empty(), none.requestId());
  }

  @Test
  void onlyHeadersOfHttpItselfAreShownUnlessTheServiceSaysMore() {
    String[] headers = {"Server: envoy", "X-Total-Count: 7", "X-Session: 5ecret"};

    assertEquals(
        Map.of("server", List.of("envoy"), "content-length", List.of("0")),
        refusal(plain(), headers).headers());
    assertEquals(
        Map.of(
            "server", List.of("envoy"),
            "content-length", List.of("0"),
            "x-total-count", List.of("7")),
        refusal(plain().showingHeaders("X-Total-Count"), headers).headers());
  }

  @Test
  void theLogShowsWhatTheServiceSaysToo() {
    try (CapturedLog log = new CapturedLog("TRACE")) {
      refusal(plain().showingHeaders("X-TOTAL-count"), "X-Total-Count: 7", "X-Session: 5ecret");

      assertTrue(log.text().contains("x-total-count=[7]"), log.text());
      assertTrue(log.text().contains("x-session=hidden"), log.text());
    }
  }

  @Test
  void noParameterIsShownUnlessTheServiceSaysSo() {
    refusal(plain());
    refusal(plain().showingParameters("name").showingParameters("size"));

    assertEquals(
        List.of(
            server.uri("/x?page_token=hidden&Name=hidden&name=hidden"),
            server.uri("/x?page_token=hidden&Name=hidden&name=app")),
        events.stream().map(RequestEvent::uri).toList());
  }

  @Test
  void aCopyLeavesTheTraitsAsTheyWere() {
    ServiceTraits traits = plain();
    traits.showingHeaders("X-Session").showingParameters("name").withRequestIdHeader("x");

    assertEquals(
        Optional.of("r1"), refusal(traits, "X-Request-Id: r1", "X-Session: 1").requestId());
    assertEquals(
        URI.create(server.uri("/x?page_token=hidden&Name=hidden&name=hidden").toString()),
        events.get(0).uri());
  }

  @Test
  void theServiceNamesTheProduct() {
    refusal(plain());

    assertEquals(List.of("registrykit-test/1.0"), server.requests().get(0).header("User-Agent"));
  }
}
