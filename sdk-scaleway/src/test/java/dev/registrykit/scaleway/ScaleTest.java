package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Listings too long for memory. The number of tags can be set; a million takes about a minute:
 *
 * <pre>mvn -pl sdk-scaleway -am -Dtest=ScaleTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dregistrykit.scale=1000000 test</pre>
 */
class ScaleTest extends ScalewayTest {

  /** Of the SDK and its libraries; a fifth more than were counted. */
  private static final int MOST_CLASSES = 320;

  private static final int TAGS = Integer.getInteger("registrykit.scale", 5_000);

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void aListingNeedsNoMoreMemoryThanAPage() throws Exception {
    emulator.addTags("shop/app", TAGS);

    String said = listedIn("-Xmx64m");

    assertTrue(
        said.contains("%d tags, the last t-%06d, in a heap of ".formatted(TAGS, TAGS - 1)), said);
    assertEquals(2 + (TAGS + 99) / 100, emulator.requestCount());
    System.out.print(
        said.lines().filter(line -> line.contains(" tags, ")).findFirst().get() + "\n");
  }

  /** Starting a program is mostly loading classes. */
  @Test
  void aListOfTagsNeedsFewClassesAndNoneOfDatabind() throws Exception {
    emulator.addTags("shop/app", 1);

    List<String> loaded = listedIn("-Xlog:class+load")
        .lines()
        .filter(line -> line.contains(" source: file:"))
        .map(line -> line.replaceFirst(".*\\] (\\S+) source: .*", "$1"))
        .toList();

    assertEquals(
        List.of(), loaded.stream().filter(name -> name.contains(".databind.")).toList());
    assertTrue(loaded.size() > 100 && loaded.size() <= MOST_CLASSES, loaded.size() + " classes");
  }

  private String listedIn(String flag) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            flag,
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            ListManyTags.class.getName(),
            emulator.baseUrl().toString(),
            emulator.secretKey())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  /** Returns the places of the few classes that the program needs. */
  private static String classPath() throws Exception {
    return Stream.of(
            ListManyTags.class,
            ScalewayRegistry.class,
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
  void aStreamReadsNoMoreThanItIsAskedFor() {
    emulator.addTags("shop/app", 1_000_000);
    knowing(APP);

    List<String> first =
        registry.listTags(APP).stream().map(Tag::name).limit(250).toList();

    assertEquals("t-000249", first.get(249));
    assertEquals(3, emulator.requestCount());
  }
}
