package dev.registrykit.github.internal.wire;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.github.internal.generated.model.ContainerMetadata;
import dev.registrykit.github.internal.generated.model.PackageDocument;
import dev.registrykit.github.internal.generated.model.VersionDocument;
import dev.registrykit.github.internal.generated.model.VersionMetadata;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.Rfc3339;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps what the API sends to our values. A missing identifier, name or date is an invalid answer. */
public final class GithubMapper {

  private static final Pattern DIGEST = Pattern.compile("sha(?:256|384|512):[0-9a-f]{64,128}");

  private static final Pattern PROVIDER_ID = Pattern.compile("[1-9][0-9]{0,18}:.{1,128}");

  private GithubMapper() {}

  /** Returns a version. Without a word of its tags nobody knows what would go with it. */
  public static Version version(VersionDocument version, Operation operation) {
    long id = id(version.getId(), "version", operation);
    String digest = required(version.getName(), "version", "name", operation);
    if (!DIGEST.matcher(digest).matches()) {
      throw operation.invalid("the name of version " + id + " is no digest");
    }
    return new Version(
        id,
        digest,
        tags(version, operation),
        date(version.getCreatedAt(), "version " + id, "created_at", operation),
        date(version.getUpdatedAt(), "version " + id, "updated_at", operation),
        version.getDeletedAt() == null
            ? null
            : date(version.getDeletedAt(), "version " + id, "deleted_at", operation));
  }

  private static List<String> tags(VersionDocument version, Operation operation) {
    VersionMetadata metadata = version.getMetadata();
    ContainerMetadata container = metadata == null ? null : metadata.getContainer();
    List<String> tags = container == null ? null : container.getTags();
    if (tags == null) {
      throw operation.invalid("GitHub sent version " + version.getId() + " without its tags");
    }
    if (tags.stream().anyMatch(tag -> tag == null || tag.isBlank())) {
      throw operation.invalid("GitHub sent version " + version.getId() + " with a tag of no name");
    }
    return tags;
  }

  /** Returns a tag of a version, with the dates of the digest. */
  public static Tag tag(ImageRef image, Version version, String name) {
    return Tag.builder(image, name)
        .digest(version.digest())
        .createdAt(version.createdAt())
        .updatedAt(version.updatedAt())
        .providerId(version.id() + ":" + name)
        .build();
  }

  /**
   * Refuses an identifier that no tag of that name has here: of the version, for many tags have the same, and of
   * the tag.
   */
  public static void requireProviderId(String id, String tag) {
    if (!PROVIDER_ID.matcher(id).matches() || !id.endsWith(":" + tag)) {
      throw new IllegalArgumentException(
          "the identifier of tag " + tag + " is not of this registry");
    }
  }

  /** Returns an image. */
  public static Image image(String owner, PackageDocument document, Operation operation) {
    long id = id(document.getId(), "package", operation);
    String name = required(document.getName(), "package", "name", operation);
    String what = "package " + id; // a name is a server's text, and may say a secret back
    return Image.builder(ImageRef.asListed(owner + "/" + name))
        .createdAt(date(document.getCreatedAt(), what, "created_at", operation))
        .updatedAt(date(document.getUpdatedAt(), what, "updated_at", operation))
        .providerId(String.valueOf(id))
        .build();
  }

  private static long id(@Nullable Long id, String what, Operation operation) {
    if (id == null || id <= 0) {
      throw operation.invalid("GitHub sent a " + what + " without id");
    }
    return id;
  }

  /** Returns a value that the API's description requires. */
  static String required(@Nullable String value, String what, String field, Operation operation) {
    if (value == null || value.isBlank()) {
      throw operation.invalid("GitHub sent a " + what + " without " + field);
    }
    return value;
  }

  private static Instant date(
      @Nullable String text, String what, String field, Operation operation) {
    Instant date = text == null ? null : Rfc3339.parse(text);
    if (date == null) {
      throw operation.invalid("the " + field + " of " + what + " is no date");
    }
    return date;
  }
}
