package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A program that knows only {@link Registry} and a URI: the same code on every provider, the same
 * exceptions for the same mishaps.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnyProviderTest {

  /** What a deployment configures: where the registry is, with some variables, and which image. */
  private record Deployment(Emulator emulator, String image) {

    Registry open() {
      return open(Map.of());
    }

    Registry open(Map<String, String> otherVariables) {
      return open(otherVariables, Duration.ofSeconds(20));
    }

    Registry open(Map<String, String> otherVariables, Duration attemptTimeout) {
      Map<String, String> all = new HashMap<>(emulator.environment());
      all.putAll(otherVariables);
      HttpOptions options = HttpOptions.defaults()
          .withAttemptTimeout(attemptTimeout)
          .withRetryPolicy(RetryPolicy.none());
      return Registries.open(emulator.uri(), all, options);
    }

    ImageRef ref() {
      return ImageRef.of(image);
    }

    @Override
    public String toString() {
      return emulator.uri().getScheme();
    }
  }

  private final List<Deployment> deployments = new ArrayList<>();

  @BeforeAll
  void deploy() {
    deployments.add(new Deployment(ScalewayEmulator.start(), "shop/web"));
    deployments.add(new Deployment(BlaxelEmulator.start(), "sandbox/web"));
    deployments.add(new Deployment(GithubEmulator.start(), "octo-org/web"));
    deployments.add(new Deployment(OciEmulator.start(OciPersonality.ZOT), "shop/web"));
  }

  @AfterAll
  void stop() {
    deployments.forEach(deployment -> deployment.emulator().close());
  }

  Stream<Deployment> deployments() {
    return deployments.stream().map(AnyProviderTest::filled);
  }

  private static Deployment filled(Deployment deployment) {
    Emulator emulator = deployment.emulator();
    emulator.reset();
    for (String tag : List.of("1.0", "1.1", "latest")) {
      emulator.addTag(deployment.image(), tag);
    }
    return deployment;
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void listsReadsAndDeletes(Deployment deployment) {
    try (Registry registry = deployment.open()) {
      ImageRef image = deployment.ref();
      ListTagsOptions byName = ListTagsOptions.defaults().withOrder(TagOrder.NAME_DESC);

      assertEquals(
          List.of("latest", "1.1", "1.0"),
          registry.listTags(image, byName).stream().map(Tag::name).toList());
      assertEquals("1.0", registry.getTag(image, "1.0").name());
      assertTrue(registry.findTag(image, "9.9").isEmpty());
      assertTrue(registry.deleteTag(image, "1.0").outcome() != DeleteOutcome.ALREADY_ABSENT);
      assertTrue(remaining(registry, image).containsAll(Set.of("1.1", "latest")));
    }
  }

  private static Set<String> remaining(Registry registry, ImageRef image) {
    return registry.listTags(image).stream()
        .map(Tag::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void whatIsMissingIsToldApart(Deployment deployment) {
    try (Registry registry = deployment.open()) {
      ImageRef missing = ImageRef.of(deployment.image() + "-missing");

      assertThrowsExactly(ImageNotFoundException.class, () -> registry.getImage(missing));
      assertThrowsExactly(
          TagNotFoundException.class, () -> registry.getTag(deployment.ref(), "9.9"));
      assertThrowsExactly(
          TagNotFoundException.class, () -> registry.deleteTag(deployment.ref(), "9.9"));
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void aRefusedDeletionChangesNothing(Deployment deployment) {
    deployment.emulator().failNext("DELETE", "", 1, Fault.json(403, "{}"));
    try (Registry registry = deployment.open()) {
      assertThrowsExactly(
          PermissionDeniedException.class, () -> registry.deleteTag(deployment.ref(), "1.0"));
      assertEquals(Set.of("1.0", "1.1", "latest"), remaining(registry, deployment.ref()));
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void wrongCredentialsAreSaidToBeWrong(Deployment deployment) {
    if (deployment.emulator() instanceof OciEmulator oci) {
      oci.requireBasic("ci", "right");
    }
    Map<String, String> wrong = Map.of(
        "SCW_SECRET_KEY", "00000000-0000-0000-0000-00000000dead",
        "BL_API_KEY", "wrong",
        "GITHUB_TOKEN", "wrong",
        "OCI_PASSWORD", "wrong");
    try (Registry registry = deployment.open(wrong)) {
      assertThrowsExactly(
          AuthenticationException.class,
          () -> registry.listTags(deployment.ref()).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void aRateLimitSaysHowLongToWait(Deployment deployment) {
    deployment.emulator().failNext(Fault.retryAfter(429, "120"));
    try (Registry registry = deployment.open()) {
      RateLimitException e = assertThrowsExactly(
          RateLimitException.class, () -> registry.listTags(deployment.ref()).toList());
      assertEquals(Duration.ofMinutes(2), e.retryAfter().orElseThrow());
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void aServerThatDoesNotAnswerIsATimeout(Deployment deployment) {
    deployment.emulator().failNext(Fault.delayed(Duration.ofMinutes(5)));
    try (Registry registry = deployment.open(Map.of(), Duration.ofMillis(200))) {
      assertThrowsExactly(
          RegistryTimeoutException.class,
          () -> registry.listTags(deployment.ref()).toList());
    }
  }
}
