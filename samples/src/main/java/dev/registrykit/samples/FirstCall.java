package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.TagOrder;
import dev.registrykit.scaleway.ScalewayRegistry;

/** The shortest useful program: the ten newest tags of an image. */
public final class FirstCall {

  private FirstCall() {}

  /** Prints ten tags of {@code my-namespace/app}, by the credentials of the environment. */
  public static void main(String[] args) {
    // snippet: first-call
    try (Registry registry = ScalewayRegistry.fromEnvironment()) {
      ImageRef image = ImageRef.of("my-namespace/app");
      registry.listTags(image, ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC)).stream()
          .limit(10)
          .forEach(tag -> System.out.println(tag.name() + " " + tag.changedAt().orElse(null)));
    }
    // end
  }
}
