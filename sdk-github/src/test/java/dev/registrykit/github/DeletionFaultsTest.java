package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.RegistryException;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubFaults;
import dev.registrykit.testsupport.Thorough;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever goes wrong with whichever request of a strict deletion: no other tag is touched, and the tag itself is gone,
 * or as it was, or said to be left on the placeholder, from where it can be had back.
 */
class DeletionFaultsTest extends GithubTest {

  /** A tag with siblings, which goes by a placeholder. */
  private static final String TAG = "1.0";

  /** One that is alone on its version, which goes whole. */
  private static final String ALONE = "2.0";

  /** That a tag is not there is believed if the registry says so, which it does not where it is. */
  private static final String REGISTRYS_WORD = "404 by the registry";

  /** A refusal is believed, though a gateway may have passed the deletion on; of a placeholder that shows. */
  private static final String REFUSED_AFTERWARDS = "403 afterwards";

  private static Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("reset", Fault.connectionReset());
    faults.put("lost answer", Fault.lostAnswer());
    faults.put("garbage", Fault.garbage());
    faults.put("cut body", Fault.truncatedBody());
    faults.put("500", Fault.status(500));
    faults.put("500 afterwards", Fault.status(500).afterwards());
    faults.put("502", Fault.status(502, "text/html", "<h1>Bad Gateway</h1>"));
    faults.put("503 afterwards", Fault.status(503).afterwards());
    faults.put("403", Fault.json(403, "{\"message\":\"Resource not accessible by integration\"}"));
    faults.put(REFUSED_AFTERWARDS, Fault.json(403, "{\"message\":\"no\"}").afterwards());
    faults.put("secondary limit", GithubFaults.secondaryRateLimit());
    faults.put("429 for an hour", Fault.retryAfter(429, "3600"));
    faults.put("401", Fault.json(401, "{\"message\":\"Bad credentials\"}"));
    faults.put("400", Fault.json(400, "{\"message\":\"Invalid argument.\"}"));
    faults.put("404", Fault.status(404));
    faults.put(
        "404 by GitHub",
        Fault.json(
            404,
            "{\"message\":\"Package not found.\",\"documentation_url\":\"https://docs.github.com/rest/packages/packages\"}"));
    faults.put(
        REGISTRYS_WORD,
        Fault.json(
            404,
            "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"));
    faults.put("empty list", Fault.json(200, "[]"));
    faults.put("html", Fault.html());
    return faults;
  }

  /** Of how many one is tried. */
  private static final int STRIDE = Boolean.getBoolean(Thorough.PROPERTY) ? 1 : 7;

  /** Fills the emulator: siblings, another version, a multi-platform image, another package. */
  private void fill() {
    String shared = emulator.addTag(PATH, TAG).digest();
    for (String sibling : List.of("1", "latest", "v1.0")) {
      emulator.moveTag(PATH, sibling, shared);
    }
    emulator.addTag(PATH, "2.0");
    emulator.pushIndex(PATH, "3.0", emulator.pushImage(PATH, null, "amd64", null));
    emulator.addTag("octo-org/other", TAG);
  }

  private long requestsOfOne(String tag) {
    fill();
    emulator.clearRequests();
    registry.deleteTag(APP, tag);
    return emulator.requestCount();
  }

  @TestFactory
  Stream<DynamicTest> oneRequestThatGoesWrong() {
    return each(TAG, (number, fault) -> emulator.failRequest(number, fault));
  }

  @TestFactory
  Stream<DynamicTest> oneRequestThatGoesWrongOfAVersionThatGoesWhole() {
    return each(ALONE, (number, fault) -> emulator.failRequest(number, fault));
  }

  @TestFactory
  Stream<DynamicTest> allRequestsThatGoWrongFromOneOnOfAVersionThatGoesWhole() {
    return each(ALONE, fromOneOn());
  }

  @TestFactory
  Stream<DynamicTest> allRequestsThatGoWrongFromOneOn() {
    return each(TAG, fromOneOn());
  }

  private Staging fromOneOn() {
    return (number, fault) -> {
      AtomicInteger seen = new AtomicInteger();
      emulator.failNext(request -> seen.incrementAndGet() >= number, Integer.MAX_VALUE, fault);
    };
  }

  /** How a fault is staged. */
  private interface Staging {
    void stage(int number, Fault fault);
  }

  private Stream<DynamicTest> each(String tag, Staging staging) {
    long requests = requestsOfOne(tag);
    assertTrue(requests > 9, () -> requests + " requests");
    List<DynamicTest> tests = new ArrayList<>();
    for (int number = 1; number <= requests; number++) {
      int at = number;
      faults()
          .forEach((name, fault) -> tests.add(dynamicTest(
              name + " at " + at,
              () -> check(tag, () -> staging.stage(at, fault), isBelieved(tag, name)))));
    }
    return IntStream.range(0, tests.size()).filter(i -> i % STRIDE == 0).mapToObj(tests::get);
  }

  private static boolean isBelieved(String tag, String fault) {
    return fault.equals(REGISTRYS_WORD) || (tag.equals(ALONE) && fault.equals(REFUSED_AFTERWARDS));
  }

  private void check(String tag, Runnable staging, boolean isBelieved) {
    close();
    emulator.reset();
    open();
    fill();
    Map<String, String> before = emulator.tags(PATH);
    String original = before.get(tag);
    List<String> manifests = new ArrayList<>(emulator.manifests(PATH));
    if (tag.equals(ALONE)) {
      manifests.remove(original);
    }
    emulator.clearRequests();
    staging.run();
    RegistryException failure = null;
    try {
      registry.deleteTag(APP, tag, DeleteOptions.defaults().ignoringMissing());
    } catch (RegistryException e) {
      failure = e;
    }
    emulator.clearFaults();

    Map<String, String> after = new TreeMap<>(emulator.tags(PATH));
    String now = after.remove(tag);
    before.remove(tag);
    assertEquals(before, after, () -> "other tags");
    assertTrue(emulator.manifests(PATH).containsAll(manifests), "a manifest is gone");
    assertEquals(List.of(TAG), emulator.tagNames("octo-org/other"));
    if (isBelieved) {
      assertTrue(!emulator.tagNames(PATH).isEmpty());
    } else if (failure == null) {
      assertEquals(null, now, "said to be deleted");
    } else if (now == null) {
      assertTrue(failure.mayHaveTakenEffect(), failure::toString);
    } else if (!now.equals(original)) {
      assertTrue(failure instanceof PlaceholderLeftException, failure::toString);
    }
    assertRepairable(tag, failure, original);
  }

  /** What is left can be had back, and the deletion be done again. */
  private void assertRepairable(String tag, RegistryException failure, String original) {
    use(builder());
    if (failure instanceof PlaceholderLeftException) {
      boolean isLeft = !original.equals(emulator.tags(PATH).get(tag));
      if (emulator.tagNames(PATH).contains(tag)) {
        assertEquals(isLeft, registry.restoreTag(APP, tag));
        assertEquals(original, emulator.tags(PATH).get(tag));
      }
    }
    registry.deleteTag(APP, tag, DeleteOptions.defaults().ignoringMissing());
    assertTrue(!emulator.tagNames(PATH).contains(tag), "it is still there");
  }

  /** A deletion that was killed between two of its requests: its registry was closed there. */
  @ParameterizedTest
  @ValueSource(strings = {"restore", "delete"})
  void whatAKilledDeletionLeftCanBeRestoredOrFinished(String repair) {
    fill();
    Map<String, String> before = emulator.tags(PATH);
    emulator.beforeNext("GET", VERSIONS + "$", () -> {});
    emulator.beforeNext("GET", VERSIONS + "$", registry::close);
    try {
      registry.deleteTag(APP, TAG);
    } catch (RegistryException | IllegalStateException e) {
      assertTrue(emulator.tagNames(PATH).contains(TAG), e::toString);
    }
    assertTrue(!before.get(TAG).equals(emulator.tags(PATH).get(TAG)), "it was not killed there");
    use(builder());

    if (repair.equals("restore")) {
      assertTrue(registry.restoreTag(APP, TAG));
    } else {
      emulator.clearRequests();
      DeleteOptions onlyIf = DeleteOptions.defaults().onlyIfDigest(before.get(TAG));
      DeleteResult result = registry.deleteTag(APP, TAG, onlyIf);
      assertEquals(DeleteResult.of(DeleteOutcome.DELETED, before.get(TAG)), result);
      assertTrue(
          emulator.requests().stream().noneMatch(request -> request.method().equals("PUT")));
      before.remove(TAG);
    }

    assertEquals(before, emulator.tags(PATH));
  }
}
