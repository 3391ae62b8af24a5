package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ScalewayEmulatorFaultsTest extends ScalewayEmulatorTest {
  private static final String LIST = "/namespaces";

  @Test
  void aStatusIsAnsweredOnceAndThenAllIsWell() throws Exception {
    emulator().failNext(Fault.status(503));

    var failed = get(LIST);

    assertEquals(503, failed.statusCode());
    assertEquals("", failed.body());
    assertFalse(failed.headers().map().containsKey("content-type"));
    assertTrue(failed.headers().firstValue("X-Request-Id").isPresent());
    assertEquals(200, get(LIST).statusCode());
    assertEquals(0, emulator().pendingFaults());
  }

  @Test
  void aFaultCanWaitForItsRequest() throws Exception {
    String tag =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().failNext("delete", "/tags/[^/]+$", 2, Fault.json(500, "{\"message\":\"m\"}"));

    assertEquals(200, get("/tags/" + tag).statusCode());
    assertEquals(500, delete("/tags/" + tag).statusCode());
    assertEquals(1, emulator().pendingFaults());
    assertEquals("{\"message\":\"m\"}", delete("/tags/" + tag).body());
    assertEquals(List.of("v1"), emulator().tagNames("shop/app"));
    assertEquals(200, delete("/tags/" + tag).statusCode());
  }

  @Test
  void theFaultGivenFirstComesFirst() throws Exception {
    emulator().failNext(2, Fault.status(500));
    emulator().failNext(Fault.gatewayTimeout());

    assertEquals(500, get(LIST).statusCode());
    assertEquals(500, get(LIST).statusCode());
    var last = get(LIST);
    assertEquals(504, last.statusCode());
    assertEquals("text/plain", last.headers().firstValue("content-type").orElseThrow());
  }

  @Test
  void theRateLimitIsEmptyAsRecorded() throws Exception {
    emulator().failNext(Fault.rateLimited());

    var limited = get(LIST);

    assertEquals(429, limited.statusCode());
    assertEquals("", limited.body());
    assertEquals("true", limited.headers().firstValue("X-Envoy-Ratelimited").orElseThrow());
    assertFalse(limited.headers().map().containsKey("content-type"));
    assertFalse(limited.headers().map().containsKey("retry-after"));
  }

  @Test
  void headersOfAnswersCanBeGiven() throws Exception {
    emulator().failNext(Fault.retryAfter(429, "1"));
    emulator().failNext(Fault.redirect(307, "http://localhost:1/elsewhere"));
    emulator().failNext(Fault.status(418).withHeader("X-Why", "tea"));

    assertEquals("1", get(LIST).headers().firstValue("Retry-After").orElseThrow());
    var redirect = get(LIST);
    assertEquals(307, redirect.statusCode());
    assertEquals(
        "http://localhost:1/elsewhere",
        redirect.headers().firstValue("Location").orElseThrow());
    assertEquals("tea", get(LIST).headers().firstValue("X-Why").orElseThrow());
    assertThrows(IllegalStateException.class, () -> Fault.garbage().withHeader("X-Why", "tea"));
  }

  @Test
  void bodiesMayBeHtmlOrNoJson() throws Exception {
    emulator().failNext(Fault.html());
    emulator().failNext(Fault.malformedJson());

    var html = get(LIST);
    assertEquals(200, html.statusCode());
    assertEquals("text/html", html.headers().firstValue("content-type").orElseThrow());
    var malformed = get(LIST);
    assertEquals(200, malformed.statusCode());
    assertThrows(IOException.class, () -> json(malformed));
  }

  @Test
  void connectionsBreak() {
    for (Fault fault : List.of(Fault.connectionReset(), Fault.emptyResponse(), Fault.garbage())) {
      // A POST, which the JDK client does not repeat by itself.
      emulator().failNext("POST", "/namespaces", 1, fault);
      assertThrows(
          IOException.class, () -> send("POST", LIST, "{\"name\":\"shop\"}"), fault.toString());
    }
    assertEquals(3, emulator().requestCount());
    assertEquals(List.of(), emulator().tagNames("shop/app"));
  }

  @Test
  void aLostAnswerTakesEffect() throws Exception {
    emulator().setDeletionReads(0);
    String tag =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    assertThrows(IOException.class, () -> delete("/tags/" + tag));

    assertEquals(List.of(), emulator().tagNames("shop/app"));
    assertEquals(404, delete("/tags/" + tag).statusCode());
  }

  @Test
  void anyFaultMayComeAfterTheRequestTookEffect() throws Exception {
    emulator().setDeletionReads(0);
    Fault refused = Fault.json(409, "{}").afterwards().withHeader("X-Why", "tea");
    for (Fault fault :
        List.of(refused, Fault.html().afterwards(), Fault.oversizedBody(99).afterwards())) {
      String tag =
          emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
      emulator().failNext("DELETE", "/tags/", 1, fault);
      var answer = delete("/tags/" + tag);
      assertEquals(fault == refused ? 409 : 200, answer.statusCode());
      assertEquals(
          fault == refused ? "tea" : "", answer.headers().firstValue("X-Why").orElse(""));
      assertEquals(List.of(), emulator().tagNames("shop/app"), fault.toString());
    }
    for (Fault fault : List.of(Fault.emptyResponse(), Fault.garbage(), Fault.lostAnswer())) {
      String tag =
          emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
      emulator().failNext("DELETE", "/tags/", 1, fault.afterwards());
      assertThrows(IOException.class, () -> delete("/tags/" + tag));
      assertEquals(List.of(), emulator().tagNames("shop/app"), fault.toString());
    }
  }

  @Test
  void aPageCanBeSpoiledByItsQuery() throws Exception {
    emulator().addNamespace("a");
    emulator().addNamespace("b");
    emulator()
        .failNext(
            request -> "page=2&page_size=1".equals(request.rawQuery()), 1, Fault.json(200, "{}"));

    assertEquals(2, read(LIST + "?page=1&page_size=1").get("total_count").asInt());
    assertEquals("{}", get(LIST + "?page=2&page_size=1").body());
    assertEquals(2, read(LIST + "?page=2&page_size=1").get("total_count").asInt());
  }

  @Test
  void anyRequestOfACallCanBeSpoiledByItsNumber() throws Exception {
    emulator().failRequest(3, Fault.status(500));
    emulator().failRequest(2, Fault.status(410));
    emulator().failNext(Fault.status(404));

    assertEquals(404, get(LIST).statusCode());
    assertEquals(410, get(LIST).statusCode());
    assertEquals(500, get(LIST).statusCode());
    assertEquals(200, get(LIST).statusCode());
    assertThrows(
        IllegalArgumentException.class, () -> emulator().failRequest(0, Fault.status(500)));
  }

  @Test
  void everyRequestCanBeSpoiledUntilTheFaultIsTakenBack() throws Exception {
    emulator().failAll(Fault.status(404));
    emulator().failNext(Fault.status(500));
    for (int i = 0; i < 3; i++) {
      assertEquals(404, get(LIST).statusCode());
    }
    assertEquals(Integer.MAX_VALUE - 2, emulator().pendingFaults());

    emulator().clearFaults();
    assertEquals(200, get(LIST).statusCode());
    assertEquals(0, emulator().pendingFaults());
  }

  @Test
  void everyAnswerIsDated() throws Exception {
    emulator().failNext(Fault.status(503));
    emulator().failNext(Fault.oversizedBody(99));
    emulator().failNext(Fault.slowBody(Duration.ZERO));
    for (int i = 0; i < 4; i++) {
      String date = get(LIST).headers().firstValue("Date").orElseThrow();
      Instant instant = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      assertTrue(Duration.between(instant, Instant.now()).abs().toMinutes() < 5, date);
    }
    String given = "Fri, 17 Jul 2026 09:50:13 GMT";
    emulator().failNext(Fault.status(503).withHeader("date", given));
    assertEquals(List.of(given), get(LIST).headers().allValues("Date"));
  }

  @Test
  void aTruncatedBodyEndsTheConnectionInTheMiddle() throws Exception {
    String tag =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().failNext(Fault.truncatedBody());

    var response =
        client().send(request("GET", "/tags/" + tag, "").build(), BodyHandlers.ofInputStream());

    assertEquals(200, response.statusCode());
    long promised = response.headers().firstValueAsLong("Content-Length").orElseThrow();
    try (InputStream body = response.body()) {
      assertEquals(promised / 2, body.readNBytes((int) promised / 2).length);
      assertThrows(IOException.class, body::readAllBytes);
    }
  }

  @Test
  void aStalledBodyComesHalfAtOnceAndHalfLater() throws Exception {
    String tag =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().failNext(Fault.stallBody(Duration.ofMillis(800)));

    long start = System.nanoTime();
    var response =
        client().send(request("GET", "/tags/" + tag, "").build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      int half = (int) response.headers().firstValueAsLong("Content-Length").orElseThrow() / 2;
      assertEquals(half, body.readNBytes(half).length);
      long halfTime = System.nanoTime() - start;
      body.readAllBytes();
      long wholeTime = System.nanoTime() - start;
      assertTrue(wholeTime - halfTime >= 200_000_000L, halfTime + " of " + wholeTime + " ns");
    }
  }

  @Test
  void closingEndsStalledAnswersAtOnce() throws Exception {
    ScalewayEmulator other = ScalewayEmulator.start();
    String tag = other.addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    other.failNext(Fault.stallBody(Duration.ofHours(1)));
    var request = request("GET", "/tags/" + tag, "");
    request.uri(other.baseUrl().resolve("/registry/v1/regions/fr-par/tags/" + tag));
    CompletableFuture<?> stalled = client().sendAsync(request.build(), BodyHandlers.ofString());
    assertThrows(TimeoutException.class, () -> stalled.get(150, TimeUnit.MILLISECONDS));

    assertTimeout(Duration.ofSeconds(3), other::close);

    assertThrows(Exception.class, () -> stalled.get(3, TimeUnit.SECONDS));
    other.close();
  }

  @Test
  void aSlowBodyArrivesWholeAfterItsTime() throws Exception {
    String tag =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().failNext(Fault.slowBody(Duration.ofMillis(800)));
    long start = System.nanoTime();

    var response =
        client().send(request("GET", "/tags/" + tag, "").build(), BodyHandlers.ofInputStream());
    long headersAfter = System.nanoTime() - start;
    JsonNode body;
    try (InputStream in = response.body()) {
      body = new ObjectMapper().readTree(in);
    }

    long bodyAfter = System.nanoTime() - start;
    assertEquals("v1", body.get("name").asText());
    assertTrue(bodyAfter >= 700_000_000L, bodyAfter + " ns");
    assertTrue(bodyAfter - headersAfter >= 100_000_000L, headersAfter + " of " + bodyAfter);
  }

  @Test
  void aDelayedAnswerHasNoHeadersBeforeItsTime() throws Exception {
    emulator().failNext(Fault.delayed(Duration.ofMillis(250)));
    long start = System.nanoTime();

    var response = client().send(request("GET", LIST, "").build(), BodyHandlers.ofInputStream());
    response.body().close();

    assertTrue(System.nanoTime() - start >= 250_000_000L);
  }

  @Test
  void anOversizedBodyHasExactlyTheGivenLengthAndIsJson() throws Exception {
    emulator().failNext(Fault.oversizedBody(3_000_000));
    emulator().failNext(Fault.oversizedBody(500, 100_000));

    var ok = get(LIST);
    var error = get(LIST);

    assertEquals(3_000_000, ok.body().length());
    assertFalse(ok.headers().map().containsKey("content-length"));
    assertEquals(0, json(ok).get("total_count").asInt());
    assertEquals(500, error.statusCode());
    assertEquals(100_000, error.body().length());
  }

  @Test
  void aSpoiledRequestIsRecordedToo() throws Exception {
    emulator().failNext(Fault.status(500));
    get(LIST);

    assertEquals(
        "GET /registry/v1/regions/fr-par/namespaces",
        emulator().requests().get(0).toString());
  }

  @Test
  void impossibleFaultsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Fault.status(99));
    assertThrows(IllegalArgumentException.class, () -> Fault.stallBody(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> Fault.oversizedBody(-1));
    assertThrows(IllegalArgumentException.class, () -> emulator().failNext(0, Fault.html()));
  }

  private static HttpClient client() {
    return HttpClient.newHttpClient();
  }
}
