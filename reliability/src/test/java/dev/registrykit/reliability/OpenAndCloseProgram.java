package dev.registrykit.reliability;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.TagDetail;
import dev.registrykit.http.HttpOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/** An application that keeps the common pool busy, and opens and closes registries again and again. */
public final class OpenAndCloseProgram {

  private OpenAndCloseProgram() {}

  /** A registry's URI, an image, and the variables to open it with. */
  private record Address(URI uri, ImageRef image, Map<String, String> variables) {

    Registry open() {
      return Registries.open(uri, variables, HttpOptions.defaults());
    }
  }

  /** Its arguments: how often; and of each registry its URI, an image, and variables, with blanks between. */
  public static void main(String[] arguments) {
    blockTheCommonPool();
    List<Address> addresses = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      addresses.add(address(arguments[i].split(" ", -1)));
    }
    addresses.forEach(OpenAndCloseProgram::doAll);
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      Address address = addresses.get(i % addresses.size());
      try (Registry registry = address.open()) {
        registry.getTag(address.image(), "1.1");
      }
    }
    System.out.println("OK");
    System.exit(0); // on some JDKs the blocked tasks run on threads that are no daemons
  }

  private static Address address(String[] words) {
    Map<String, String> variables = new TreeMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      variables.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return new Address(URI.create(words[0]), ImageRef.of(words[1]), variables);
  }

  /** What reads or deletes several tags at a time needs threads, and must not need that pool. */
  private static void doAll(Address address) {
    try (Registry registry = address.open()) {
      ListTagsOptions all = ListTagsOptions.defaults().withDetail(TagDetail.FULL);
      if (registry.listTags(address.image(), all).toList().size() != 6) {
        throw new AssertionError("not all tags");
      }
      List<String> tags = List.of("1.0", "2.0");
      if (!registry.deleteTags(address.image(), tags, DeleteOptions.defaults()).isComplete()) {
        throw new AssertionError("not all deleted");
      }
    }
  }

  private static void blockTheCommonPool() {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 16; i++) {
      CompletableFuture.runAsync(() -> await(never));
      ForkJoinPool.commonPool().execute(() -> await(never));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
