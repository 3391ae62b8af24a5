package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.ScalewayEmulator;

/** Lists a million tags as a stream; run with {@code -Xmx64m} it shows that pages are let go. */
public final class MillionTags {

  private static final int COUNT = 1_000_000;

  private MillionTags() {}

  /** Counts the tags of an image that has a million. */
  public static void main(String[] args) {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = ScalewayRegistry.builder()
            .region(emulator.region())
            .secretKey(emulator.secretKey())
            .baseUrl(emulator.baseUrl().toString())
            .build()) {
      emulator.addTags("shop/web", COUNT);
      long count =
          registry
              .listTags(ImageRef.of("shop/web"), ListTagsOptions.defaults().withPageSize(100))
              .stream()
              .count();
      long heap = Runtime.getRuntime().maxMemory() / (1024 * 1024);
      System.out.printf("%,d tags in a heap of at most %d MiB%n", count, heap);
      if (count != COUNT) {
        throw new IllegalStateException("expected " + COUNT + " tags");
      }
    }
  }
}
