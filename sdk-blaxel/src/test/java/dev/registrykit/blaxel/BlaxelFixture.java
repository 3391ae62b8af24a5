package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds a {@link BlaxelRegistry} against the contract, on an emulator that all tests share. */
final class BlaxelFixture implements RegistryFixture {

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  private static final BlaxelEmulator EMULATOR = warmedUp();

  private static final int ATTEMPTS = 2;

  /** More than any call sends: the JDK's client itself repeats a GET whose connection was lost. */
  private static final int MANY = 100;

  private static final String JSON_OF_A_REFUSAL = "{\"error\":\"no\",\"code\":%d}";

  private final BlaxelRegistry registry;
  private final Set<Difference> differences;

  BlaxelFixture(String apiVersion, Set<Difference> differences) {
    EMULATOR.reset();
    this.differences = differences;
    this.registry = open(
        EMULATOR,
        apiVersion,
        HttpOptions.defaults()
            .withAttemptTimeout(Duration.ofMillis(1_500))
            .withCallTimeout(Duration.ofMillis(1_600))
            .withRetryPolicy(RetryPolicy.standard()
                .withMaxAttempts(ATTEMPTS)
                .withBackoff(Duration.ZERO, Duration.ZERO)));
  }

  private static BlaxelRegistry open(
      BlaxelEmulator emulator, String apiVersion, HttpOptions options) {
    return BlaxelRegistry.builder()
        .workspace(emulator.workspace())
        .apiKey(emulator.apiKey())
        .baseUrl(emulator.apiUrl().toString())
        .apiVersion(apiVersion)
        .httpOptions(options.withHttpClient(CLIENT))
        .build();
  }

  /** Loads what the first request loads, so that no test runs into its time-out for that. */
  private static BlaxelEmulator warmedUp() {
    BlaxelEmulator emulator = BlaxelEmulator.start();
    for (String version : List.of("2026-04-28", "2026-09-22")) {
      try (BlaxelRegistry registry = open(emulator, version, HttpOptions.defaults())) {
        registry.listImages().toList();
      }
    }
    return emulator;
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public ImageRef image(String name) {
    return ImageRef.of("sandbox/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    EMULATOR.addImage("sandbox", name(image));
  }

  @Override
  public Optional<String> addTag(
      ImageRef image, String tag, String content, Instant createdAt, Instant updatedAt) {
    EMULATOR.addTag("sandbox", name(image), tag, createdAt, updatedAt);
    return Optional.empty();
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return EMULATOR.tagNames("sandbox", name(image));
  }

  @Override
  public boolean putInUse(ImageRef image, String tag) {
    EMULATOR.setInUse("sandbox", name(image), tag, true);
    return true;
  }

  private static String name(ImageRef image) {
    return image.path().substring(image.path().indexOf('/') + 1);
  }

  @Override
  public boolean failNext(Mishap mishap) {
    switch (mishap) {
      case UNAUTHORIZED -> EMULATOR.failNext(refusal(401));
      case FORBIDDEN -> EMULATOR.failNext(refusal(403));
      case RATE_LIMITED -> EMULATOR.failNext(ATTEMPTS, refusal(429));
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

  private static Fault refusal(int status) {
    return Fault.json(status, JSON_OF_A_REFUSAL.replace("%d", Integer.toString(status)));
  }

  @Override
  public long requestCount() {
    return EMULATOR.requestCount();
  }

  @Override
  public Set<Difference> differences() {
    return differences;
  }

  @Override
  public int maxPageSize() {
    return 100;
  }

  @Override
  public List<ImageRef> impossibleImages() {
    return List.of(
        ImageRef.of("app"),
        ImageRef.of("sandbox/team/app"),
        ImageRef.of("Sandbox/app"),
        ImageRef.of("_/app"));
  }

  @Override
  public List<String> secrets() {
    return List.of(EMULATOR.apiKey());
  }

  @Override
  public void close() {
    registry.close();
    EMULATOR.assertNotPurged();
  }
}
