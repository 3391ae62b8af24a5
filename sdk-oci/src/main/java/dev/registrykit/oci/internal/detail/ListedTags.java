package dev.registrykit.oci.internal.detail;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.paging.DetailProgress;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fills in what a list of tags did not bring, for one listing. The first tag of each digest that is seen
 * reads what the digest stands for; its siblings do not wait for that, and have it in the end.
 */
public final class ListedTags {

  private static final ImageDetails NONE = new ImageDetails(null, null);

  private final OciApi api;
  private final DetailReader details;
  private final ParallelReads reads;
  private final TagReader tagReader;
  private final ImageRef image;
  private final Operation listing;
  private final Map<String, ImageDetails> byDigest = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final TagCount done;
  private final boolean readsByTag;

  /** Reads one tag whole. */
  @FunctionalInterface
  public interface TagReader {
    /** Reads it, or throws {@link TagNotFoundException} or {@link ImageNotFoundException}. */
    Tag read(Operation operation, ImageRef image, String name);
  }

  /**
   * Prepares a listing.
   *
   * @param readsByTag whether the manifest of each tag may be read; else its digest is asked for first
   * @param tagReader looks at a tag once more if a part of its image is not there
   * @param progress is told of tags whose details are there
   */
  public ListedTags(
      OciApi api,
      DetailReader details,
      ParallelReads reads,
      boolean readsByTag,
      TagReader tagReader,
      ImageRef image,
      DetailProgress progress) {
    this.api = api;
    this.details = details;
    this.reads = reads;
    this.tagReader = tagReader;
    this.image = image;
    this.listing = Operation.onImage("list tags of " + image, image);
    this.done = new TagCount(progress);
    this.readsByTag = readsByTag && !details.knows(image); // what is known is not read again
  }

  /**
   * Asks for the digests unless the list brought them, and for the images if that is asked for.
   *
   * @return the tags in their order, without those of which the registry itself says that they were deleted
   *     since they were listed
   */
  public List<Tag> read(List<Tag> tags, TagDetail detail, int concurrency) {
    boolean isInFull = detail == TagDetail.FULL;
    List<Tag> left = found(tags, concurrency, tag -> counted(withDigest(tag, isInFull), isInFull));
    if (!isInFull) {
      return left;
    }
    return left.stream().allMatch(this::isRead)
        ? left.stream().map(this::inFull).toList()
        : found(left, concurrency, this::inFull);
  }

  private List<Tag> found(List<Tag> tags, int concurrency, Function<Tag, Tag> reading) {
    return reads
        .map(listing, tags, concurrency, tag -> unlessGone(() -> reading.apply(tag)))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Tag counted(Tag tag, boolean isInFull) {
    if (isInFull && tag.createdAt().isEmpty()) {
      done.waiting(tag.digest().orElseThrow());
    } else {
      done.complete();
    }
    return tag;
  }

  private static Optional<Tag> unlessGone(Supplier<Tag> reading) {
    try {
      return Optional.of(reading.get());
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty();
    }
  }

  private Tag withDigest(Tag tag, boolean isInFull) {
    Operation operation = Operation.onTag("get", image, tag.name());
    boolean needsDetails = isInFull && tag.createdAt().isEmpty();
    if (needsDetails && readsByTag && tag.digest().isEmpty()) {
      OciManifest manifest = api.getManifest(operation, image, tag.name());
      readOnce(manifest.digest(), () -> details.of(operation, image, manifest));
      return with(tag, manifest.digest(), NONE);
    }
    String digest = tag.digest()
        .orElseGet(() -> api.headManifest(operation, image, tag.name()).digest());
    if (needsDetails) {
      readOnce(digest, () -> details.of(operation, image, digest));
    }
    return with(tag, digest, NONE);
  }

  /** If it is not there, {@link #inFull} looks at the tag once more. */
  private void readOnce(String digest, Supplier<ImageDetails> reading) {
    if (seen.add(digest)) {
      try {
        byDigest.put(digest, reading.get());
        done.read(digest);
      } catch (NotFoundException e) {
        // The tag may have been moved or deleted meanwhile: it is looked at again, which tells.
      }
    }
  }

  private boolean isRead(Tag tag) {
    return tag.createdAt().isPresent() || byDigest.containsKey(tag.digest().orElseThrow());
  }

  private Tag inFull(Tag tag) {
    if (tag.createdAt().isPresent()) {
      return tag;
    }
    String digest = tag.digest().orElseThrow();
    ImageDetails read = byDigest.get(digest);
    return read == null
        ? tagReader.read(Operation.onTag("get", image, tag.name()), image, tag.name())
        : with(tag, digest, read);
  }

  /** Keeps what the listing said already. */
  private static Tag with(Tag tag, String digest, ImageDetails details) {
    Long listedSize = tag.sizeBytes().isPresent() ? tag.sizeBytes().getAsLong() : null;
    return Tag.builder(tag.image(), tag.name())
        .digest(digest)
        .createdAt(tag.createdAt().orElse(details.createdAt()))
        .sizeBytes(listedSize != null ? listedSize : details.sizeBytes())
        .build();
  }
}
