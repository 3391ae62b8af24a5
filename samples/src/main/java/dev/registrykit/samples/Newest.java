package dev.registrykit.samples;

// snippet: first-program
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.OciEmulator;

/** Prints the newest tags of an image. */
public final class Newest {

  public static void main(String[] args) {
    try (OciEmulator emulator = OciEmulator.start(); // a registry inside this program
        Registry registry =
            Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
      emulator.addTag("shop/web", "1.0");
      emulator.addTag("shop/web", "1.1");
      print(registry, ImageRef.of("shop/web"));
    }
  }

  static void print(Registry registry, ImageRef image) {
    ListTagsOptions newestFirst = ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC);
    registry.listTags(image, newestFirst).stream()
        .limit(10)
        .forEach(tag -> System.out.println(tag.name() + " " + tag.changedAt().orElse(null)));
  }
}
// end
