package dev.registrykit.spi.transport;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.support.Redactor;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the transport reads of an answer's headers; here for what the package alone can see. */
public final class TransportTargets {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static final URI HERE = URI.create("https://registry.example/v2/shop/web/tags/list");

  private TransportTargets() {}

  /** A wait is none that is negative, and digits are seconds. */
  public static void retryAfter(byte[] input) {
    List<String> lines = Claim.lines(input, 2);
    HttpHeaders headers = headers(Map.of("retry-after", lines.get(0), "date", lines.get(1)));
    Duration wait = RetryAfter.of(headers, NOW);
    Claim.that(wait == null || !wait.isNegative(), "a wait is negative");
    String text =
        headers.firstValue("retry-after").orElse("").strip(); // without what the JDK leaves out
    if (text.matches("[0-9]{1,18}")) {
      Claim.same(Duration.ofSeconds(Long.parseLong(text)), wait, "seconds");
    }
    if (wait == null) {
      Claim.that(!text.matches("[0-9]+"), "seconds are not read: " + text);
    } else {
      Claim.that(text.matches("[\\x20-\\x7e]+"), "a wait was read from " + text);
    }
  }

  /** A redirect never takes credentials elsewhere, nor leads from https to http or to this machine. */
  public static void redirect(byte[] input) {
    HttpRequest request = HttpRequest.newBuilder(HERE)
        .header("Authorization", "Bearer secret")
        .header("X-Auth-Token", "secret")
        .header("Accept", "application/json")
        .build();
    TransportResponse answer = new TransportResponse(
        HERE, 307, headers(Map.of("location", Claim.text(input))), new byte[0], Redactor.none());
    HttpRequest next;
    try {
      next = Redirects.next(request, answer, 0, Call.reading("ListTags", "list tags", f -> null));
    } catch (InvalidResponseException e) {
      Claim.shown(e);
      return;
    }
    URI to = next.uri();
    Claim.that(to.getScheme().equalsIgnoreCase("https"), "redirected to " + to.getScheme());
    Claim.that(BaseUrl.isUsable(to), "redirected to what is of no use");
    Claim.that(!HostAddress.isLocal(to.getHost()), "redirected to this machine");
    boolean isElsewhere = !"registry.example".equalsIgnoreCase(to.getHost())
        || (to.getPort() != -1 && to.getPort() != 443);
    boolean hasSecret = next.headers().map().toString().contains("secret");
    Claim.that(
        isElsewhere != hasSecret, "credentials " + (hasSecret ? "go" : "do not go") + " to " + to);
  }

  /** Returns a refusal, for the targets of the providers' error mappers. */
  public static FailedResponse refusal(
      int status, Map<String, String> headers, byte[] body, String secret) {
    TransportResponse response =
        new TransportResponse(HERE, status, headers(headers), body, Redactor.of(List.of(secret)));
    return new FailedResponse(
        "delete tag 1.2 of shop/web",
        ServiceTraits.of(HERE, "test"),
        response,
        RetryAfter.of(response.headers(), NOW),
        1,
        false);
  }

  /** Returns headers, without those that are blank. */
  public static HttpHeaders headers(Map<String, String> headers) {
    Map<String, List<String>> there = new LinkedHashMap<>();
    headers.forEach((name, value) -> {
      if (!value.isBlank()) {
        there.put(name, List.of(value));
      }
    });
    return HttpHeaders.of(there, (name, value) -> true);
  }
}
