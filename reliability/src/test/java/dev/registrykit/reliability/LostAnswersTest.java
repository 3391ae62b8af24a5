package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request that changes something is carried out, and its answer lost: once, or with those of all that follow. The
 * attempts are those of the standard policy, without the waits between them.
 */
class LostAnswersTest {

  private static final HttpOptions OPTIONS = HttpOptions.defaults()
      .withAttemptTimeout(Duration.ofSeconds(20))
      .withRetryPolicy(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO));

  /** A lost answer costs another attempt, a look or two, and where a tag is put back the steps of that. */
  private static final int MORE_REQUESTS = 14;

  /** Putting a tag back is tried for 30 s, which pass without waiting here. */
  private static final int MOST_REQUESTS = 500;

  /** Of how many lost answers one is tried. */
  private static final int STRIDE = Extent.IS_WHOLE ? 1 : 10;

  private record Ending(RuntimeException failure, Map<String, String> state, Object more) {

    boolean isAsIn(Ending other) {
      return state.equals(other.state)
          && String.valueOf(more).equals(String.valueOf(other.more)); // times of changes differ
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasDoneAndNotAnsweredIsNotDeniedAndTakesNothingElse(Sites which) throws Exception {
    assertEquals("", String.join("\n", wrongAt(which.start())));
  }

  private static <R extends Registry> List<String> wrongAt(Site<R> site) throws IOException {
    try (Run<R> run = new Run<>(site)) {
      List<Operation<R>> operations = new ArrayList<>(site.operations());
      operations.addAll(moreOperations(site));
      List<String> wrong = new ArrayList<>();
      int tried = 0;
      for (Operation<R> operation : operations) {
        if (operation.changes()) {
          tried += run.tryAll(operation, wrong);
        }
      }
      assertTrue(tried > 0);
      return wrong;
    }
  }

  /** What the matrix leaves out because no fault could leave it open. */
  @SuppressWarnings("unchecked")
  private static <R extends Registry> List<Operation<R>> moreOperations(Site<R> site) {
    ImageRef image = site.image;
    List<? extends Operation<?>> more = List.of();
    if (site.getClass().getSimpleName().equals("Scaleway")) {
      Set<String> all = Set.of("1.0", "1.1", "1.1-alias", "1.2", "prod", "2.0");
      more = List.<Operation<ScalewayRegistry>>of(
          Operation.deleting(
              "tag by its identifier",
              Set.of("1.0"),
              registry -> registry
                  .byId()
                  .deleteTag(registry.getTag(image, "1.0").providerId().orElseThrow())),
          Operation.deleting(
              "image by its identifier",
              all,
              registry -> registry
                  .byId()
                  .deleteImage(registry.getImage(image).providerId().orElseThrow())),
          Operation.changing(
              "namespace by its identifier",
              registry -> registry
                  .byId()
                  .updateNamespace(
                      registry.getNamespace("shop").id(),
                      UpdateNamespaceOptions.nothing().withDescription("newer"))
                  .description(),
              LostAnswersTest::namespaces),
          Operation.deleting(
              "deleteNamespace",
              Set.of("1.0", "1.1", "1.1-alias", "1.2", "prod", "2.0", "other 1.0"),
              registry -> registry.deleteNamespace("shop").outcome()));
    }
    if (site.getClass().getSimpleName().equals("Blaxel")) {
      more = List.<Operation<BlaxelRegistry>>of(Operation.changing(
          "share and unshare",
          registry -> {
            try {
              registry.shareImage(image, "partner");
            } catch (ConflictException e) {
              // is shared already
            }
            registry.unshareImage(image, "partner");
            return "";
          },
          registry -> registry.listShares(image)));
    }
    return (List<Operation<R>>) more;
  }

  private static Object namespaces(ScalewayRegistry registry) {
    return registry.listNamespaces().stream()
        .map(namespace -> namespace.name() + namespace.status() + namespace.description())
        .sorted()
        .toList();
  }

  /** The cells of one registry. */
  private static final class Run<R extends Registry> implements AutoCloseable {

    private final Site<R> site;
    private final FaultyProxy proxy;
    private int number;
    private Map<String, String> before = Map.of();
    private Object moreBefore = "";

    Run(Site<R> site) {
      this.site = site;
      proxy = new FaultyProxy(site.address());
    }

    int tryAll(Operation<R> operation, List<String> wrong) {
      Ending clean = run(operation, FaultyProxy.Order.NONE);
      List<FaultyProxy.Request> requests = proxy.requests();
      int tried = 0;
      for (int step = 0; step < requests.size(); step++) {
        if (!requests.get(step).changes() || requests.get(step).path().contains("token")) {
          continue;
        }
        for (boolean isForEver : new boolean[] {false, true}) {
          if (number++ % STRIDE != 0) {
            continue;
          }
          tried++;
          for (String what : wrong(operation, step, isForEver, clean, requests.size())) {
            wrong.add("%s %s, answers lost %s %s: %s"
                .formatted(
                    site.getClass().getSimpleName(),
                    operation,
                    isForEver ? "from" : "at",
                    requests.get(step),
                    what));
          }
        }
      }
      return tried;
    }

    private Ending run(Operation<R> operation, FaultyProxy.Order order) {
      site.fill();
      before = new TreeMap<>(site.state());
      moreBefore = moreOf(operation);
      proxy.start(order);
      return call(operation);
    }

    private Ending call(Operation<R> operation) {
      RuntimeException failure = null;
      try (R registry = site.open(proxy.url(site.address()), OPTIONS)) {
        var unused = operation.call().apply(registry);
      } catch (RuntimeException e) {
        failure = e;
      }
      return new Ending(failure, new TreeMap<>(site.state()), moreOf(operation));
    }

    private Object moreOf(Operation<R> operation) {
      try (R registry = site.open(site.address(), HttpOptions.defaults())) {
        return operation.more().apply(registry);
      }
    }

    /** As the exception says to do that names the tag. */
    private void restore(String tag) {
      try (R registry = site.open(site.address(), HttpOptions.defaults())) {
        registry.restoreTag(site.image, tag);
      }
    }

    private List<String> wrong(
        Operation<R> operation, int step, boolean isForEver, Ending clean, int cleanRequests) {
      RawAnswer lost = (wire, real) -> wire.reset();
      Ending ending = run(operation, new FaultyProxy.Order(step, isForEver, true, lost));
      int requests = proxy.requests().size();
      List<String> wrong = new ArrayList<>();
      if (requests > (isForEver ? MOST_REQUESTS : cleanRequests + MORE_REQUESTS)) {
        wrong.add(requests + " requests in place of " + cleanRequests);
      }
      if (ending.failure() == null && !isForEver && !ending.isAsIn(clean)) {
        wrong.add("returned, but is " + ending + " and not " + clean);
      }
      if (ending.failure() != null) {
        wrong.addAll(wrongWith(ending));
      }
      wrong.addAll(lostOthers(operation, ending));
      wrong.addAll(wrongWithRepetition(operation, clean));
      return wrong;
    }

    private List<String> wrongWith(Ending ending) {
      if (!(ending.failure() instanceof RegistryException e)) {
        return List.of("no exception of the SDK's: " + ending.failure());
      }
      boolean isUnchanged = ending.state().equals(before) && ending.more().equals(moreBefore);
      return e.mayHaveTakenEffect() || isUnchanged
          ? List.of()
          : List.of("said to be without effect, but is " + ending);
    }

    private List<String> lostOthers(Operation<R> operation, Ending ending) {
      List<String> wrong = new ArrayList<>();
      before.forEach((tag, digest) -> {
        if (!operation.mayGo().contains(tag) && !digest.equals(ending.state().get(tag))) {
          wrong.add(tag + " was " + digest + " and is " + ending.state().get(tag));
        }
      });
      return wrong;
    }

    /** Once nothing goes wrong any more, the same call ends where it would have ended at first. */
    private List<String> wrongWithRepetition(Operation<R> operation, Ending clean) {
      proxy.start(FaultyProxy.Order.NONE);
      site.state().forEach((tag, digest) -> {
        if (operation.mayGo().contains(tag) && !digest.equals(before.get(tag))) {
          restore(tag);
        }
      });
      Ending again = call(operation);
      List<String> wrong = new ArrayList<>(lostOthers(operation, again));
      if (!again.isAsIn(clean)) {
        wrong.add("repeated, is " + again + " and not " + clean);
      }
      return wrong;
    }

    @Override
    public void close() throws IOException {
      proxy.close();
      site.close();
    }
  }

  // What needs more than an image to begin with

  @Test
  void sharesThatWereAnsweredAndThePurgeAreSentOnce() {
    try (BlaxelEmulator emulator = BlaxelEmulator.start();
        BlaxelRegistry registry = BlaxelRegistry.builder()
            .workspace(emulator.workspace())
            .apiKey(emulator.apiKey())
            .baseUrl(emulator.apiUrl().toString())
            .httpOptions(OPTIONS)
            .build()) {
      String accepted = emulator.addPendingShare("partner", "sandbox/one", "1.0");
      String declined = emulator.addPendingShare("partner", "sandbox/two", "1.0");
      emulator.allowPurge();

      assertLostOnce(emulator, () -> registry.acceptShare(accepted));
      assertLostOnce(emulator, () -> registry.declineShare(declined));
      assertLostOnce(
          emulator, () -> registry.purgeAllUnusedImagesOfWorkspace(emulator.workspace()));

      assertEquals(1, emulator.purgeCount());
      assertThrows(RegistryException.class, () -> registry.declineShare(declined));
      assertEquals(1, emulator.purgeCount());
    }
  }

  private static void assertLostOnce(BlaxelEmulator emulator, Runnable call) {
    emulator.failNext(Fault.lostAnswer());
    emulator.clearRequests();

    RegistryException e = assertThrows(RegistryException.class, call::run);

    assertTrue(e.mayHaveTakenEffect());
    assertEquals(1, e.attempts());
    assertEquals(1, emulator.requestCount());
  }

  /** Of many requests that one deletion takes, the answer to each that changes something is lost in turn. */
  @Test
  void aDeletionOfManyTellsOfEachTagWhatBecameOfIt() throws IOException {
    for (Sites which : Sites.values()) {
      assertToldOfEach(which.start());
    }
  }

  private static <R extends Registry> void assertToldOfEach(Site<R> site) throws IOException {
    List<String> tags = List.of("1.0", "1.1", "1.1-alias", "2.0");
    try (site;
        FaultyProxy proxy = new FaultyProxy(site.address())) {
      for (int step = 0; step < 30; step += STRIDE) {
        site.fill();
        proxy.start(new FaultyProxy.Order(step, true, true, (wire, real) -> wire.reset()));
        Map<String, String> before = site.state();
        try (R registry = site.open(proxy.url(site.address()), OPTIONS)) {
          var result = registry.deleteTags(site.image, tags, DeleteOptions.defaults());
          Map<String, String> after = site.state();
          result.deleted().keySet().forEach(tag -> assertTrue(!after.containsKey(tag), tag));
          result
              .failures()
              .forEach((tag, e) -> assertTrue(
                  e.mayHaveTakenEffect() || before.get(tag).equals(after.get(tag)), tag));
          result.notAttempted().forEach(tag -> assertEquals(before.get(tag), after.get(tag)));
        }
      }
    }
  }
}
