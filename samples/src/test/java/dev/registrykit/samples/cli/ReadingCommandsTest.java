package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.OciEmulator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tags} and {@code show}. */
class ReadingCommandsTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @ParameterizedTest
  @EnumSource
  void tagsAreATableOfTheNewestFirst(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = Runner.on(emulator).run("tags", "URI", shop.image);

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      List<String> lines = ran.out().lines().toList();
      assertEquals(8, lines.size());
      assertTrue(lines.get(0).startsWith("TAG "), ran.out());
      assertTrue(lines.get(7).matches("1\\.0 .*10 days.*"), ran.out());
      assertEquals("", ran.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tagsAreOneJsonDocumentWithExactValues(Shop shop) {
    try (Emulator emulator = shop.open()) {
      JsonNode json = Runner.on(emulator)
          .run("tags", "URI", shop.image, "--json", "--order=oldest")
          .json();

      assertEquals(shop.image, json.get("image").asText());
      assertEquals(7, json.get("tags").size());
      JsonNode oldest = json.get("tags").get(0);
      assertEquals("1.0", oldest.get("tag").asText());
      assertEquals("2026-03-21T12:00:00Z", oldest.get("createdAt").asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTagIsShownWithAllThatIsKnown(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran shown = Runner.on(emulator).run("show", "URI", shop.image + ":1.0");

      assertEquals(ExitCode.DONE, shown.exitCode(), shown.err());
      assertTrue(shown.out().contains("tag      1.0\n"), shown.out());
      assertTrue(shown.out().contains("created  2026-03-21T12:00:00Z (10 days)\n"), shown.out());
      assertEquals(
          "1.0",
          Runner.on(emulator)
              .run("show", "URI", shop.image + ":1.0", "--json")
              .json()
              .get("tag")
              .asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anImageIsShown(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran shown = Runner.on(emulator).run("show", "URI", shop.image);

      assertEquals(ExitCode.DONE, shown.exitCode(), shown.err());
      assertTrue(shown.out().startsWith("image    " + shop.image + "\n"), shown.out());
      assertEquals(
          shop.image,
          Runner.on(emulator)
              .run("show", "URI", shop.image, "--json")
              .json()
              .get("image")
              .asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTagThatIsNotThereIsAFailureInOneLine(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = Runner.on(emulator).run("show", "URI", shop.image + ":9.9");

      assertEquals(ExitCode.FAILED, ran.exitCode());
      assertEquals("", ran.out());
      assertTrue(ran.message().startsWith("registrykit: get tag 9.9"), ran.err());
      assertFalse(ran.err().contains("Exception"), ran.err());
    }
  }

  @Test
  void namesAloneCostOneRequest() {
    try (Emulator emulator = Shop.OCI.open()) {
      Ran ran = Runner.on(emulator).run("tags", "URI", "shop/web", "--names", "--order", "name");

      assertEquals("1.0\n1.1\n1.2\n1.3\n1.4\n1.5\nlatest\n", ran.out());
      assertEquals(1, emulator.requestCount());
    }
  }

  @Test
  void atMostSoManyAreListed() {
    try (Emulator emulator = Shop.SCALEWAY.open()) {
      assertEquals(
          2,
          Runner.on(emulator)
              .run("tags", "URI", "shop/web", "--limit", "2", "--json")
              .json()
              .get("tags")
              .size());
    }
  }

  @Test
  void whatNobodyKnowsHasNoColumnAndIsNullInJson() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addTag(Tag.builder(IMAGE, "bare").build());

      assertEquals(
          "TAG\nbare\n", Runner.on(registry).run("tags", "URI", "shop/web").out());
      JsonNode tag =
          Runner.on(registry).run("tags", "URI", "shop/web", "--json").json().at("/tags/0");
      for (String field : List.of("digest", "createdAt", "updatedAt", "sizeBytes")) {
        assertTrue(tag.get(field).isNull(), field);
      }
    }
  }

  @Test
  void sizesAndAgesAreReadableForPeopleAndExactForPrograms() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addTag(Tag.builder(IMAGE, "1.0")
          .digest(DIGEST)
          .createdAt(Instant.parse("2026-03-01T12:00:00Z"))
          .sizeBytes(12_345_678L)
          .status(Status.READY)
          .build());

      assertEquals("""
          TAG  DIGEST               CHANGED  SIZE     STATUS
          1.0  sha256:000000000000  30 days  12.3 MB  ready
          """, Runner.on(registry).run("tags", "URI", "shop/web").out());
      JsonNode tag =
          Runner.on(registry).run("show", "URI", "shop/web:1.0", "--json").json();
      assertEquals(12_345_678L, tag.get("sizeBytes").asLong());
      assertEquals(DIGEST, tag.get("digest").asText());
    }
  }

  @Test
  void coloursAreForTerminals() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addTag(IMAGE, "1.0", DIGEST);

      Runner runner = Runner.on(registry);
      assertFalse(runner.run("tags", "URI", "shop/web").out().contains("\u001b"));
      assertTrue(runner
          .onTerminal(true)
          .run("tags", "URI", "shop/web")
          .out()
          .contains("\u001b[1m1.0\u001b[0m"));
      assertFalse(runner.onTerminal(false).run("tags", "URI", "shop/web").out().contains("\u001b"));
      assertFalse(runner
          .onTerminal(true)
          .run("tags", "URI", "shop/web", "--json")
          .out()
          .contains("\u001b"));
    }
  }

  @Test
  void whoWantsNoColoursGetsNone() {
    assertTrue(Screen.allowsColours(Map.of("NO_COLOR", "", "TERM", "xterm")));
    assertFalse(Screen.allowsColours(Map.of("NO_COLOR", "1")));
    assertFalse(Screen.allowsColours(Map.of("TERM", "dumb")));
  }

  @Test
  void anImageWithoutTagsIsAnEmptyAnswer() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addImage(IMAGE);
      Ran ran = Runner.on(registry).run("tags", "URI", "shop/web");

      assertEquals(ExitCode.DONE, ran.exitCode());
      assertEquals("", ran.out());
    }
  }

  @Test
  void anArgumentIsNoFileOfArguments() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      assertTrue(Runner.on(registry).run("tags", "URI", "@pom.xml").message().contains("digest"));
    }
  }

  @Test
  void controlCharactersOfAServerDoNotReachTheTerminal() {
    String evil = "a\u001b[2J\u202e\u0085b";
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addTag(Tag.builder(IMAGE, "1.0").status(Status.of(evil)).build());

      Ran table = Runner.on(registry).run("tags", "URI", "shop/web");
      assertEquals("TAG  STATUS\n1.0  a?[2J??b\n", table.out());
      Ran json = Runner.on(registry).run("tags", "URI", "shop/web", "--json");
      assertEquals(evil, json.json().at("/tags/0/status").asText(), "exact, and escaped");
      assertFalse(json.out().contains("\u001b"));
    }
    try (OciEmulator emulator = OciEmulator.start()) {
      emulator.failNext(Fault.json(
          403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"go \\u001b[2J away\"}]}"));
      Ran ran = Runner.on(emulator).run("tags", "URI", "shop/web");
      assertFalse(ran.message().contains("\u001b"));
      assertTrue(ran.message().contains("go"), ran.err());
    }
  }
}
