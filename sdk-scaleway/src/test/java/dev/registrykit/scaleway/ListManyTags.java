package dev.registrykit.scaleway;

import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import java.util.Iterator;

/**
 * Lists the tags of {@code shop/app} as a stream and prints how many there were. A program of its
 * own, so that it can be given little memory: see {@link ScaleTest}.
 */
final class ListManyTags {

  private ListManyTags() {}

  public static void main(String[] arguments) {
    long count = 0;
    String last = "";
    try (ScalewayRegistry registry = ScalewayRegistry.builder()
        .region("fr-par")
        .baseUrl(arguments[0])
        .secretKey(arguments[1])
        .build()) {
      Iterator<Tag> tags = registry.listTags(ImageRef.of("shop/app")).stream().iterator();
      while (tags.hasNext()) {
        last = tags.next().name();
        count++;
      }
    }
    System.out.printf(
        "%d tags, the last %s, in a heap of %d MiB%n",
        count, last, Runtime.getRuntime().maxMemory() >> 20);
  }
}
