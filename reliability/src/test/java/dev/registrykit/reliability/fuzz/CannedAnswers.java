package dev.registrykit.reliability.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.registrykit.testsupport.TestClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A client that answers from memory. */
public final class CannedAnswers extends TestClient {

  private final Function<HttpRequest, Canned> server;

  public CannedAnswers(Function<HttpRequest, Canned> server) {
    this.server = server;
  }

  /** One answer. */
  public record Canned(int status, Map<String, List<String>> headers, byte[] body) {

    public static Canned json(String body) {
      return new Canned(
          200, Map.of("Content-Type", List.of("application/json")), body.getBytes(UTF_8));
    }
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    Canned canned = server.apply(request);
    HttpHeaders headers = HttpHeaders.of(canned.headers(), (name, value) -> true);
    return answer(request, handler, canned.status(), headers, canned.body());
  }
}
