package dev.registrykit.samples.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** Hands GET requests on to a server: as a proxy does, or with TLS before a server that has none. */
final class ForwardingServer implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<URI> handled = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final URI target;

  private ForwardingServer(HttpServer server, URI target) {
    this.server = server;
    this.target = target;
    server.createContext("/", this::forward);
    server.start();
  }

  static ForwardingServer proxyOf(URI target) throws IOException {
    return new ForwardingServer(HttpServer.create(anyPort(), 0), target);
  }

  static ForwardingServer withTls(URI target, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new ForwardingServer(server, target);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      handled.add(exchange.getRequestURI());
      URI uri = URI.create(exchange.getRequestURI().toString().replaceFirst("^https?://[^/]*", ""));
      HttpResponse<byte[]> answer = client.send(
          HttpRequest.newBuilder(target.resolve(uri))
              .header("Accept", exchange.getRequestHeaders().getFirst("Accept"))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /** What was asked for: a whole URL of a proxy, a path of a server. */
  List<URI> handled() {
    return handled;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
