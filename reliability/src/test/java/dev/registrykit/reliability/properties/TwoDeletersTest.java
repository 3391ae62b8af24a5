package dev.registrykit.reliability.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.GithubWithoutWaits;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciWithoutWaits;
import dev.registrykit.reliability.Extent;
import dev.registrykit.reliability.fuzz.CannedAnswers;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Two delete tags of one image, the same and others, one at a time and many at once, their requests in any order:
 * what nobody asked for stays and keeps its digest. Each failure names the seed it came from.
 */
class TwoDeletersTest {

  private static final int RUNS = Extent.IS_WHOLE ? 60 : 3;

  private static final Instant PUSHED = Instant.parse("2026-03-01T10:00:00Z");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void onScaleway() throws Exception {
    try (ScalewayEmulator emulator = ScalewayEmulator.start()) {
      emulator.setDeletionReads(0);
      check(
          "shop/web",
          (image, tag) -> emulator.addTag(image, tag.name(), tag.content()),
          options -> ScalewayRegistry.builder()
              .region(emulator.region())
              .secretKey(emulator.secretKey())
              .baseUrl(emulator.baseUrl().toString())
              .httpOptions(options)
              .build());
    }
  }

  @Test
  void onBlaxel() throws Exception {
    try (BlaxelEmulator emulator = BlaxelEmulator.start()) {
      check(
          "sandbox/web",
          (image, tag) -> emulator.addTag(image, tag.name(), tag.content()),
          options -> BlaxelRegistry.builder()
              .workspace(emulator.workspace())
              .apiKey(emulator.apiKey())
              .baseUrl(emulator.apiUrl().toString())
              .httpOptions(options)
              .build());
    }
  }

  @Test
  void onGithub() throws Exception {
    try (GithubEmulator emulator = GithubEmulator.start()) {
      check(
          "octo-org/web",
          (image, tag) -> emulator.addTag(image, tag.name(), tag.content()),
          options -> GithubWithoutWaits.build(GithubRegistry.builder()
              .owner(emulator.owner())
              .token(emulator.token(TokenKind.CLASSIC))
              .baseUrl(emulator.baseUrl().toString())
              .registryUrl(emulator.baseUrl().toString())
              .httpOptions(options)));
    }
  }

  @Test
  void onARegistryThatDeletesManifestsAlone() throws Exception {
    checkOci(OciPersonality.DISTRIBUTION_2);
  }

  @Test
  void onARegistryThatDeletesTags() throws Exception {
    checkOci(OciPersonality.DISTRIBUTION_3_0);
  }

  private static void checkOci(OciPersonality personality) throws Exception {
    try (OciEmulator emulator = OciEmulator.start(personality)) {
      check(
          "shop/web",
          (image, tag) -> emulator.addTag(image, tag.name(), tag.content()),
          options -> OciWithoutWaits.build(OciRegistry.builder()
              .registry(emulator.baseUrl().getAuthority())
              .plainHttp(true)
              .httpOptions(options)));
    }
  }

  /** A tag to push. */
  private record Pushed(String name, TagContent content) {}

  private static void check(
      String image, BiConsumer<String, Pushed> push, Function<HttpOptions, Registry> open)
      throws Exception {
    for (int seed = 0; seed < RUNS; seed++) {
      new Scene(seed, image + seed, push, open).check();
    }
  }

  private static HttpOptions options() {
    return HttpOptions.defaults()
        .withHttpClient(CLIENT)
        .withRetryPolicy(
            RetryPolicy.standard().withBackoff(Duration.ofMillis(1), Duration.ofMillis(2)));
  }

  /** One image and two who delete of it. */
  private static final class Scene {

    private final int seed;
    private final Random random;
    private final ImageRef image;
    private final Function<HttpOptions, Registry> open;
    private final List<String> names = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> saidToBeGone = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> failed = Collections.synchronizedSet(new HashSet<>());

    Scene(
        int seed,
        String image,
        BiConsumer<String, Pushed> push,
        Function<HttpOptions, Registry> open) {
      this.seed = seed;
      this.random = new Random(seed);
      this.image = ImageRef.of(image);
      this.open = open;
      for (int i = 0; i < 7; i++) {
        names.add("v" + i);
        TagContent content = TagContent.of(image + random.nextInt(5)).withDates(PUSHED, PUSHED);
        push.accept(image, new Pushed("v" + i, content));
      }
    }

    void check() throws Exception {
      Map<String, Object> before = tags();
      Turns turns = new Turns(CLIENT, seed, 2);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Future<?>> deleters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Runnable deletion = deletion(turns);
          deleters.add(threads.submit(deletion));
        }
        for (Future<?> deleter : deleters) {
          deleter.get();
        }
      } finally {
        threads.shutdown();
      }
      requireNothingElse(before, tags());
    }

    private Runnable deletion(Turns turns) {
      List<String> wanted = new ArrayList<>(names);
      Collections.shuffle(wanted, random);
      List<String> mine = wanted.subList(0, 1 + random.nextInt(3));
      asked.addAll(mine);
      boolean isBulk = random.nextBoolean();
      DeleteOptions how = random.nextBoolean()
          ? DeleteOptions.defaults().ignoringMissing()
          : DeleteOptions.defaults();
      return () -> {
        try (Registry registry =
            open.apply(options().withHttpClient(new CannedAnswers(turns.answers())))) {
          if (isBulk) {
            deleteAtOnce(registry, mine, how);
          } else {
            mine.forEach(tag -> delete(registry, tag, how));
          }
        } finally {
          turns.leave();
        }
      };
    }

    private void deleteAtOnce(Registry registry, List<String> tags, DeleteOptions how) {
      BulkDeleteResult result = registry.deleteTags(image, tags, how);
      saidToBeGone.addAll(result.deleted().keySet());
      failed.addAll(result.failures().keySet());
      failed.addAll(result.notAttempted());
    }

    private void delete(Registry registry, String tag, DeleteOptions how) {
      try {
        registry.deleteTag(image, tag, how);
        saidToBeGone.add(tag);
      } catch (RegistryException e) {
        failed.add(tag); // that it is missing, shares its digest or changes meanwhile
      }
    }

    private Map<String, Object> tags() {
      Map<String, Object> tags = new TreeMap<>();
      try (Registry registry = open.apply(options())) {
        for (Tag tag :
            registry.listTags(image, ListTagsOptions.defaults().withDetail(TagDetail.FULL))) {
          tags.put(tag.name(), tag.digest().<Object>map(digest -> digest).orElse(tag.createdAt()));
        }
      }
      return tags;
    }

    private void requireNothingElse(Map<String, Object> before, Map<String, Object> after) {
      Map<String, Object> expected = new LinkedHashMap<>(before);
      expected.keySet().removeAll(asked);
      Map<String, Object> others = new TreeMap<>(after);
      others.keySet().removeAll(asked);
      assertEquals(new TreeMap<>(expected), others, "seed " + seed + ", asked for " + asked);

      Set<String> there = new LinkedHashSet<>(saidToBeGone);
      there.retainAll(after.keySet());
      assertEquals(Set.of(), there, "seed " + seed + ": said to be gone");

      for (String tag : asked) {
        boolean isAsBefore = before.get(tag).equals(after.get(tag));
        boolean isUnsaid = after.containsKey(tag) && !isAsBefore && !failed.contains(tag);
        assertFalse(isUnsaid, "seed " + seed + ": " + tag + " is another and nobody said so");
      }
    }
  }
}
