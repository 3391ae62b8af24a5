package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.registrykit.RegistryServiceException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import dev.registrykit.testsupport.FakeTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry that demands tokens as docker-registry 2.8.2 was recorded to do, the endpoint that gives
 * them (synthetic, by distribution's docs/content/spec/auth), and a transport that talks to both.
 */
public final class TokenLab implements AutoCloseable {

  static final String USER = "lisa";
  static final String PASSWORD = "pässw:rd-42";
  static final Login LOGIN = Login.basic(USER, PASSWORD);

  private static final Call LIST_TAGS = Call.reading(
      "ListTags",
      "list tags of team/app",
      failure -> ErrorMapper.byStatus(failure.details().build()));

  private static final Pattern OF_REPOSITORY =
      Pattern.compile("/v2/(.+)/(?:manifests|tags|blobs|referrers)/.*");

  final FakeTime time = FakeTime.standingStill();
  public final LabServer registry = new LabServer(this::answer);
  public final AuthSettings.Builder credentials =
      AuthSettings.builder(registry.uri("")).time(time);

  /** How the registry answers; and how its token endpoint does, on the same host. */
  volatile Function<LabRequest, LabReply> guard = this::demandToken;

  volatile Function<LabRequest, LabReply> endpoint = this::issue;
  volatile String realm = registry.uri("/token").toString();
  volatile String extraInAnswer = "";
  volatile Duration attemptTimeout = Duration.ofSeconds(5);
  volatile RetryPolicy retryPolicy = RetryPolicy.none();

  private final Map<String, List<String>> issued = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Transport transport;

  private LabReply answer(LabRequest request) {
    return request.path().startsWith("/v2/") ? guard.apply(request) : endpoint.apply(request);
  }

  LabReply demandToken(LabRequest request) {
    String scope = scope(request);
    String token = request.authorization().replaceFirst("^Bearer ", "");
    return issued.getOrDefault(token, List.of()).contains(scope)
        ? LabReply.json("{}")
        : unauthorized(
            "Bearer realm=\"%s\",service=\"lab-service\",scope=\"%s\"".formatted(realm, scope));
  }

  static LabReply unauthorized(String... challenges) {
    String[] headers = List.of(challenges).stream()
        .map(challenge -> "Www-Authenticate: " + challenge)
        .toArray(String[]::new);
    return LabReply.of(
        401,
        "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}",
        headers);
  }

  private static String scope(LabRequest request) {
    if (request.path().equals("/v2/_catalog")) {
      return "registry:catalog:*";
    }
    Matcher name = OF_REPOSITORY.matcher(request.path());
    if (!name.matches()) {
      return "";
    }
    String actions = switch (request.method()) {
      case "GET", "HEAD" -> "pull";
      case "DELETE" -> "delete";
      default -> "pull,push";
    };
    return "repository:" + name.group(1) + ":" + actions;
  }

  /** Gives token-1, token-2 and so on, each for the scopes asked for. */
  LabReply issue(LabRequest request) {
    String token = "token-" + count.incrementAndGet();
    issued.put(
        token,
        request.parameter("scope").stream()
            .flatMap(scopes -> List.of(scopes.split(" ")).stream())
            .toList());
    return LabReply.json("{\"token\":\"" + token + "\"" + extraInAnswer + "}");
  }

  /** The registry forgets the tokens that it took so far. */
  void revokeTokens() {
    issued.clear();
  }

  /** Lets a token be good for a scope, whatever was asked for. */
  void accept(String token, String... scopes) {
    issued.put(token, List.of(scopes));
  }

  Transport transport() {
    if (transport == null) {
      HttpOptions options =
          HttpOptions.defaults().withAttemptTimeout(attemptTimeout).withRetryPolicy(retryPolicy);
      Transport anonymous =
          new Transport(ServiceTraits.of(registry.uri(""), "registrykit/1.0"), options, time);
      transport = anonymous.with(new OciCredentials(credentials.build(), anonymous));
    }
    return transport;
  }

  public TransportResponse get(String path) {
    return send("GET", path);
  }

  /** Reads from a registry of that other name, through a proxy which is this one. */
  void getElsewhere(AuthSettings settings, String path) {
    URI baseUrl = settings.baseUrl();
    InetSocketAddress proxy =
        new InetSocketAddress("127.0.0.1", registry.uri("").getPort());
    HttpOptions options = HttpOptions.defaults()
        .withHttpClient(HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build())
        .withRetryPolicy(retryPolicy);
    Transport anonymous =
        new Transport(ServiceTraits.of(baseUrl, "registrykit/1.0"), options, time);
    try (Transport transport = anonymous.with(new OciCredentials(settings, anonymous))) {
      transport.send(
          LIST_TAGS, HttpRequest.newBuilder(URI.create(baseUrl + path)).build());
    }
  }

  TransportResponse send(String method, String path) {
    HttpRequest request = HttpRequest.newBuilder(registry.uri(path))
        .method(
            method,
            method.matches("POST|PUT") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
        .build();
    return transport().send(LIST_TAGS, request);
  }

  public List<LabRequest> tokenRequests() {
    return registry.requests().stream()
        .filter(request -> !request.path().startsWith("/v2/"))
        .toList();
  }

  List<LabRequest> registryRequests() {
    return registry.requests().stream()
        .filter(request -> request.path().startsWith("/v2/"))
        .toList();
  }

  /** Returns what the registry, not its token endpoint, was shown. */
  List<String> authHeaders() {
    return registryRequests().stream().map(LabRequest::authorization).toList();
  }

  /** Checks that a failure tells none of the secrets, wherever one might look. */
  public static void assertTellsNothing(Throwable failure, String... secrets) {
    StringWriter told = new StringWriter();
    failure.printStackTrace(new PrintWriter(told));
    if (failure instanceof RegistryServiceException refusal) {
      told.append(refusal.body()).append(refusal.headers().toString());
    }
    for (String secret : secrets) {
      assertFalse(told.toString().contains(secret), told.toString());
    }
  }

  @Override
  public void close() {
    if (transport != null) {
      transport.close();
    }
    registry.close();
  }
}
