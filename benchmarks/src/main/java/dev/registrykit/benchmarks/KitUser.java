package dev.registrykit.benchmarks;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import java.util.Collection;
import java.util.List;

/** What a user of RegistryKit writes. */
final class KitUser implements AutoCloseable {

  private static final ImageRef APP = ImageRef.of("shop/app");

  private final OciRegistry registry;

  KitUser(String address) {
    this.registry = OciRegistry.builder().registry("http://" + address).build();
  }

  String digest(String tag) {
    return registry.resolveTag(APP, tag);
  }

  OciManifest manifest(String tag) {
    return registry.getManifest(APP, tag);
  }

  List<Tag> names() {
    return registry.listTags(APP).toList();
  }

  List<Tag> names(int pageSize) {
    return registry
        .listTags(APP, ListTagsOptions.defaults().withPageSize(pageSize))
        .toList();
  }

  /** With a new registry object each time, which has learnt and remembered nothing. */
  static void newest(String address, int count, ListTagsOptions options) {
    try (KitUser user = new KitUser(address)) {
      long found = user.registry.listTags(APP, options.withOrder(TagOrder.CREATED_DESC)).stream()
          .limit(count)
          .count();
      if (found != count) {
        throw new IllegalStateException(found + " found");
      }
    }
  }

  /** With a new registry object, too. */
  static void delete(String address, List<String> tags) {
    try (KitUser user = new KitUser(address)) {
      BulkDeleteResult result =
          user.registry.deleteTags(APP, tags, DeleteOptions.defaults().withForce());
      if (!result.isComplete()) {
        throw new IllegalStateException(result + " " + result.failures());
      }
    }
  }

  static void deleteByDigest(String address, Collection<String> digests) {
    try (KitUser user = new KitUser(address)) {
      for (String digest : digests) {
        user.registry.deleteManifest(APP, digest, DeleteOptions.defaults().withForce());
      }
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
