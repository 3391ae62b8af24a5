package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.ScalewayTag;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.scaleway.internal.generated.model.ScwTag;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.Rfc3339;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps what the API sends to our values. A missing identifier or name is an invalid answer. */
public final class ScalewayMapper {

  private ScalewayMapper() {}

  /** Returns a tag for the facade. */
  public static Tag tag(ImageRef image, ScwTag tag, Operation operation) {
    return Tag.builder(image, required(tag.getName(), "tag", "name", operation))
        .digest(tag.getDigest())
        .createdAt(date(tag.getCreatedAt(), "tag", tag.getName(), "created_at", operation))
        .updatedAt(date(tag.getUpdatedAt(), "tag", tag.getName(), "updated_at", operation))
        .status(status(tag.getStatus()))
        .providerId(required(tag.getId(), "tag", "id", operation))
        .build();
  }

  /** Returns a tag by identifiers. */
  public static ScalewayTag tag(ScwTag tag, Operation operation) {
    return ScalewayTag.builder(
            required(tag.getId(), "tag", "id", operation),
            required(tag.getName(), "tag", "name", operation),
            required(tag.getImageId(), "tag", "image_id", operation))
        .status(status(tag.getStatus()))
        .digest(tag.getDigest())
        .createdAt(date(tag.getCreatedAt(), "tag", tag.getName(), "created_at", operation))
        .updatedAt(date(tag.getUpdatedAt(), "tag", tag.getName(), "updated_at", operation))
        .build();
  }

  /** Returns an image for the facade. */
  public static Image image(ImageRef ref, ScwImage image, Operation operation) {
    return Image.builder(ref)
        .createdAt(date(image.getCreatedAt(), "image", image.getName(), "created_at", operation))
        .updatedAt(date(image.getUpdatedAt(), "image", image.getName(), "updated_at", operation))
        .sizeBytes(image.getSize())
        .status(status(image.getStatus()))
        .providerId(required(image.getId(), "image", "id", operation))
        .build();
  }

  /** Returns an image by identifiers. */
  public static ScalewayImage image(ScwImage image, Operation operation) {
    return ScalewayImage.builder(
            required(image.getId(), "image", "id", operation),
            required(image.getName(), "image", "name", operation),
            required(image.getNamespaceId(), "image", "namespace_id", operation))
        .status(status(image.getStatus()))
        .statusMessage(image.getStatusMessage())
        .visibility(Visibility.of(image.getVisibility() == null ? "" : image.getVisibility()))
        .sizeBytes(image.getSize())
        .newestTags(texts(image.getTags()))
        .createdAt(date(image.getCreatedAt(), "image", image.getName(), "created_at", operation))
        .updatedAt(date(image.getUpdatedAt(), "image", image.getName(), "updated_at", operation))
        .build();
  }

  /** Returns a namespace. */
  public static ScalewayNamespace namespace(ScwNamespace namespace, Operation operation) {
    return ScalewayNamespace.builder(
            required(namespace.getId(), "namespace", "id", operation),
            required(namespace.getName(), "namespace", "name", operation))
        .description(namespace.getDescription())
        .organizationId(namespace.getOrganizationId())
        .projectId(namespace.getProjectId())
        .status(status(namespace.getStatus()))
        .statusMessage(namespace.getStatusMessage())
        .endpoint(namespace.getEndpoint())
        .visibility(visibility(namespace.getIsPublic()))
        .sizeBytes(namespace.getSize())
        .imageCount(namespace.getImageCount())
        .region(namespace.getRegion())
        .createdAt(date(
            namespace.getCreatedAt(), "namespace", namespace.getName(), "created_at", operation))
        .updatedAt(date(
            namespace.getUpdatedAt(), "namespace", namespace.getName(), "updated_at", operation))
        .build();
  }

  private static @Nullable Visibility visibility(@Nullable Boolean isPublic) {
    if (isPublic == null) {
      return null;
    }
    return isPublic ? Visibility.PUBLIC : Visibility.PRIVATE;
  }

  /** Returns a value that every recorded answer of the service has. */
  public static String required(
      @Nullable String value, String what, String field, Operation operation) {
    if (value == null || value.isBlank()) {
      throw operation.invalid("the registry sent a " + what + " without " + field);
    }
    return value;
  }

  private static Status status(@Nullable String status) {
    return Status.of(status == null ? "" : status);
  }

  /** Only a missing date is empty; one that cannot be read is an invalid answer, and is not quoted. */
  private static @Nullable Instant date(
      @Nullable String text,
      String what,
      @Nullable String name,
      String field,
      Operation operation) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    Instant date = Rfc3339.parse(text);
    if (date == null) {
      throw operation.invalid("the " + field + " of " + what + " " + name + " is no date");
    }
    return date;
  }

  private static List<String> texts(@Nullable List<@Nullable String> texts) {
    return texts == null ? List.of() : texts.stream().filter(Objects::nonNull).toList();
  }
}
