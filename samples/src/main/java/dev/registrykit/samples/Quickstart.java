package dev.registrykit.samples;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.Registry;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.ScalewayEmulator;
import java.time.Instant;

/**
 * Lists, reads and deletes tags on an emulated Scaleway registry. With an image as argument, and
 * {@code SCW_SECRET_KEY} and {@code SCW_DEFAULT_REGION} set, it lists and reads that image's tags on
 * the real service instead, and deletes nothing.
 */
public final class Quickstart {

  private Quickstart() {}

  /** Runs the quickstart; the one argument, if any, is an image such as {@code my-namespace/app}. */
  public static void main(String[] args) {
    if (args.length > 0) {
      try (Registry registry = ScalewayRegistry.fromEnvironment()) {
        read(registry, ImageRef.parse(args[0]), 20);
      }
      return;
    }
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = ScalewayRegistry.builder()
            .region(emulator.region())
            .secretKey(emulator.secretKey())
            .baseUrl(emulator.baseUrl().toString())
            .build()) {
      fill(emulator);
      ImageRef image = ImageRef.of("shop/web");
      read(registry, image, 3);
      delete(registry, image);
    }
  }

  private static void fill(ScalewayEmulator emulator) {
    String[] tags = {"1.0", "1.1", "1.2", "1.3", "latest", "prod"};
    String[] builds = {"1.0", "1.1", "1.2", "1.3", "1.3", "1.2"};
    for (int i = 0; i < tags.length; i++) {
      Instant day = Instant.parse("2026-03-0" + (i + 1) + "T09:30:00Z");
      emulator.addTag(
          "shop", "web", tags[i], ScalewayEmulator.digestOf("build " + builds[i]), day, day);
    }
  }

  private static void read(Registry registry, ImageRef image, int pageSize) {
    ListTagsOptions newestFirst =
        ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC).withPageSize(pageSize);
    Tag newest = null;
    int number = 0;
    for (Page<Tag> page : registry.listTags(image, newestFirst).pages()) {
      System.out.printf("Tags of %s, newest first, page %d%n", image, ++number);
      page.items().forEach(tag -> System.out.println("  " + row(tag)));
      newest = newest == null && !page.items().isEmpty() ? page.items().get(0) : newest;
    }
    if (newest != null) {
      System.out.printf("%nThe newest, read by name:%n  ");
      System.out.println(row(registry.getTag(image, newest.name())));
    }
  }

  private static void delete(Registry registry, ImageRef image) {
    System.out.printf("%nDelete latest, strictly:%n");
    try {
      registry.deleteTag(image, "latest");
    } catch (SharedDigestException e) {
      System.out.printf(
          "  SharedDigestException, siblings %s%n  %s%n", e.siblings(), e.getMessage());
    }

    System.out.printf("%nDelete latest, with force:%n");
    DeleteResult result =
        registry.deleteTag(image, "latest", DeleteOptions.strict().withForce());
    System.out.printf("  %s, went with it: %s%n", result.outcome(), result.deletedWith());

    System.out.printf("%nDelete 9.9, which is not there:%n");
    try {
      registry.deleteTag(image, "9.9");
    } catch (TagNotFoundException e) {
      System.out.printf("  TagNotFoundException%n  %s%n", e.getMessage());
    }
  }

  private static String row(Tag tag) {
    String digest = tag.digest().map(text -> text.substring(0, 19)).orElse("-");
    String created = tag.createdAt().map(Instant::toString).orElse("-");
    return "%-12s %-20s %-21s %s".formatted(tag.name(), digest, created, tag.status());
  }
}
