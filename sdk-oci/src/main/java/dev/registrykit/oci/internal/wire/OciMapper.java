package dev.registrykit.oci.internal.wire;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.oci.internal.generated.model.ListedManifest;
import dev.registrykit.oci.internal.generated.model.RepositoryList;
import dev.registrykit.oci.internal.generated.model.TagList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the facade's values from what registries send. */
final class OciMapper {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  private OciMapper() {}

  /** Returns the tags of a page; what is no tag by the grammar cannot be asked for and is left out. */
  static List<Tag> tags(ImageRef image, TagList list) {
    Map<String, Listed> described = described(list.getManifest());
    List<@Nullable String> names = list.getTags() == null ? List.of() : list.getTags();
    List<Tag> tags = new ArrayList<>(names.size());
    for (String name : names) {
      if (!isTag(name)) {
        // Nexus sends nulls, Artifactory digests.
        LOG.debug("list tags of {}: left out an entry that is no tag", image);
      } else {
        tags.add(tag(image, name, described.get(name)));
      }
    }
    return tags;
  }

  private static boolean isTag(@Nullable String name) {
    try {
      ImageRef.requireTag(Objects.requireNonNullElse(name, ""));
      return true;
    } catch (IllegalArgumentException e) {
      return false; // which is the answer to the question
    }
  }

  private static Tag tag(ImageRef image, String name, @Nullable Listed listed) {
    Tag.Builder tag = Tag.builder(image, name);
    if (listed != null) {
      ListedManifest manifest = listed.manifest();
      Long size = number(manifest.getImageSizeBytes());
      tag.digest(listed.digest())
          .createdAt(Dates.known(instant(manifest.getTimeCreatedMs())))
          .sizeBytes(size != null && size > 0 ? size : null);
    }
    return tag.build();
  }

  /** What Google's registries say of a manifest in a list of tags. */
  private record Listed(String digest, ListedManifest manifest) {}

  private static Map<String, Listed> described(@Nullable Map<String, ListedManifest> manifests) {
    if (manifests == null) {
      return Map.of();
    }
    Map<String, Listed> byTag = new HashMap<>();
    manifests.forEach((digest, manifest) -> {
      if (Digests.isVerifiable(digest) && manifest != null && manifest.getTag() != null) {
        manifest.getTag().forEach(tag -> byTag.put(tag, new Listed(digest, manifest)));
      }
    });
    return byTag;
  }

  private static @Nullable Instant instant(@Nullable String milliseconds) {
    Long number = number(milliseconds);
    return number == null ? null : Instant.ofEpochMilli(number);
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null; // a number that is none is unknown
    }
  }

  /** Returns the images of a page; a name that breaks the grammar cannot be asked for. */
  static List<Image> images(RepositoryList list) {
    List<@Nullable String> names =
        list.getRepositories() == null ? List.of() : list.getRepositories();
    List<Image> images = new ArrayList<>();
    for (String name : names) {
      if (name != null && RepositoryNames.isValid(name)) {
        images.add(Image.builder(ImageRef.of(name)).build());
      } else {
        LOG.debug("list images: left out an entry that is no repository name");
      }
    }
    return images;
  }
}
