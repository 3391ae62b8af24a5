package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeleteCommandTest {

  @ParameterizedTest
  @EnumSource
  void theTagsThatAreNamedGoAndNoOther(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = Runner.on(emulator).run("delete", "URI", shop.image, "1.0", "1.1");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      assertEquals(List.of("1.2", "1.3", "1.4", "1.5", "latest"), Shop.tags(emulator, shop.image));
      assertTrue(ran.out().lines().allMatch(line -> line.matches("(TAG|1\\.[01]) .*")), ran.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatFailsIsToldAndTheRestGoes(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = Runner.on(emulator).run("delete", "URI", shop.image, "9.9", "1.0", "--json");

      assertEquals(ExitCode.FAILED, ran.exitCode());
      JsonNode tags = ran.json().get("tags");
      assertEquals("9.9", tags.at("/0/tag").asText());
      assertEquals("failed", tags.at("/0/outcome").asText());
      assertEquals("TagNotFoundException", tags.at("/0/failure/kind").asText());
      assertTrue(tags.at("/1/outcome").asText().matches("deleted|accepted"), ran.out());
      assertTrue(tags.at("/1/failure").isNull());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingTagIsNoFailureIfThatIsSaid(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = Runner.on(emulator).run("delete", "URI", shop.image, "9.9", "--ignore-missing");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.out() + ran.err());
      assertTrue(ran.out().contains("9.9  already absent"), ran.out());
    }
  }

  @Test
  void siblingsStayWithoutForceAndGoWithIt() {
    try (Emulator emulator = Shop.SCALEWAY.open()) {
      Ran strict = Runner.on(emulator).run("delete", "URI", "shop/web", "latest");
      assertEquals(ExitCode.FAILED, strict.exitCode());
      assertTrue(strict.out().contains("shared with 1.5"), strict.out());

      Ran forced = Runner.on(emulator).run("delete", "URI", "shop/web", "latest", "--force");
      assertEquals(ExitCode.DONE, forced.exitCode());
      assertTrue(forced.out().contains("went with it: 1.5"), forced.out());
    }
  }

  @Test
  void aRegistryThatDoesNotDeleteRefuses() {
    try (Emulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED)) {
      Shop.fill(emulator, "shop/web");
      Ran ran = Runner.on(emulator).run("delete", "URI", "shop/web", "1.0");

      assertEquals(ExitCode.REFUSED, ran.exitCode(), ran.out() + ran.err());
      assertEquals(7, emulator.tagNames("shop/web").size());
    }
  }

  @Test
  void aWrongLoginIsToldByItsOwnCode() {
    try (Emulator emulator = Shop.SCALEWAY.open()) {
      emulator.failAll(Fault.json(401, "{}"));
      Ran ran = Runner.on(emulator).run("delete", "URI", "shop/web", "1.0", "1.1");

      assertEquals(ExitCode.NO_ACCESS, ran.exitCode(), ran.out() + ran.err());
      assertTrue(ran.err().startsWith("registrykit: ended early: "), ran.err());
    }
  }
}
