package dev.registrykit.oci;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.ForeignNotFound;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.PatientRegistry;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds an {@link OciRegistry} against the contract, on an emulator that a test class shares. */
final class OciFixture implements RegistryFixture {

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  private static final int ATTEMPTS = 2;

  /** More than any call sends: the JDK's client itself repeats a GET whose connection was lost. */
  private static final int MANY = 100;

  private static final String REFUSAL = "{\"errors\":[{\"code\":\"%s\",\"message\":\"no\"}]}";

  private final OciEmulator emulator;
  private final OciPreset preset;
  private final PatientRegistry registry;
  private final Set<Difference> differences;

  OciFixture(
      OciEmulator emulator,
      OciPersonality personality,
      OciPreset preset,
      Set<Difference> differences) {
    emulator.reset();
    emulator.personality(personality);
    this.emulator = emulator;
    this.preset = preset;
    this.registry = new PatientRegistry(
        open(emulator, preset, options(Duration.ofSeconds(30))),
        open(emulator, preset, options(Duration.ofMillis(300))));
    this.differences = new HashSet<>(differences);
    this.differences.add(Difference.IMAGES_NEED_TAGS);
    this.differences.add(Difference.TAGS_MAY_LACK_DATES);
    this.differences.add(Difference.RESTORING_READS_TAGS);
  }

  private static OciRegistry open(OciEmulator emulator, OciPreset preset, HttpOptions options) {
    return OciRegistry.builder()
        .registry(emulator.baseUrl().toString())
        .preset(preset)
        .httpOptions(options.withHttpClient(CLIENT))
        .build();
  }

  /** Starts an emulator, and loads what the first request loads, so that no test times out for it. */
  static OciEmulator warmedUp() {
    OciEmulator emulator = OciEmulator.start();
    try (OciRegistry registry = open(emulator, OciPreset.GENERIC, HttpOptions.defaults())) {
      registry.listImages().toList();
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
    return ImageRef.of("contract/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    // A repository is there once something was pushed to it.
  }

  @Override
  public Optional<String> addTag(
      ImageRef image,
      String tag,
      String content,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {
    return Optional.of(emulator
        .addTag(image.path(), tag, TagContent.of(content).withDates(createdAt, null))
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
      case UNAUTHORIZED -> emulator.failNext(refusal(401, "UNAUTHORIZED"));
      case FORBIDDEN -> emulator.failNext(refusal(403, "DENIED"));
      case RATE_LIMITED -> emulator.failNext(ATTEMPTS, refusal(429, "TOOMANYREQUESTS"));
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

  private static Fault refusal(int status, String code) {
    return Fault.json(status, REFUSAL.formatted(code));
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
    return switch (preset) {
      case DOCKER_HUB, QUAY -> 100;
      default -> 1_000;
    };
  }

  @Override
  public List<ImageRef> impossibleImages() {
    return List.of(ImageRef.of("Contract/app"), ImageRef.of("contract/-app"));
  }

  @Override
  public void close() {
    registry.close();
    if (registry.mayLeaveStrays()) {
      OciContract.replace(emulator);
    }
  }
}
