package org.example.demo;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.ForeignNotFound;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.PatientRegistry;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the demo provider against the contract, on a server of its own. */
final class DemoFixture implements RegistryFixture {

  static final int ATTEMPTS = 2;

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  final DemoServer server = new DemoServer();
  private final PatientRegistry registry =
      new PatientRegistry(open(Duration.ofSeconds(30)), open(Duration.ofMillis(300)));

  DemoFixture() throws IOException {}

  // snippet: open
  Registry open(Duration attemptTimeout) {
    return Registries.open(
        URI.create("demo://" + server.host() + "?plain-http=true"),
        Map.of("DEMO_KEY_ID", DemoServer.KEY_ID, "DEMO_SECRET_KEY", DemoServer.SECRET_KEY),
        HttpOptions.defaults()
            .withHttpClient(CLIENT)
            .withAttemptTimeout(attemptTimeout)
            .withCallTimeout(attemptTimeout.plusMillis(100))
            .withRetryPolicy(RetryPolicy.standard()
                .withMaxAttempts(ATTEMPTS)
                .withBackoff(Duration.ZERO, Duration.ZERO)));
  }

  // end

  @Override
  public Registry registry() {
    return registry.registry();
  }

  @Override
  public ImageRef image(String name) {
    return ImageRef.of("contract/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    server.addImage(image.path());
  }

  @Override
  public Optional<String> addTag(
      ImageRef image, String tag, String content, Instant createdAt, Instant updatedAt) {
    return Optional.of(server.addTag(image.path(), tag, content, createdAt));
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return server.tagNames(image.path());
  }

  // snippet: mishaps
  @Override
  public boolean failNext(Mishap mishap) {
    registry.expect(mishap);
    server.fail(
        mishap,
        switch (mishap) {
          case RATE_LIMITED, SERVER_ERROR, STALLED -> ATTEMPTS;
          case CONNECTION_LOST -> 100; // the JDK's client repeats a GET by itself
          default -> 1;
        });
    return true;
  }

  @Override
  public boolean failAll(ForeignNotFound answer) {
    server.answerAll(new DemoServer.Answer(404, answer.contentType(), answer.body()));
    return true;
  }

  // end

  @Override
  public long requestCount() {
    return server.requests();
  }

  @Override
  public Set<Difference> differences() {
    return Set.of();
  }

  @Override
  public int maxPageSize() {
    return 50;
  }

  @Override
  public List<ImageRef> impossibleImages() {
    return List.of(ImageRef.of("app"));
  }

  @Override
  public List<String> secrets() {
    return List.of(DemoServer.SECRET_KEY);
  }

  @Override
  public void close() {
    registry.close();
    server.close();
  }
}
