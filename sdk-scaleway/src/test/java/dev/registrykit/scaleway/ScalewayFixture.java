package dev.registrykit.scaleway;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds a {@link ScalewayRegistry} against the contract, on an emulator that all tests share. */
final class ScalewayFixture implements RegistryFixture {

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  private static final ScalewayEmulator EMULATOR = warmedUp();

  private static final int ATTEMPTS = 2;

  /** More than any call sends: the JDK's client itself repeats a GET whose connection was lost. */
  private static final int MANY = 100;

  private static final String JSON_OF_A_REFUSAL = "{\"message\":\"no\"}";

  private final ScalewayRegistry registry;

  ScalewayFixture() {
    EMULATOR.reset();
    // Deletions end at once, since the contract expects a lost answer's repetition to find nothing.
    EMULATOR.setDeletionPolls(0);
    this.registry = open(
        EMULATOR,
        HttpOptions.defaults()
            .withAttemptTimeout(Duration.ofMillis(1_500))
            .withCallTimeout(Duration.ofMillis(1_600))
            .withRetryPolicy(RetryPolicy.standard()
                .withMaxAttempts(ATTEMPTS)
                .withBackoff(Duration.ZERO, Duration.ZERO)));
  }

  private static ScalewayRegistry open(ScalewayEmulator emulator, HttpOptions options) {
    return ScalewayRegistry.builder()
        .region(emulator.region())
        .secretKey(emulator.secretKey())
        .baseUrl(emulator.baseUrl().toString())
        .httpOptions(options.withHttpClient(CLIENT))
        .build();
  }

  /** Loads what the first request loads, so that no test runs into its time-out for that. */
  private static ScalewayEmulator warmedUp() {
    ScalewayEmulator emulator = ScalewayEmulator.start();
    try (ScalewayRegistry registry = open(emulator, HttpOptions.defaults())) {
      registry.listImages().toList();
    }
    return emulator;
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public ImageRef image(String name) {
    return ImageRef.of("contract/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    EMULATOR.addImage(namespace(image), name(image));
  }

  @Override
  public Optional<String> addTag(
      ImageRef image, String tag, String content, Instant createdAt, Instant updatedAt) {
    String digest = ScalewayEmulator.digestOf(content);
    EMULATOR.addTag(namespace(image), name(image), tag, digest, createdAt, updatedAt);
    return Optional.of(digest);
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return EMULATOR.tagNames(namespace(image), name(image));
  }

  private static String namespace(ImageRef image) {
    return image.path().substring(0, image.path().indexOf('/'));
  }

  private static String name(ImageRef image) {
    return image.path().substring(image.path().indexOf('/') + 1);
  }

  @Override
  public boolean failNext(Mishap mishap) {
    switch (mishap) {
      case UNAUTHORIZED -> EMULATOR.failNext(Fault.json(401, JSON_OF_A_REFUSAL));
      case FORBIDDEN -> EMULATOR.failNext(Fault.json(403, JSON_OF_A_REFUSAL));
      case RATE_LIMITED -> EMULATOR.failNext(ATTEMPTS, Fault.rateLimited());
      case RATE_LIMITED_FOR_AN_HOUR -> EMULATOR.failNext(Fault.retryAfter(429, "3600"));
      case SERVER_ERROR -> EMULATOR.failNext(ATTEMPTS, Fault.status(503));
      case BRIEF_OUTAGE -> EMULATOR.failNext(Fault.status(503));
      case CONNECTION_LOST -> EMULATOR.failNext(MANY, Fault.connectionReset());
      case STALLED -> EMULATOR.failNext(ATTEMPTS, Fault.delayed(Duration.ofMinutes(5)));
      case NOT_JSON -> EMULATOR.failNext(Fault.html());
      case LOST_DELETE_ANSWER -> EMULATOR.failNext("DELETE", "", 1, Fault.lostAnswer());
    }
    return true;
  }

  @Override
  public long requestCount() {
    return EMULATOR.requestCount();
  }

  @Override
  public Set<Difference> differences() {
    return Set.of(Difference.STRICT_REFUSES_SHARED_DIGEST);
  }

  @Override
  public int maxPageSize() {
    return 100;
  }

  @Override
  public List<ImageRef> impossibleImages() {
    return List.of(ImageRef.of("app"));
  }

  @Override
  public List<String> secrets() {
    return List.of(EMULATOR.secretKey());
  }

  @Override
  public void close() {
    registry.close();
  }
}
