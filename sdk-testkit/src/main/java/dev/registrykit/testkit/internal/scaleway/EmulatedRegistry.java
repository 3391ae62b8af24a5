package dev.registrykit.testkit.internal.scaleway;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.EmulatedService;
import dev.registrykit.testkit.internal.scaleway.NamespaceOperations.Owner;
import dev.registrykit.testkit.internal.scaleway.state.Deletion;
import dev.registrykit.testkit.internal.scaleway.state.EmulatorClock;
import dev.registrykit.testkit.internal.scaleway.state.GeneratedTags;
import dev.registrykit.testkit.internal.scaleway.state.Ids;
import dev.registrykit.testkit.internal.scaleway.state.ImageRow;
import dev.registrykit.testkit.internal.scaleway.state.ImageTags;
import dev.registrykit.testkit.internal.scaleway.state.NamespaceRow;
import dev.registrykit.testkit.internal.scaleway.state.Numbers;
import dev.registrykit.testkit.internal.scaleway.state.RegionState;
import dev.registrykit.testkit.internal.scaleway.state.Settings;
import dev.registrykit.testkit.internal.scaleway.state.TagRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The whole emulated service without its HTTP server. Thread-safe: one lock around everything. */
public final class EmulatedRegistry implements EmulatedService {
  public static final String SECRET_KEY = "5c0a1e3a-0e57-4f0c-9d11-e0c0ffee0001";
  public static final String PROJECT_ID = "9b2f7c64-3d58-4a7e-8f00-a11ce0de0002";
  public static final String ORGANIZATION_ID = "27e4d1b0-6a93-4c85-b2f6-0dd5ba110003";
  public static final String REGION = "fr-par";

  private Numbers numbers = new Numbers();
  private Numbers requestNumbers = new Numbers();
  private EmulatorClock clock = new EmulatorClock();
  private Settings settings = new Settings();
  private Map<String, RegionState> regions = new HashMap<>();
  private RegistryApi api = newApi();

  /** Back to the state of a new emulator, except that the ids of requests go on. */
  public synchronized void reset() {
    numbers = new Numbers();
    clock = new EmulatorClock();
    settings = new Settings();
    regions = new HashMap<>();
    api = newApi();
  }

  @Override
  public synchronized ApiAnswer handle(ApiRequest request) {
    return api.handle(request);
  }

  @Override
  public synchronized Map<String, String> nextHeaders() {
    String requestId = Ids.id(Long.MAX_VALUE / 4 - requestNumbers.take());
    return Map.of(
        "Server",
        "RegistryKit Scaleway emulator",
        "X-Request-Id",
        requestId,
        "Content-Security-Policy",
        "default-src 'none'; frame-ancestors 'none'",
        "Strict-Transport-Security",
        "max-age=63072000",
        "X-Content-Type-Options",
        "nosniff",
        "X-Frame-Options",
        "DENY");
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
    Instant createdAt = defaultRegion()
        .tagsOf(row)
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
    if (defaultRegion().tagsOf(row).generatedSoFar() + (long) count > GeneratedTags.MAX_COUNT) {
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
        .flatMap(found -> Optional.ofNullable(defaultRegion().imagesOf(found).get(image)))
        .filter(found -> found.deletion() == null);
    if (row.isEmpty()) {
      return List.of();
    }
    ImageTags tags = defaultRegion().tagsOf(row.get());
    Comparator<TagRow> order = ImageTags.BY_CREATION;
    return tags.page(order, false, 0, tags.count()).stream()
        .filter(tag -> tag.ownDeletion == null)
        .map(tag -> tag.name)
        .toList();
  }

  public synchronized void setDeletionReads(int reads) {
    settings.deletionReads = reads;
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

  public synchronized void setForceEnforced(boolean enforced) {
    settings.enforcesForce = enforced;
  }

  public synchronized void setForceTakesSiblings(boolean takes) {
    settings.forceTakesSiblings = takes;
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
    ImageRow existing = defaultRegion().imagesOf(owner).get(name);
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
