package dev.registrykit.testkit;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Image;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.spi.paging.TagOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The images of an {@link InMemoryRegistry} and what deleting does to them. Thread-safe. */
final class InMemoryRegistryContent {

  /** One image with its tags, in the order they were added. */
  private static final class Entry {
    final Image image;
    final Map<String, Tag> tags = new LinkedHashMap<>();
    final Set<String> inUse = new HashSet<>();

    /** The tags that are being deleted, and how often they may be read yet. */
    final Map<String, Integer> readsLeft = new HashMap<>();

    Entry(Image image) {
      this.image = image;
    }
  }

  private final boolean sparingSiblings;
  private final boolean forceTakesSiblings;
  private final int deletionReads;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Makes a registry's images.
   *
   * @param sparingSiblings whether a strict deletion leaves the siblings instead of being refused
   * @param forceTakesSiblings whether tags share digests at all
   * @param deletionReads how often a deleted tag can be read yet
   */
  InMemoryRegistryContent(boolean sparingSiblings, boolean forceTakesSiblings, int deletionReads) {
    this.sparingSiblings = sparingSiblings;
    this.forceTakesSiblings = forceTakesSiblings;
    this.deletionReads = deletionReads;
  }

  synchronized void addImage(ImageRef image, Instant now) {
    entryToAddTo(image, now);
  }

  private Entry entryToAddTo(ImageRef image, Instant now) {
    return entries.computeIfAbsent(
        image.path(),
        path -> new Entry(Image.builder(image)
            .createdAt(now)
            .updatedAt(now)
            .sizeBytes(0L)
            .status(Status.READY)
            .build()));
  }

  synchronized void addTag(Tag tag, Instant now) {
    Entry entry = entryToAddTo(tag.image(), now);
    entry.readsLeft.remove(tag.name());
    entry.tags.put(tag.name(), tag);
  }

  synchronized Optional<Instant> createdAt(String path, String tag) {
    Entry entry = entries.get(path);
    return Optional.ofNullable(entry == null ? null : entry.tags.get(tag)).flatMap(Tag::createdAt);
  }

  synchronized void markInUse(ImageRef image, String tag) {
    Entry entry = entries.get(image.path());
    if (entry == null || !entry.tags.containsKey(tag)) {
      throw new IllegalArgumentException("there is no tag " + tag + " of " + image + " to use");
    }
    entry.inUse.add(tag);
  }

  synchronized List<String> tagNames(String path) {
    Entry entry = entries.get(path);
    return entry == null
        ? List.of()
        : entry.tags.keySet().stream()
            .filter(name -> !entry.readsLeft.containsKey(name))
            .toList();
  }

  synchronized List<Image> images() {
    return entries.values().stream().map(entry -> entry.image).toList();
  }

  synchronized Image image(ImageRef image) {
    return entry(image, "get image " + image).image;
  }

  synchronized List<Tag> tags(ImageRef image, TagOrder order) {
    Entry entry = entry(image, "list tags of " + image);
    List<Tag> tags = new ArrayList<>(entry.tags.values());
    if (order != TagOrder.PROVIDER_DEFAULT) {
      tags.sort(TagOrders.comparator(order));
    }
    return tags;
  }

  synchronized Tag tag(ImageRef image, String tag) {
    String operation = "get tag " + tag + " of " + image;
    return tag(entry(image, operation), tag, null, operation);
  }

  /**
   * Deletes a tag.
   *
   * @param id the identifier it must have; null for any
   */
  synchronized DeleteResult deleteTag(
      ImageRef image, String name, @Nullable String id, DeleteOptions options) {
    String operation = "delete tag " + name + " of " + image;
    Entry entry = entry(image, operation);
    Tag tag = tag(entry, name, id, operation);
    requireDigest(tag, options, operation);
    if (entry.readsLeft.containsKey(name)) {
      return DeleteResult.of(DeleteOutcome.ACCEPTED, tag.digest().orElse(null));
    }
    List<String> siblings =
        sparingSiblings && !options.isForced() ? List.of() : siblings(entry, tag);
    requireUnused(entry, name, operation);
    if (!options.isForced() && !options.allowedSiblings().containsAll(siblings)) {
      throw new SharedDigestException(
          siblings, because(operation, "its digest is shared with " + siblings));
    }
    siblings.forEach(sibling -> requireUnused(entry, sibling, operation));
    remove(entry, name);
    siblings.forEach(sibling -> remove(entry, sibling));
    DeleteOutcome outcome = deletionReads > 0 ? DeleteOutcome.ACCEPTED : DeleteOutcome.DELETED;
    return DeleteResult.of(outcome, tag.digest().orElse(null)).withDeleted(siblings);
  }

  private void remove(Entry entry, String name) {
    if (deletionReads == 0) {
      entry.tags.remove(name);
      return;
    }
    entry.readsLeft.put(name, deletionReads);
    entry.tags.computeIfPresent(name, (key, tag) -> deleting(tag));
  }

  private static Tag deleting(Tag tag) {
    Tag.Builder deleting = Tag.builder(tag.image(), tag.name()).status(Status.DELETING);
    tag.digest().ifPresent(deleting::digest);
    tag.createdAt().ifPresent(deleting::createdAt);
    tag.updatedAt().ifPresent(deleting::updatedAt);
    tag.sizeBytes().ifPresent(deleting::sizeBytes);
    tag.providerId().ifPresent(deleting::providerId);
    return deleting.build();
  }

  /** Counts a read of a tag, which is the last one when it has been deleted for long enough. */
  synchronized void wasShown(Tag tag) {
    Entry entry = entries.get(tag.image().path());
    if (entry == null || !entry.readsLeft.containsKey(tag.name())) {
      return;
    }
    int left = entry.readsLeft.merge(tag.name(), -1, Integer::sum);
    if (left == 0) {
      entry.readsLeft.remove(tag.name());
      entry.tags.remove(tag.name());
    }
  }

  private static void requireDigest(Tag tag, DeleteOptions options, String operation) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent() && !required.equals(tag.digest())) {
      throw new PreconditionFailedException(because(
          operation,
          "it points to " + tag.digest().orElse("no digest") + ", not to " + required.get()));
    }
  }

  /** The other tags of the digest; none where the registry knows of no digests. */
  private List<String> siblings(Entry entry, Tag tag) {
    if (!forceTakesSiblings || tag.digest().isEmpty()) {
      return List.of();
    }
    return entry.tags.values().stream()
        .filter(other -> other.digest().equals(tag.digest()))
        .filter(other -> !entry.readsLeft.containsKey(other.name()))
        .map(Tag::name)
        .filter(name -> !name.equals(tag.name()))
        .toList();
  }

  private static void requireUnused(Entry entry, String tag, String operation) {
    if (entry.inUse.contains(tag)) {
      throw new TagInUseException(because(operation, "tag " + tag + " is in use"));
    }
  }

  synchronized DeleteResult deleteImage(ImageRef image) {
    String operation = "delete image " + image;
    Entry entry = entry(image, operation);
    if (!entry.inUse.isEmpty()) {
      throw new ImageInUseException(because(operation, "tags in use: " + entry.inUse));
    }
    entries.remove(image.path());
    return DeleteResult.of(DeleteOutcome.DELETED, null);
  }

  private Entry entry(ImageRef image, String operation) {
    Entry entry = entries.get(image.path());
    if (entry == null) {
      throw new ImageNotFoundException(image, because(operation, "there is no such image"));
    }
    return entry;
  }

  private static Tag tag(Entry entry, String name, @Nullable String id, String operation) {
    Tag tag = entry.tags.get(name);
    boolean isTheOne = tag != null && (id == null || id.equals(tag.providerId().orElse(null)));
    if (!isTheOne) {
      throw new TagNotFoundException(
          entry.image.ref(), name, because(operation, "there is no such tag"));
    }
    return Objects.requireNonNull(tag);
  }

  private static ErrorDetails because(String operation, String why) {
    return ErrorDetails.builder(operation).serverMessage(why).build();
  }
}
