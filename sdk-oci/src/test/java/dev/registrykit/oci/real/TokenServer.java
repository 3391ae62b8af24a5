package dev.registrykit.oci.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the tokens of a registry, as the Docker token specification says: to {@link
 * ServerConfiguration#USER} for whatever is asked for, to {@link #READER} for reading only.
 */
final class TokenServer implements AutoCloseable {

  /** Has the same password, and may pull only. */
  static final String READER = "reader";

  private final ServerSocket listening;
  private final List<List<String>> requestedScopes = new CopyOnWriteArrayList<>();

  private TokenServer(ServerSocket listening) {
    this.listening = listening;
  }

  static TokenServer start() throws IOException {
    TokenServer server =
        new TokenServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
    Thread thread = new Thread(server::serve, "token server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** Returns its address, by name: crane refuses a realm at 127.0.0.1. */
  String realm() {
    return "http://" + host() + "/token";
  }

  /** Returns host and port of the realm. */
  String host() {
    return "localhost:" + listening.getLocalPort();
  }

  /** Returns its own certificate, by which registries know its tokens. */
  String certificate() {
    return SignedTokens.shared().certificate();
  }

  /** Returns the scopes of every request so far. */
  List<List<String>> requestedScopes() {
    return List.copyOf(requestedScopes);
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket connection = listening.accept()) {
        answer(connection);
      } catch (IOException e) {
        // Closed, or a client that went away.
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader request = new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    String requestLine = request.readLine();
    if (requestLine == null) {
      return;
    }
    String user = null;
    for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
      if (line.regionMatches(true, 0, "Authorization: Basic ", 0, 21)) {
        user = user(line.substring(21).trim());
      }
      line = request.readLine();
    }
    List<String> scopes = scopes(URI.create(requestLine.split(" ")[1]));
    requestedScopes.add(scopes);
    byte[] answer = answer(user, scopes).getBytes(StandardCharsets.UTF_8);
    connection.getOutputStream().write(answer);
    connection.getOutputStream().flush();
  }

  /** Returns null if the password is wrong. */
  private static @Nullable String user(String basic) {
    String login = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
    String end = ":" + ServerConfiguration.PASSWORD;
    return login.endsWith(end) ? login.substring(0, login.length() - end.length()) : null;
  }

  private static List<String> scopes(URI target) {
    List<String> scopes = new ArrayList<>();
    for (String parameter : String.valueOf(target.getRawQuery()).split("&")) {
      if (parameter.startsWith("scope=")) {
        String value = URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8);
        scopes.addAll(List.of(value.split(" ")));
      }
    }
    return scopes;
  }

  private static String answer(@Nullable String user, List<String> scopes) {
    if (user == null) {
      return http("401 Unauthorized", "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}");
    }
    List<String> granted =
        user.equals(READER) ? scopes.stream().map(TokenServer::readingOnly).toList() : scopes;
    return http(
        "200 OK",
        "{\"token\":\"%s\",\"expires_in\":%d}"
            .formatted(SignedTokens.shared().token(granted), SignedTokens.LIFE_SECONDS));
  }

  private static String readingOnly(String scope) {
    int beforeActions = scope.lastIndexOf(':') + 1;
    return scope.substring(0, beforeActions)
        + Arrays.stream(scope.substring(beforeActions).split(","))
            .filter(action -> action.equals("pull") || action.equals("*"))
            .collect(Collectors.joining(","));
  }

  private static String http(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
