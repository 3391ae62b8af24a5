package dev.registrykit.github;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.ForeignNotFound;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.PatientRegistry;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a {@link GithubRegistry} against the contract, on an emulator that all tests share. */
final class GithubFixture implements RegistryFixture {

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  private static @Nullable GithubEmulator running;

  private static final int ATTEMPTS = 2;

  /** More than any call sends: the JDK's client itself repeats a GET whose connection was lost. */
  private static final int MANY = 100;

  private static final String JSON_OF_A_REFUSAL = "{\"message\":\"no\"}";

  private final GithubEmulator emulator = running();
  private final PatientRegistry registry;

  GithubFixture() {
    emulator.reset();
    this.registry = new PatientRegistry(
        open(emulator, options(Duration.ofSeconds(30))),
        open(emulator, options(Duration.ofMillis(300))));
  }

  private static GithubRegistry open(GithubEmulator emulator, HttpOptions options) {
    return GithubRegistry.builder()
        .owner(emulator.owner())
        .token(emulator.token(TokenKind.CLASSIC))
        .baseUrl(emulator.baseUrl().toString())
        .registryUrl(emulator.baseUrl().toString())
        .httpOptions(options.withHttpClient(CLIENT))
        .build();
  }

  private static synchronized GithubEmulator running() {
    if (running == null) {
      running = warmedUp();
    }
    return running;
  }

  private static synchronized void replace(GithubEmulator emulator) {
    running = null;
    emulator.close();
  }

  /** Loads what the first request loads, so that no test runs into its time-out for that. */
  private static GithubEmulator warmedUp() {
    GithubEmulator emulator = GithubEmulator.start();
    emulator.addTag(emulator.owner() + "/warm", "1");
    try (GithubRegistry registry = open(emulator, HttpOptions.defaults())) {
      registry.getTag(ImageRef.of(emulator.owner() + "/warm"), "1");
    }
    return emulator;
  }

  private static HttpOptions options(Duration attemptTimeout) {
    return HttpOptions.defaults()
        .withAttemptTimeout(attemptTimeout)
        .withCallTimeout(attemptTimeout.plusMillis(100))
        .withRetryPolicy(RetryPolicy.standard()
            .withMaxAttempts(ATTEMPTS)
            .withBackoff(Duration.ZERO, Duration.ZERO));
  }

  @Override
  public Registry registry() {
    return registry.registry();
  }

  @Override
  public ImageRef image(String name) {
    return ImageRef.of(emulator.owner() + "/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    // A package is there once something was pushed to it.
  }

  @Override
  public Optional<String> addTag(
      ImageRef image, String tag, String content, Instant createdAt, Instant updatedAt) {
    return Optional.of(emulator
        .addTag(image.path(), tag, TagContent.of(content).withDates(createdAt, updatedAt))
        .digest());
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return emulator.tagNames(image.path());
  }

  @Override
  public boolean failNext(Mishap mishap) {
    registry.expect(mishap);
    switch (mishap) {
      case UNAUTHORIZED -> emulator.failNext(Fault.json(401, JSON_OF_A_REFUSAL));
      case FORBIDDEN -> emulator.failNext(Fault.json(403, JSON_OF_A_REFUSAL));
      case RATE_LIMITED -> emulator.failNext(ATTEMPTS, Fault.json(429, JSON_OF_A_REFUSAL));
      case RATE_LIMITED_FOR_AN_HOUR -> emulator.failNext(Fault.retryAfter(429, "3600"));
      case SERVER_ERROR -> emulator.failNext(ATTEMPTS, Fault.status(503));
      case BRIEF_OUTAGE -> emulator.failNext(Fault.status(503));
      case CONNECTION_LOST -> emulator.failNext(MANY, Fault.connectionReset());
      case STALLED -> emulator.failNext(ATTEMPTS, Fault.delayed(Duration.ofMinutes(5)));
      case NOT_JSON -> emulator.failNext(Fault.html());
      case LOST_DELETE_ANSWER -> emulator.failNext("DELETE", "", 1, Fault.lostAnswer());
    }
    return true;
  }

  @Override
  public boolean failAll(ForeignNotFound answer) {
    Fault fault = Fault.status(404, answer.contentType(), answer.body());
    emulator.clearFaults();
    emulator.failAll(fault);
    return true;
  }

  @Override
  public long requestCount() {
    return emulator.requestCount();
  }

  @Override
  public Set<Difference> differences() {
    return Set.of(
        Difference.IMAGES_NEED_TAGS, Difference.LAST_TAG_STAYS, Difference.RESTORING_READS_TAGS);
  }

  @Override
  public int maxPageSize() {
    return 100;
  }

  @Override
  public List<ImageRef> impossibleImages() {
    return List.of(ImageRef.of("app"), ImageRef.of("octo-user/app"));
  }

  @Override
  public List<String> secrets() {
    return List.of(emulator.token(TokenKind.CLASSIC));
  }

  @Override
  public void close() {
    registry.close();
    if (registry.mayLeaveStrays()) {
      replace(emulator);
    }
  }
}
