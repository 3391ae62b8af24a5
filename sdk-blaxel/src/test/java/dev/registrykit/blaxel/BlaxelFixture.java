package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Fault;
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

/** Holds a {@link BlaxelRegistry} against the contract, on an emulator that all tests share. */
final class BlaxelFixture implements RegistryFixture {

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  private static @Nullable BlaxelEmulator running;

  private static final int ATTEMPTS = 2;

  /** More than any call sends: the JDK's client itself repeats a GET whose connection was lost. */
  private static final int MANY = 100;

  private static final String JSON_OF_A_REFUSAL = "{\"error\":\"no\",\"code\":%d}";

  private final BlaxelEmulator emulator = running();
  private final PatientRegistry registry;
  private final Set<Difference> differences;

  BlaxelFixture(String apiVersion, Set<Difference> differences) {
    emulator.reset();
    this.differences = differences;
    this.registry = new PatientRegistry(
        open(emulator, apiVersion, options(Duration.ofSeconds(30))),
        open(emulator, apiVersion, options(Duration.ofMillis(300))));
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

  private static synchronized BlaxelEmulator running() {
    if (running == null) {
      running = warmedUp();
    }
    return running;
  }

  private static synchronized void replace(BlaxelEmulator emulator) {
    running = null;
    emulator.close();
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
    return ImageRef.of("sandbox/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    emulator.addImage("sandbox/" + name(image));
  }

  @Override
  public Optional<String> addTag(
      ImageRef image, String tag, String content, Instant createdAt, Instant updatedAt) {
    emulator.addTag(
        "sandbox/" + name(image), tag, TagContent.of(tag).withDates(createdAt, updatedAt));
    return Optional.empty();
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return emulator.tagNames("sandbox/" + name(image));
  }

  @Override
  public boolean putInUse(ImageRef image, String tag) {
    emulator.setInUse("sandbox/" + name(image), tag, true);
    return true;
  }

  private static String name(ImageRef image) {
    return image.path().substring(image.path().indexOf('/') + 1);
  }

  @Override
  public boolean failNext(Mishap mishap) {
    registry.expect(mishap);
    switch (mishap) {
      case UNAUTHORIZED -> emulator.failNext(refusal(401));
      case FORBIDDEN -> emulator.failNext(refusal(403));
      case RATE_LIMITED -> emulator.failNext(ATTEMPTS, refusal(429));
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

  private static Fault refusal(int status) {
    return Fault.json(status, JSON_OF_A_REFUSAL.replace("%d", Integer.toString(status)));
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
        ImageRef.of("1/app"),
        ImageRef.of("_/app"));
  }

  @Override
  public List<String> secrets() {
    return List.of(emulator.apiKey());
  }

  @Override
  public void close() {
    registry.close();
    emulator.assertNotPurged();
  }
}
