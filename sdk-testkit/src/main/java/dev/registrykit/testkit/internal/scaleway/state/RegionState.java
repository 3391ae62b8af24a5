package dev.registrykit.testkit.internal.scaleway.state;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The namespaces, images and tags of one region. Not thread-safe. */
public final class RegionState {
  private final String region;
  private final Numbers numbers;
  private final EmulatorClock clock;
  private final Settings settings;
  private final Map<Long, NamespaceRow> namespaces = new LinkedHashMap<>();
  private final Map<Long, ImageRow> images = new LinkedHashMap<>();
  private final Map<Long, Map<String, ImageRow>> imagesByNamespace = new HashMap<>();
  private final Map<Long, ImageTags> tagsByImage = new HashMap<>();
  private final Map<Long, TagRow> keptTags = new HashMap<>();
  private final TreeMap<Long, ImageRow> generatedRuns = new TreeMap<>();

  public RegionState(String region, Numbers numbers, EmulatorClock clock, Settings settings) {
    this.region = region;
    this.numbers = numbers;
    this.clock = clock;
    this.settings = settings;
  }

  public String region() {
    return region;
  }

  public Collection<NamespaceRow> namespaces() {
    return namespaces.values();
  }

  public Collection<ImageRow> images() {
    return images.values();
  }

  public Optional<NamespaceRow> namespace(String id) {
    return byId(id, namespaces::get);
  }

  public Optional<ImageRow> image(String id) {
    return byId(id, images::get);
  }

  public Optional<TagRow> tag(String id) {
    return byId(id, this::tag);
  }

  public Optional<NamespaceRow> namespaceNamed(String name) {
    return namespaces.values().stream().filter(row -> row.name.equals(name)).findFirst();
  }

  /** The images of a namespace by name, in the order they were added; those being deleted too. */
  public Map<String, ImageRow> imagesOf(NamespaceRow namespace) {
    return imagesByNamespace.computeIfAbsent(namespace.number, number -> new LinkedHashMap<>());
  }

  public ImageTags tagsOf(ImageRow image) {
    return tagsByImage.computeIfAbsent(image.number, number -> new ImageTags(image));
  }

  /** Images being deleted still count, as recorded. */
  public long size(NamespaceRow namespace) {
    return imagesOf(namespace).values().stream().mapToLong(this::size).sum();
  }

  /** Recorded: a namespace whose only tag was just deleted had size 0. */
  public long size(ImageRow image) {
    return tagsOf(image).readyCount() == 0 ? 0 : image.bytes;
  }

  public NamespaceRow addNamespace(String name, String organizationId, String projectId) {
    var row = new NamespaceRow(numbers.take(), name, organizationId, projectId, clock.tick());
    namespaces.put(row.number, row);
    return row;
  }

  public ImageRow addImage(NamespaceRow namespace, String name) {
    var row = new ImageRow(numbers.take(), namespace, name, clock.tick());
    images.put(row.number, row);
    imagesOf(namespace).put(name, row);
    namespace.updatedAt = row.createdAt;
    return row;
  }

  /** A tag of that name is replaced and keeps its id, unless it is being deleted. */
  public TagRow addTag(
      ImageRow image, String name, String digest, Instant createdAt, Instant updatedAt) {
    Optional<TagRow> replaced = tagsOf(image).named(name);
    replaced.ifPresent(this::removeTag);
    long number = replaced
        .filter(tag -> tag.ownDeletion == null)
        .map(tag -> tag.number)
        .orElseGet(numbers::take);
    var row = new TagRow(number, image, name, digest, createdAt, updatedAt);
    keep(row);
    image.pushed(updatedAt);
    return row;
  }

  public void generateTags(ImageRow image, int count) {
    long firstNumber = numbers.take(count);
    Instant firstCreated = clock.tick(count);
    tagsOf(image).generate(count, firstNumber, firstCreated);
    generatedRuns.put(firstNumber, image);
    image.pushed(firstCreated.plusSeconds(count - 1L));
  }

  public Deletion startDeleting(NamespaceRow namespace) {
    namespace.updatedAt = clock.tick();
    Deletion deletion = new Deletion(settings.deletionReads, () -> removeNamespace(namespace));
    namespace.deletion = deletion;
    return deletion;
  }

  public Deletion startDeleting(ImageRow image) {
    image.updatedAt = clock.tick();
    Deletion deletion = new Deletion(settings.deletionReads, () -> removeImage(image));
    image.ownDeletion = deletion;
    return deletion;
  }

  public Deletion startDeleting(TagRow tag) {
    keep(tag);
    tag.updatedAt = clock.tick();
    Deletion deletion = new Deletion(settings.deletionReads, () -> removeTag(tag));
    tag.ownDeletion = deletion;
    return deletion;
  }

  private void keep(TagRow tag) {
    tagsOf(tag.image).keep(tag);
    keptTags.put(tag.number, tag);
  }

  private @Nullable TagRow tag(long number) {
    TagRow kept = keptTags.get(number);
    if (kept != null) {
      return kept;
    }
    var run = generatedRuns.floorEntry(number);
    return run == null ? null : tagsOf(run.getValue()).generated(number).orElse(null);
  }

  private void removeNamespace(NamespaceRow namespace) {
    List.copyOf(imagesOf(namespace).values()).forEach(this::removeImage);
    imagesByNamespace.remove(namespace.number);
    namespaces.remove(namespace.number);
  }

  private void removeImage(ImageRow image) {
    tagsOf(image).keptRows().forEach(this::removeTag);
    tagsByImage.remove(image.number);
    generatedRuns.values().removeIf(owner -> owner == image);
    imagesOf(image.namespace).remove(image.name, image);
    images.remove(image.number);
  }

  private void removeTag(TagRow tag) {
    tagsOf(tag.image).remove(tag);
    keptTags.remove(tag.number, tag);
  }

  private static <T> Optional<T> byId(String id, LongFunction<@Nullable T> rows) {
    OptionalLong number = Ids.number(id.toLowerCase(Locale.ROOT));
    return number.isPresent()
        ? Optional.ofNullable(rows.apply(number.getAsLong()))
        : Optional.empty();
  }
}
