package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Listings too long for memory. The number of tags can be set:
 *
 * <pre>mvn -pl sdk-oci -am -Dtest=ScaleTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dregistrykit.scale=1000000 test</pre>
 */
class ScaleTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_1);

  /** Of the SDK and its libraries; a fifth more than were counted. */
  private static final int MOST_CLASSES = 340;

  private static final int TAGS = Integer.getInteger("registrykit.scale", 20_000);

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void aListingNeedsNoMoreMemoryThanAPage() throws Exception {
    push("a");
    emulator.addTags("shop/app", TAGS - 1);

    String said = listedIn("-Xmx64m");

    assertTrue(
        said.contains("%d tags, the last t-%06d, in a heap of ".formatted(TAGS, TAGS - 2)), said);
    assertEquals(TAGS / 1_000 + 1, emulator.requestCount(), "distribution links to an empty page");
  }

  /** Nothing like it is kept: the default limit of an answer is 16 MiB. */
  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void threeHundredMegabytesOfTagsAreRefusedInLittleMemory() throws Exception {
    emulator.failNext(Fault.oversizedTagList(300_000_000));

    String said = listedIn("-Xmx96m");

    assertTrue(said.contains("InvalidResponseException: list tags of shop/app failed: "), said);
    assertTrue(said.contains("more than 16777216 bytes, in a heap of "), said);
    assertEquals(1, emulator.requestCount());
  }

  /** Starting a program is mostly loading classes. */
  @Test
  void aListOfNamesNeedsFewClassesAndNoneOfDatabind() throws Exception {
    push("a");

    List<String> loaded = listedIn("-Xlog:class+load")
        .lines()
        .filter(line -> line.contains(" source: file:"))
        .map(line -> line.replaceFirst(".*\\] (\\S+) source: .*", "$1"))
        .toList();

    assertEquals(
        List.of(), loaded.stream().filter(name -> name.contains(".databind.")).toList());
    assertTrue(loaded.size() > 100 && loaded.size() <= MOST_CLASSES, loaded.size() + " classes");
  }

  private String listedIn(String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath(),
        ListManyTags.class.getName(),
        emulator.baseUrl().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  /** Returns the places of the few classes that the program needs. */
  private static String classPath() throws Exception {
    return Stream.of(
            ListManyTags.class,
            OciRegistry.class,
            Registry.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class,
            Class.forName("io.github.resilience4j.retry.Retry"),
            Class.forName("io.github.resilience4j.core.IntervalFunction"),
            Class.forName("org.slf4j.Logger"))
        .map(ScaleTest::placeOf)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String placeOf(Class<?> type) {
    try {
      String file = type.getName().replace('.', '/') + ".class";
      String place = type.getResource("/" + file).toString();
      String root = place.startsWith("jar:")
          ? place.substring("jar:".length(), place.indexOf("!/"))
          : place.substring(0, place.length() - file.length());
      return Path.of(new URI(root)).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aThousandCallsInARowShareOneConnection() throws Exception {
    try (ConnectionCount server = new ConnectionCount(1);
        OciRegistry own = OciRegistry.builder().registry(server.address()).build()) {
      for (int i = 0; i < 1_000; i++) {
        own.resolveTag(APP, "t1");
      }

      assertEquals(1_000, server.requests());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aListingInParallelOpensNoMoreConnectionsThanItReadsAtATime() throws Exception {
    ListTagsOptions eightAtATime =
        ListTagsOptions.defaults().withDetail(TagDetail.DIGEST).withConcurrency(8);
    try (ConnectionCount server = new ConnectionCount(2);
        OciRegistry own = OciRegistry.builder().registry(server.address()).build()) {

      assertEquals(
          ConnectionCount.TAGS, own.listTags(APP, eightAtATime).toList().size());

      assertEquals(1 + ConnectionCount.TAGS, server.requests());
      assertTrue(
          server.connections() > 1 && server.connections() <= 8,
          server.connections() + " connections");
    }
  }

  @Test
  void aStreamReadsNoMoreThanItIsAskedFor() {
    push("a");
    emulator.addTags("shop/app", 1_000_000);

    List<String> first =
        registry.listTags(APP).stream().map(Tag::name).limit(2_500).toList();

    assertEquals("t-002498", first.get(2_499));
    assertEquals(3, emulator.requestCount());
  }
}
