package dev.registrykit.spi.transport;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.testsupport.FakeTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

/** A transport and the server it talks to; time passes without waiting. */
final class TransportFixture implements AutoCloseable {

  static final String TOKEN = "s3cr3t-t0ken";

  private static final ErrorMapper BY_STATUS =
      f -> ErrorMapper.byStatus(f.details().build());

  static final Call LIST_TAGS = Call.reading("ListTags", "list tags of ns/app", BY_STATUS);

  /** A call of the other kind, named alike to compare messages. */
  static final Call CHANGE_TAGS = Call.changing("ListTags", "list tags of ns/app", BY_STATUS);

  final ScriptedServer server = ScriptedServer.start();
  final FakeTime time = new FakeTime();
  private HttpOptions options = HttpOptions.defaults().withAttemptTimeout(Duration.ofSeconds(5));
  private Credentials credentials = request -> Map.of("X-Auth-Token", TOKEN);
  private Transport transport;

  /** Sends a request, because the first one of a machine takes longer than some deadlines in tests. */
  static void sendTheFirstRequest() throws IOException {
    try (TransportFixture first = new TransportFixture()) {
      first.with(HttpOptions.defaults()).replies(Reply.status(200)).get("/x");
    }
  }

  TransportFixture with(HttpOptions options) {
    this.options = options;
    return this;
  }

  TransportFixture with(Credentials credentials) {
    this.credentials = credentials;
    return this;
  }

  TransportFixture replies(Reply... replies) {
    server.replies(replies);
    return this;
  }

  Transport transport() {
    if (transport == null) {
      ServiceTraits service = ServiceTraits.of(server.uri(""), "registrykit/1.0")
          .showingParameters("force", "name", "page");
      transport = new Transport(service, options, time).with(credentials);
    }
    return transport;
  }

  /** Sends a request without a body and returns the answer. */
  TransportResponse send(String method, String path) {
    return send(request(method, server.uri(path)));
  }

  TransportResponse send(HttpRequest request) {
    return transport().send(callOf(request), request);
  }

  /** Returns a call of the kind that providers use this method for. */
  static Call callOf(HttpRequest request) {
    return callOf(request.method(), BY_STATUS);
  }

  /** Returns a call of the kind that providers use this method for. */
  static Call callOf(String method, ErrorMapper errors) {
    Call change = Call.changing(CHANGE_TAGS.operation(), CHANGE_TAGS.description(), errors);
    return switch (method) {
      case "GET", "HEAD" -> Call.reading(LIST_TAGS.operation(), LIST_TAGS.description(), errors);
      case "PUT", "DELETE" -> change;
      default -> change.notIdempotent();
    };
  }

  TransportResponse get(String path) {
    return send("GET", path);
  }

  static HttpRequest request(String method, URI uri) {
    HttpRequest.BodyPublisher body = method.matches("POST|PUT|PATCH")
        ? HttpRequest.BodyPublishers.ofString("{}")
        : HttpRequest.BodyPublishers.noBody();
    return HttpRequest.newBuilder(uri).method(method, body).build();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (transport != null) {
      transport.close();
    }
  }
}
