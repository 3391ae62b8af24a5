package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.BuildState;
import dev.registrykit.blaxel.ImageEvent;
import dev.registrykit.blaxel.ImageShare;
import dev.registrykit.blaxel.PendingShare;
import dev.registrykit.blaxel.internal.generated.model.CoreEvent;
import dev.registrykit.blaxel.internal.generated.model.ImageMetadata;
import dev.registrykit.blaxel.internal.generated.model.ImageShareTarget;
import dev.registrykit.blaxel.internal.generated.model.ImageSpec;
import dev.registrykit.blaxel.internal.generated.model.ImageTag;
import dev.registrykit.blaxel.internal.generated.model.PendingImageShare;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.spi.support.Rfc3339;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the API sends into our values. What a value cannot be without is demanded. */
public final class BlaxelMapper {

  private BlaxelMapper() {}

  public static Tag tag(ImageRef image, ImageTag tag, BlaxelOperation operation) {
    String name = required(tag.getName(), "a tag", "name", operation);
    Dates dates = new Dates("tag", name, operation);
    return Tag.builder(image, name)
        .createdAt(dates.read("createdAt", tag.getCreatedAt()))
        .updatedAt(dates.read("updatedAt", tag.getUpdatedAt()))
        .sizeBytes(tag.getSize())
        .build();
  }

  /**
   * Returns the tags that come with an image; null where it was never built.
   *
   * @throws InvalidResponseException if the image counts tags that did not come, as it does in a
   *     generation of the API that lists them apart
   */
  public static List<ImageTag> tags(WireImage image, BlaxelOperation operation) {
    List<@Nullable ImageTag> sent = spec(image).getTags();
    Long count = spec(image).getTagCount();
    List<ImageTag> tags =
        sent == null ? List.of() : sent.stream().filter(Objects::nonNull).toList();
    if (count != null && count > tags.size()) {
      throw operation.invalid(
          "the image has " + count + " tags, of which " + tags.size() + " came");
    }
    return tags;
  }

  public static Image image(ImageRef ref, WireImage image, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(image, operation);
    Dates dates = new Dates("image", ref, operation);
    return Image.builder(ref)
        .createdAt(dates.read("createdAt", metadata.getCreatedAt()))
        .updatedAt(dates.read("updatedAt", metadata.getUpdatedAt()))
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

  public static BlaxelImage blaxelImage(ImageRef ref, WireImage image, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(image, operation);
    ImageSpec spec = spec(image);
    Dates dates = new Dates("image", ref, operation);
    return BlaxelImage.builder(ref)
        .status(status(metadata.getStatus()))
        .displayName(metadata.getDisplayName())
        .workspace(metadata.getWorkspace())
        .sourceWorkspace(metadata.getSourceWorkspace())
        .sizeBytes(spec.getSize())
        .tagCount(spec.getTagCount() == null ? inlineCount(spec) : spec.getTagCount())
        .createdAt(dates.read("createdAt", metadata.getCreatedAt()))
        .updatedAt(dates.read("updatedAt", metadata.getUpdatedAt()))
        .lastDeployedAt(dates.read("lastDeployedAt", metadata.getLastDeployedAt()))
        .events(events(metadata, dates))
        .build();
  }

  private static List<ImageEvent> events(ImageMetadata metadata, Dates dates) {
    List<@Nullable CoreEvent> events = metadata.getEvents();
    return events == null
        ? List.of()
        : events.stream()
            .filter(Objects::nonNull)
            .map(event -> event(event, dates))
            .toList();
  }

  private static ImageEvent event(CoreEvent event, Dates dates) {
    return ImageEvent.builder()
        .type(event.getType())
        .status(status(event.getStatus()))
        .message(event.getMessage())
        .revision(event.getRevision())
        .canaryRevision(event.getCanaryRevision())
        .time(dates.read("time of an event", event.getTime()))
        .build();
  }

  private static @Nullable Long inlineCount(ImageSpec spec) {
    return spec.getTags() == null || spec.getTags().isEmpty()
        ? null
        : Long.valueOf(spec.getTags().size());
  }

  public static ImageShare share(ImageShareTarget share, BlaxelOperation operation) {
    return ImageShare.builder(required(share.getWorkspace(), "a share", "workspace", operation))
        .accountId(share.getAccountId())
        .status(status(share.getStatus()))
        .accountOwnerEmail(share.getAccountOwnerEmail())
        .pendingShareId(share.getPendingShareId())
        .workspaceDisplayName(share.getWorkspaceDisplayName())
        .build();
  }

  public static PendingShare pendingShare(PendingImageShare share, BlaxelOperation operation) {
    String id = required(share.getId(), "a pending share", "id", operation);
    Dates dates = new Dates("pending share", id, operation);
    return PendingShare.builder(id, ref(share.getResourceType(), share.getImageName(), operation))
        .sourceWorkspace(share.getSourceWorkspace())
        .sourceAccountId(share.getSourceAccountId())
        .targetWorkspace(share.getTargetWorkspace())
        .targetAccountId(share.getTargetAccountId())
        .sharedBy(Optional.ofNullable(share.getSharedByEmail()).orElse(share.getSharedBy()))
        .hasConflict(Boolean.TRUE.equals(share.getHasConflict()))
        .createdAt(dates.read("createdAt", share.getCreatedAt()))
        .expiresAt(dates.read("expiresAt", share.getExpiresAt()))
        .build();
  }

  /** Returns what an image of a listing is called by. */
  public static ImageRef ref(WireImage image, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(image, operation);
    return ref(metadata.getResourceType(), metadata.getName(), operation);
  }

  /**
   * Returns what the service calls an image, whatever its type and name; a listing may leave the type
   * out. What cannot be sent is refused by the calls that would send it.
   */
  public static ImageRef ref(
      @Nullable String resourceType, @Nullable String name, BlaxelOperation operation) {
    String type = resourceType == null ? "" : ResourceTypes.singular(resourceType);
    return ImageRef.asListed(type + "/" + required(name, "an image", "name", operation));
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

  /**
   * Returns an answer that is about the image that was asked for.
   *
   * @throws InvalidResponseException if it names another
   */
  public static WireImage about(ImageRef image, WireImage answer, BlaxelOperation operation) {
    ImageMetadata metadata = metadata(answer, operation);
    requireSame(image, metadata.getResourceType(), metadata.getName(), operation);
    return answer;
  }

  /** Refuses an answer about another image; what the service leaves out is no other. */
  public static void requireSame(
      ImageRef image,
      @Nullable String resourceType,
      @Nullable String name,
      BlaxelOperation operation) {
    boolean isSameType = resourceType == null
        || resourceType.isEmpty()
        || ResourceTypes.singular(resourceType).equalsIgnoreCase(ResourceTypes.typeOf(image));
    boolean isSameName = name == null || name.isEmpty() || name.equals(ResourceTypes.nameOf(image));
    if (!isSameType || !isSameName) {
      throw operation.invalid("the answer is about another image");
    }
  }

  static String required(
      @Nullable String value, String what, String field, BlaxelOperation operation) {
    if (value == null || value.isBlank()) {
      throw operation.invalid("the registry sent " + what + " without " + field);
    }
    return value;
  }

  /** Returns whether an image that was created is being built; {@code null} is not said. */
  public static BuildState buildState(@Nullable Boolean build) {
    if (build == null) {
      return BuildState.NOT_SAID;
    }
    return build ? BuildState.BUILDING : BuildState.NOT_BUILDING;
  }

  static Status status(@Nullable String status) {
    return Status.of(status == null ? "" : status);
  }

  /**
   * Reads the dates of one thing. Absent and empty mean that there is none; what cannot be read is an
   * error, for a date that is not there makes a tag the oldest of all.
   *
   * @param kind what has them, in words
   * @param name what that is called
   */
  private record Dates(String kind, Object name, BlaxelOperation operation) {

    /** How programs in Go, the vendor's language, write that a date was never set. */
    private static final Instant NEVER =
        LocalDate.of(1, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);

    @Nullable
    Instant read(String field, @Nullable String text) {
      if (text == null || text.isBlank()) {
        return null;
      }
      Instant date = Rfc3339.parse(text);
      if (date == null) {
        throw operation.invalid(
            "the registry sent no valid date as " + field + " of " + kind + " " + name);
      }
      return date.equals(NEVER) ? null : date;
    }
  }
}
