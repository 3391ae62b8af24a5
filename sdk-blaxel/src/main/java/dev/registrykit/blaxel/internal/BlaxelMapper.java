package dev.registrykit.blaxel.internal;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.ImageShare;
import dev.registrykit.blaxel.PendingShare;
import dev.registrykit.blaxel.internal.generated.model.ImageMetadata;
import dev.registrykit.blaxel.internal.generated.model.ImageShareTarget;
import dev.registrykit.blaxel.internal.generated.model.ImageSpec;
import dev.registrykit.blaxel.internal.generated.model.ImageTag;
import dev.registrykit.blaxel.internal.generated.model.PendingImageShare;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the API sends into our values. What a value cannot be without is demanded. */
final class BlaxelMapper {

  private BlaxelMapper() {}

  static Tag tag(ImageRef image, ImageTag tag, BlaxelOperation operation) {
    return Tag.builder(image, required(tag.getName(), "tag", "name", operation))
        .createdAt(instant(tag.getCreatedAt()))
        .updatedAt(instant(tag.getUpdatedAt()))
        .sizeBytes(tag.getSize())
        .build();
  }

  /** Returns the tags that come with an image; null where it was never built. */
  static List<ImageTag> tags(WireImage image) {
    List<@Nullable ImageTag> tags = spec(image).getTags();
    return tags == null ? List.of() : tags.stream().filter(Objects::nonNull).toList();
  }

  static Image image(ImageRef ref, WireImage image, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(image, operation);
    return Image.builder(ref)
        .createdAt(instant(metadata.getCreatedAt()))
        .updatedAt(instant(metadata.getUpdatedAt()))
        .sizeBytes(spec(image).getSize())
        .status(status(metadata.getStatus()))
        .providerId(sharedId(ref, metadata))
        .build();
  }

  /** An image that is shared from elsewhere may be called as one of the workspace's own. */
  private static @Nullable String sharedId(ImageRef ref, ImageMetadata metadata) {
    String owner = metadata.getSourceWorkspace();
    return owner == null || owner.isBlank() ? null : owner + "/" + ref.path();
  }

  static BlaxelImage blaxelImage(ImageRef ref, WireImage image, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(image, operation);
    ImageSpec spec = spec(image);
    return BlaxelImage.builder(ref)
        .status(status(metadata.getStatus()))
        .displayName(metadata.getDisplayName())
        .workspace(metadata.getWorkspace())
        .sourceWorkspace(metadata.getSourceWorkspace())
        .sizeBytes(spec.getSize())
        .tagCount(spec.getTagCount() == null ? inlineCount(spec) : spec.getTagCount())
        .createdAt(instant(metadata.getCreatedAt()))
        .updatedAt(instant(metadata.getUpdatedAt()))
        .lastDeployedAt(instant(metadata.getLastDeployedAt()))
        .build();
  }

  private static @Nullable Long inlineCount(ImageSpec spec) {
    return spec.getTags() == null || spec.getTags().isEmpty()
        ? null
        : Long.valueOf(spec.getTags().size());
  }

  static ImageShare share(ImageShareTarget share, BlaxelOperation operation) {
    return ImageShare.builder(required(share.getWorkspace(), "share", "workspace", operation))
        .accountId(share.getAccountId())
        .status(status(share.getStatus()))
        .accountOwnerEmail(share.getAccountOwnerEmail())
        .pendingShareId(share.getPendingShareId())
        .workspaceDisplayName(share.getWorkspaceDisplayName())
        .build();
  }

  static PendingShare pendingShare(PendingImageShare share, BlaxelOperation operation) {
    String id = required(share.getId(), "pending share", "id", operation);
    return PendingShare.builder(id, ref(share.getResourceType(), share.getImageName(), operation))
        .sourceWorkspace(share.getSourceWorkspace())
        .sourceAccountId(share.getSourceAccountId())
        .targetWorkspace(share.getTargetWorkspace())
        .targetAccountId(share.getTargetAccountId())
        .sharedBy(Optional.ofNullable(share.getSharedByEmail()).orElse(share.getSharedBy()))
        .hasConflict(Boolean.TRUE.equals(share.getHasConflict()))
        .createdAt(instant(share.getCreatedAt()))
        .expiresAt(instant(share.getExpiresAt()))
        .build();
  }

  /** Returns what an image of a listing is called by. */
  static ImageRef ref(WireImage image, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(image, operation);
    return ref(metadata.getResourceType(), metadata.getName(), operation);
  }

  static ImageRef ref(
      @Nullable String resourceType, @Nullable String name, BlaxelOperation operation) {
    String type = required(resourceType, "image", "resourceType", operation);
    String path = ResourceTypes.singular(type) + "/" + required(name, "image", "name", operation);
    try {
      ImageRef ref = ImageRef.of(path);
      ResourceTypes.requirePath(ref);
      return ref;
    } catch (IllegalArgumentException e) {
      throw operation.invalid("the registry sent an image that has no valid name");
    }
  }

  /** Returns what every answer with an image has; a portal's has not. */
  static ImageMetadata metadata(WireImage image, BlaxelOperation operation) {
    if (image.getMetadata() == null) {
      throw operation.invalid("the registry sent an image without metadata");
    }
    return image.getMetadata();
  }

  /** Missing on a build that failed, in the tests of the vendor's own tools. */
  private static ImageSpec spec(WireImage image) {
    return image.getSpec() == null ? new ImageSpec() : image.getSpec();
  }

  static String required(
      @Nullable String value, String what, String field, BlaxelOperation operation) {
    if (value == null || value.isBlank()) {
      throw operation.invalid("the registry sent a " + what + " without " + field);
    }
    return value;
  }

  static Status status(@Nullable String status) {
    return Status.of(status == null ? "" : status);
  }

  /** The API promises no format, so that a text that is no RFC 3339 counts as none. */
  private static @Nullable Instant instant(@Nullable String time) {
    try {
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
