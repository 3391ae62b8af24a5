package org.example;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.TagOrder;
import java.net.URI;

/** Prints the newest tags of an image: {@code oci://ghcr.io owner/app}. */
public final class Newest {

  private Newest() {}

  public static void main(String[] args) {
    ListTagsOptions newestFirst = ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC);
    try (Registry registry = Registries.open(URI.create(args[0]))) {
      registry.listTags(ImageRef.of(args[1]), newestFirst).stream()
          .limit(10)
          .forEach(tag -> System.out.println(tag.name() + " " + tag.changedAt().orElse(null)));
    }
  }
}
