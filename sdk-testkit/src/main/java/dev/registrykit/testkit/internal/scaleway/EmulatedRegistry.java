package dev.registrykit.testkit.internal.scaleway;

import dev.registrykit.testkit.internal.scaleway.NamespaceOperations.Owner;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The whole emulated service without its HTTP server. Thread-safe: one lock around everything. */
public final class EmulatedRegistry {
  public static final String SECRET_KEY = "5c0a1e3a-0e57-4f0c-9d11-e0c0ffee0001";
  public static final String PROJECT_ID = "9b2f7c64-3d58-4a7e-8f00-a11ce0de0002";
  public static final String ORGANIZATION_ID = "27e4d1b0-6a93-4c85-b2f6-0dd5ba110003";
  public static final String REGION = "fr-par";

  /** What one request has met: a fault, an answer of the registry, or both. */
  record Outcome(
      @Nullable FaultScript fault, @Nullable ApiAnswer answer, String requestId, Pauses pauses) {}

  private final RequestJournal journal = new RequestJournal();
  private Numbers numbers = new Numbers();
  private Numbers requestNumbers = new Numbers();
  private EmulatorClock clock = new EmulatorClock();
  private Settings settings = new Settings();
  private FaultQueue faults = new FaultQueue();
  private Pauses pauses = new Pauses();
  private Map<String, RegionState> regions = new HashMap<>();
  private RegistryApi api = newApi();

  /** Back to the state of a new emulator, except that the ids of requests go on. */
  public synchronized void reset() {
    pauses.endAll();
    pauses = new Pauses();
    journal.clear();
    numbers = new Numbers();
    clock = new EmulatorClock();
    settings = new Settings();
    faults = new FaultQueue();
    regions = new HashMap<>();
    api = newApi();
  }

  public synchronized void close() {
    pauses.endAll();
  }

  synchronized Outcome serve(ApiRequest request) {
    journal.add(request);
    String requestId = Ids.id(Long.MAX_VALUE / 4 - requestNumbers.take());
    FaultScript fault = faults.take(request).orElse(null);
    boolean reachesRegistry = fault == null
        || fault instanceof FaultScript.Paced
        || fault instanceof FaultScript.LostAnswer;
    ApiAnswer answer = reachesRegistry ? api.handle(request) : null;
    return new Outcome(fault, answer, requestId, pauses);
  }

  public synchronized String addNamespace(String name) {
    return namespace(name).id();
  }

  public synchronized String addImage(String namespace, String image) {
    return image(namespace, image).id();
  }

  public synchronized String addTag(String namespace, String image, String tag, String digest) {
    ImageRow row = image(namespace, image);
    Instant now = clock.tick();
    Instant createdAt = row.tags
        .named(tag)
        .filter(existing -> existing.ownDeletion == null)
        .map(existing -> existing.createdAt)
        .orElse(now);
    return defaultRegion().addTag(row, tag, digest, createdAt, now).id();
  }

  public synchronized String addTag(
      String namespace,
      String image,
      String tag,
      String digest,
      Instant createdAt,
      Instant updatedAt) {
    ImageRow row = image(namespace, image);
    return defaultRegion().addTag(row, tag, digest, createdAt, updatedAt).id();
  }

  public synchronized void addTags(String namespace, String image, int count) {
    ImageRow row = image(namespace, image);
    if (row.tags.generatedSoFar() + (long) count > GeneratedTags.MAX_COUNT) {
      throw new IllegalArgumentException("more than 1,000,000 generated tags in " + image);
    }
    if (count > 0) {
      defaultRegion().generateTags(row, count);
    }
  }

  public synchronized void setImageSize(String namespace, String image, long bytes) {
    image(namespace, image).bytes = bytes;
  }

  public synchronized List<String> tagNames(String namespace, String image) {
    Optional<ImageRow> row = defaultRegion()
        .namespaceNamed(namespace)
        .flatMap(found -> Optional.ofNullable(found.images.get(image)))
        .filter(found -> found.deletion() == null);
    if (row.isEmpty()) {
      return List.of();
    }
    ImageTags tags = row.get().tags;
    Comparator<TagRow> order = ImageTags.BY_CREATION;
    return tags.page(order, false, 0, tags.count()).stream()
        .filter(tag -> tag.ownDeletion == null)
        .map(tag -> tag.name)
        .toList();
  }

  public synchronized void setDeletionPolls(int reads) {
    settings.deletionPolls = reads;
  }

  public synchronized void setMaxPageSize(int size) {
    settings.maxPageSize = OptionalInt.of(size);
  }

  public synchronized void setSharedDigestRefused(boolean refused) {
    settings.refusesSharedDigest = refused;
  }

  public synchronized void setSharedDigestRefusal(int status, String body) {
    settings.sharedDigestStatus = status;
    settings.sharedDigestBody = body;
  }

  public synchronized void setForceTakesSiblings(boolean takes) {
    settings.forceTakesSiblings = takes;
  }

  public synchronized void failNext(int times, Predicate<ApiRequest> matches, FaultScript fault) {
    faults.add(times, matches, fault);
  }

  public synchronized int pendingFaults() {
    return faults.size();
  }

  public synchronized List<ApiRequest> requests() {
    return journal.requests();
  }

  public synchronized long requestCount() {
    return journal.count();
  }

  public synchronized void clearRequests() {
    journal.clear();
  }

  private NamespaceRow namespace(String name) {
    if (!NamespaceOperations.isLegalName(name)) {
      throw new IllegalArgumentException("not a namespace name: " + name);
    }
    NamespaceRow row = defaultRegion()
        .namespaceNamed(name)
        .orElseGet(() -> defaultRegion().addNamespace(name, ORGANIZATION_ID, PROJECT_ID));
    requireReady(row.deletion, "namespace " + name);
    return row;
  }

  private ImageRow image(String namespace, String name) {
    NamespaceRow owner = namespace(namespace);
    ImageRow existing = owner.images.get(name);
    ImageRow row = existing != null ? existing : defaultRegion().addImage(owner, name);
    requireReady(row.deletion(), "image " + name);
    return row;
  }

  private static void requireReady(@Nullable Deletion deletion, String what) {
    if (deletion != null) {
      throw new IllegalStateException(what + " is being deleted");
    }
  }

  private RegionState defaultRegion() {
    return region(REGION);
  }

  private RegionState region(String region) {
    return regions.computeIfAbsent(region, name -> new RegionState(name, numbers, clock, settings));
  }

  private RegistryApi newApi() {
    Owner defaultOwner = new Owner(ORGANIZATION_ID, PROJECT_ID);
    return new RegistryApi(
        SECRET_KEY,
        this::region,
        new NamespaceOperations(defaultOwner, settings, clock),
        new ImageOperations(settings, clock),
        new TagOperations(settings));
  }
}
