package org.example.tags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.registrykit.ImageRef;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.InMemoryRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The controller alone, on a registry without HTTP. */
class TagInUseTest {

  @Test
  void aTagInUseIs409() {
    ImageRef image = ImageRef.of("shop/web");
    String digest = Emulator.digestOf("any text");
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      registry.addTag(image, "prod", digest).markInUse(image, "prod");
      MockMvcTester http = MockMvcTester.of(
          List.of(new TagController(registry)),
          controllers -> controllers.setControllerAdvice(new RegistryProblems()).build());

      MvcTestResult answer =
          http.delete().uri("/tags/prod?image=shop/web&digest={0}", digest).exchange();

      EmulatedRegistry.assertProblem(answer, 409);
      assertThat(registry.tagNames(image)).containsExactly("prod");
    }
  }
}
