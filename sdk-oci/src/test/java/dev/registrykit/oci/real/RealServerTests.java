package dev.registrykit.oci.real;

import dev.registrykit.ImageRef;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciRegistryBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests on a real server start from: a server that holds nothing, and a registry on it. */
abstract class RealServerTests {

  /** One for all tests, which saves each a thread and a pool. */
  static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
  static final ImageRef APP = ImageRef.of("team/app");
  static final ImageRef OTHER = ImageRef.of("team/other");

  private final ServerOfClass serverOfClass;
  private RegistryServer server;
  private OciRegistry registry;
  private RawRegistry raw;
  private Witnesses witnesses;

  RealServerTests(ServerOfClass server) {
    this.serverOfClass = server;
  }

  @BeforeEach
  final void open() throws IOException {
    server = serverOfClass.emptied();
    registry = builder().build();
    raw = serverOfClass.hands();
    witnesses = new Witnesses(server);
  }

  @AfterEach
  final void closeRegistry() {
    registry.close();
  }

  /** Starts a registry on the server, which logs in where the server wants it. */
  final OciRegistryBuilder builder() {
    return builderFor(server);
  }

  /** Starts a registry on the server, as somebody else. */
  final OciRegistryBuilder builder(String user, String password) {
    return builderFor(server, user, password);
  }

  static OciRegistryBuilder builderFor(RegistryServer server) {
    return builderFor(server, ServerConfiguration.USER, ServerConfiguration.PASSWORD);
  }

  private static OciRegistryBuilder builderFor(
      RegistryServer server, String user, String password) {
    OciRegistryBuilder builder = OciRegistry.builder().registry(server.host()).httpClient(CLIENT);
    return switch (server.mode().login()) {
      case ANYBODY -> builder;
      case HTPASSWD -> builder.basic(user, password);
      case TOKEN ->
        builder.basic(user, password).trustedRealmHost(server.tokens().host());
    };
  }

  final RegistryServer server() {
    return server;
  }

  final OciRegistry registry() {
    return registry;
  }

  final RawRegistry raw() {
    return raw;
  }

  final Witnesses witnesses() {
    return witnesses;
  }

  /** Pushes an image under several tags and returns it. */
  final TestImage push(ImageRef image, String content, String... tags) {
    TestImage pushed = TestImage.of(content, NOON);
    for (String tag : tags) {
      raw.push(image.path(), tag, pushed);
    }
    return pushed;
  }
}
