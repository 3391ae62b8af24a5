package dev.registrykit.samples;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.oci.OciRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Lists, reads and deletes tags on an emulated registry of each provider, with the same code.
 *
 * <p>With {@code --registry} and {@code --image} it lists and reads that image's tags on a real
 * registry instead, and deletes nothing. A registry is a host or URL that speaks the OCI protocol,
 * such as {@code ghcr.io}, or a provider's own URI, such as {@code scaleway://fr-par}, {@code
 * blaxel://my-workspace} or {@code github://my-org}; credentials come from the environment.
 */
public final class Quickstart {

  private Quickstart() {}

  /** Runs the quickstart. */
  public static void main(String[] args) {
    if (args.length == 0) {
      EmulatedRegistries.forEach(Quickstart::tour);
      return;
    }
    List<String> given = List.of(args);
    if (given.size() != 4 || !given.contains("--registry") || !given.contains("--image")) {
      throw new IllegalArgumentException(
          "expected nothing, or --registry HOST|URL|URI --image NAME");
    }
    String name = given.get(given.indexOf("--registry") + 1);
    try (Registry registry = open(name)) {
      read(registry, ImageRef.parse(given.get(given.indexOf("--image") + 1)), 20);
    }
  }

  private static Registry open(String name) {
    boolean isOci = !name.contains("://") || name.startsWith("http");
    return isOci ? OciRegistry.fromEnvironment(name) : Registries.open(URI.create(name));
  }

  private static void tour(String title, Registry registry, ImageRef image) {
    System.out.printf("== %s%n", title);
    read(registry, image, 3);
    delete(registry, image);
    System.out.println();
  }

  private static void read(Registry registry, ImageRef image, int pageSize) {
    ListTagsOptions newestFirst = ListTagsOptions.defaults()
        .withOrder(TagOrder.CREATED_DESC)
        .withDetail(TagDetail.FULL)
        .withPageSize(pageSize);
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
      DeleteResult result = registry.deleteTag(image, "latest");
      boolean isSiblingLeft = registry.findTag(image, "1.3").isPresent();
      System.out.printf(
          "  %s, 1.3 is %s%n", result.outcome(), isSiblingLeft ? "still there" : "gone");
    } catch (SharedDigestException e) {
      System.out.printf(
          "  SharedDigestException, siblings %s%n  %s%n", e.siblings(), e.getMessage());
    } catch (TagInUseException e) {
      System.out.printf("  TagInUseException%n  %s%n", e.getMessage());
    }

    System.out.printf("%nDelete prod, with force:%n");
    DeleteResult result =
        registry.deleteTag(image, "prod", DeleteOptions.defaults().withForce());
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
