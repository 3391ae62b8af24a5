package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.CLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.ServerException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImagePlansTest {

  private static final RetentionPolicy NEWEST =
      RetentionPolicy.of(TagMatcher.all()).keepNewestImages(1).build();

  private static final ImageMatcher SANDBOXES = ImageMatcher.glob("sandbox/*");

  static Stream<Arguments> emulators() {
    return Stream.of(
        emulator("Scaleway", ScalewayEmulator::start),
        emulator("Blaxel", BlaxelEmulator::start),
        emulator("docker-registry", OciEmulator::start),
        emulator("distribution", () -> OciEmulator.start(OciPersonality.DISTRIBUTION_3_1)));
  }

  private static Arguments emulator(String name, Supplier<Emulator> start) {
    return Arguments.of(name, start);
  }

  private static Registry registry(Emulator emulator) {
    return Registries.open(
        emulator.uri(),
        emulator.environment(),
        HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()));
  }

  private static ImagePlans plans(Registry registry) {
    return ImagePlans.of(registry, SANDBOXES, NEWEST, CLOCK);
  }

  private static void addThree(Emulator emulator, String... images) {
    for (String image : images) {
      for (int day = 1; day <= 3; day++) {
        Instant date = Instant.parse("2026-03-0" + day + "T00:00:00Z");
        emulator.addTag(image, "" + day, TagContent.of(image + day).withDates(date, date));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("emulators")
  void oneAfterTheOtherEveryMatchingImageIsPlannedAndCarriedOut(
      String name, Supplier<Emulator> start) {
    try (Emulator emulator = start.get();
        Registry registry = registry(emulator)) {
      addThree(emulator, "sandbox/a", "sandbox/b", "agent/c");
      List<String> images = new ArrayList<>();
      for (ImagePlan each : plans(registry)) {
        images.add(each.image().path());
        RetentionPlan plan = each.plan().orElseThrow();
        assertEquals(each.image(), plan.image());
        assertEquals(List.of("1", "2"), Fixtures.deletions(plan));
        for (PlannedTag tag : plan.deletionsIfAllowed()) {
          registry.deleteTag(each.image(), tag.name(), tag.deleteOptions());
        }
      }

      assertEquals(Set.of("sandbox/a", "sandbox/b"), Set.copyOf(images));
      assertEquals(2, images.size());
      assertEquals(List.of("3"), emulator.tagNames("sandbox/a"));
      assertEquals(List.of("3"), emulator.tagNames("sandbox/b"));
      assertEquals(3, emulator.tagNames("agent/c").size());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("emulators")
  void whatIsSentIsTheListOfImagesOnceAndThenWhatEachPlanCosts(
      String name, Supplier<Emulator> start) {
    try (Emulator emulator = start.get();
        Registry registry = registry(emulator)) {
      addThree(emulator, "sandbox/a", "sandbox/b", "sandbox/c");
      List<Long> byHand = new ArrayList<>();
      try (Registry another = registry(emulator)) { // which remembers as little
        byHand.add(
            requests(emulator, () -> another.listImages(SANDBOXES.listing()).toList()));
        for (String image : List.of("sandbox/a", "sandbox/b", "sandbox/c")) {
          byHand.add(requests(
              emulator, () -> RetentionPlan.of(another, ImageRef.of(image), NEWEST, CLOCK)));
        }
      }

      List<Long> sent = new ArrayList<>();
      assertEquals(0, requests(emulator, () -> assertNotNull(plans(registry).iterator())));
      Iterator<ImagePlan> plans = plans(registry).iterator();
      sent.add(requests(emulator, () -> assertTrue(plans.hasNext())));
      for (int image = 0; image < 3; image++) {
        assertEquals(0, requests(emulator, () -> assertTrue(plans.hasNext())));
        sent.add(requests(emulator, plans::next));
      }

      assertEquals(byHand, sent);
      assertEquals(0, requests(emulator, () -> assertFalse(plans.hasNext())));
      assertThrows(NoSuchElementException.class, plans::next);
    }
  }

  private static long requests(Emulator emulator, Runnable call) {
    long before = emulator.requestCount();
    call.run();
    return emulator.requestCount() - before;
  }

  @Test
  void imagesThatGoWhileTheyArePlannedMakeNoPageSkipOne() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = registry(emulator)) {
      for (int image = 10; image < 35; image++) {
        addThree(emulator, "sandbox/i" + image);
      }
      emulator.faults().setMaxPageSize(2);
      List<String> planned = new ArrayList<>();
      for (ImagePlan each : plans(registry)) {
        planned.add(each.image().path());
        registry.deleteImage(each.image(), DeleteOptions.defaults());
      }

      assertEquals(25, Set.copyOf(planned).size());
    }
  }

  @Test
  void anImageThatCannotBeReadDoesNotEndTheOthers() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry = registry(emulator)) {
      addThree(emulator, "sandbox/a", "sandbox/b", "sandbox/c", "sandbox/d");
      emulator.failNext("GET", ".*sandbox/b/.*", 1, Fault.status(500));
      emulator.failNext("GET", ".*sandbox/c/.*", 1, Fault.status(403));

      List<ImagePlan> plans = new ArrayList<>();
      plans(registry).forEach(plans::add);

      assertEquals(
          List.of("sandbox/a", "sandbox/b", "sandbox/c", "sandbox/d"),
          plans.stream().map(each -> each.image().path()).toList());
      assertInstanceOf(ServerException.class, plans.get(1).failure().orElseThrow());
      assertInstanceOf(PermissionDeniedException.class, plans.get(2).failure().orElseThrow());
      assertTrue(plans.get(1).plan().isEmpty());
      assertTrue(plans.get(0).failure().isEmpty() && plans.get(0).plan().isPresent());
      assertTrue(plans.get(3).plan().isPresent());
      assertEquals(
          "sandbox/b: list tags of sandbox/b failed: HTTP 500", plans.get(1).toString());
    }
  }

  @Test
  void anImageThatIsGoneMeanwhileIsNeitherAPlanNorAFailure() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = registry(emulator)) {
      addThree(emulator, "sandbox/a", "sandbox/b");
      Iterator<ImagePlan> plans = plans(registry).iterator();
      assertTrue(plans.hasNext());
      registry.deleteImage(ImageRef.of("sandbox/a"), DeleteOptions.defaults());

      ImagePlan gone = plans.next();

      assertEquals("sandbox/a", gone.image().path());
      assertTrue(gone.plan().isEmpty());
      assertTrue(gone.failure().isEmpty());
      assertEquals("sandbox/a: is gone", gone.toString());
      assertTrue(plans.next().plan().isPresent());
    }
  }

  @Test
  void whatMakesTheRestPointlessIsThrownAndNoImageIsLostByIt() {
    InMemoryRegistry registry = memory(2);
    Iterator<ImagePlan> plans = plans(registry).iterator();
    assertTrue(plans.hasNext());
    ErrorDetails details = ErrorDetails.of("list tags", "for a test");
    registry.failNext(new AuthenticationException(details));
    assertThrows(AuthenticationException.class, plans::next);
    registry.failNext(new UnsupportedFeatureException(details, Feature.LIST_IMAGES, null));
    assertThrows(UnsupportedFeatureException.class, plans::next);
    Thread.currentThread().interrupt();
    assertThrows(RegistryInterruptedException.class, plans::next);
    assertTrue(Thread.interrupted());

    assertEquals("sandbox/i0", plans.next().image().path());
    registry.close();
    assertThrows(IllegalStateException.class, plans::next);
  }

  @Test
  void aListOfImagesThatCannotBeReadIsThrownAndReadAgain() {
    InMemoryRegistry registry = memory(2);
    registry.failNext(new ServerException(ErrorDetails.of("list images", "for a test")));
    Iterator<ImagePlan> plans = plans(registry).iterator();

    assertThrows(RegistryException.class, plans::hasNext);
    assertTrue(plans.hasNext());
  }

  @Test
  void aRegistryThatListsNoImagesSaysSo() {
    Registry registry = InMemoryRegistry.builder().without(Feature.LIST_IMAGES).build();

    assertThrows(UnsupportedFeatureException.class, plans(registry).iterator()::hasNext);
  }

  @Test
  void anImageThatNoRequestCanNameIsAFailureOfItsOwn() {
    InMemoryRegistry registry = memory(1).addImage(ImageRef.asListed("sandbox/not nameable"));
    List<ImagePlan> plans = new ArrayList<>();
    plans(registry).forEach(plans::add);

    assertEquals(2, plans.size());
    assertInstanceOf(InvalidResponseException.class, plans.get(1).failure().orElseThrow());
  }

  @Test
  void aPolicyIsAskedOfEachImageByItself() {
    InMemoryRegistry registry = memory(3);
    int deletions = 0;
    for (ImagePlan each : ImagePlans.of(
        registry,
        ImageMatcher.all(),
        RetentionPolicy.of(TagMatcher.all()).keepNewestImages(1).deleteAtMost(2).build(),
        CLOCK)) {
      assertEquals(List.of(), each.plan().orElseThrow().obstacles());
      deletions += each.plan().orElseThrow().deletions().size();
    }

    assertEquals(6, deletions);
  }

  /** Images of three tags each. */
  private static InMemoryRegistry memory(int images) {
    InMemoryRegistry registry = InMemoryRegistry.create();
    for (int image = 0; image < images; image++) {
      for (int day = 1; day <= 3; day++) {
        registry.addTag(
            ImageRef.of("sandbox/i" + image),
            "" + day,
            Fixtures.digest(image + "-" + day),
            Instant.parse("2026-03-0" + day + "T00:00:00Z"),
            Instant.parse("2026-03-0" + day + "T00:00:00Z"));
      }
    }
    return registry;
  }

  @Test
  void ofManyImagesOnePlanIsHeldAtATime() {
    Iterator<ImagePlan> plans = plans(memory(250)).iterator();
    List<WeakReference<RetentionPlan>> made = new ArrayList<>();
    while (plans.hasNext()) {
      made.add(new WeakReference<>(plans.next().plan().orElseThrow()));
      if (made.size() % 50 == 0) {
        assertEquals(0, alive(made), "after " + made.size() + " images");
      }
    }

    assertEquals(250, made.size());
  }

  /** What is left of them once nobody but the iterator can hold one. */
  private static long alive(List<WeakReference<RetentionPlan>> made) {
    long alive = made.size();
    for (int tries = 0; tries < 10 && alive > 0; tries++) {
      System.gc();
      alive = made.stream().filter(each -> each.get() != null).count();
    }
    return alive;
  }
}
