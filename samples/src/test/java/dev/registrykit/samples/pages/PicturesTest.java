package dev.registrykit.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {

  /** {@code mvn -q -Ppictures -pl samples -am test-compile} draws them anew. */
  @Test
  void thePicturesAreThoseOfTodaysModulesAndSteps() {
    Pictures.ALL.forEach(
        (name, drawn) -> assertEquals(drawn.get(), Pages.text(Pictures.file(name)), name));
  }

  @Test
  void thePlaceholdersStepsAreTheRequestsOfADeletion() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry =
            Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
      ImageRef image = ImageRef.of("shop/web");
      emulator.addTag("shop/web", "1.1", TagContent.of("old"));
      emulator.addTag("shop/web", "1.2", TagContent.of("build"));
      emulator.addTag("shop/web", "latest", TagContent.of("build"));
      registry.deleteTag(image, "1.1"); // here it learns how this registry deletes
      emulator.clearRequests();

      assertEquals(DeleteOutcome.DELETED, registry.deleteTag(image, "1.2").outcome());

      assertEquals(
          PlaceholderPicture.STEPS.stream().map(PlaceholderPicture.Step::method).toList(),
          emulator.requests().stream().map(RecordedRequest::method).toList());
      assertEquals(List.of("latest"), emulator.tagNames("shop/web"));
    }
  }
}
