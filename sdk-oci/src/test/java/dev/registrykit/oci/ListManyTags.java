package dev.registrykit.oci;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import java.util.Iterator;

/**
 * Lists the tags of {@code shop/app} as a stream and prints how many there were, or what went wrong.
 * A program of its own, so that it can be given little memory: see {@link ScaleTest}.
 */
final class ListManyTags {

  private ListManyTags() {}

  public static void main(String[] arguments) {
    long count = 0;
    String last = "";
    try (OciRegistry registry = OciRegistry.builder().registry(arguments[0]).build()) {
      Iterator<Tag> tags = registry.listTags(ImageRef.of("shop/app")).stream().iterator();
      while (tags.hasNext()) {
        last = tags.next().name();
        count++;
      }
      System.out.printf("%d tags, the last %s", count, last);
    } catch (RegistryException e) {
      System.out.print(e);
    }
    System.out.printf(", in a heap of %d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
  }
}
