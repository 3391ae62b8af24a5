package dev.registrykit.testkit.internal.blaxel;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.EmulatedService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The whole emulated service without its HTTP server. Thread-safe: one lock around everything. */
public final class EmulatedBlaxel implements EmulatedService {
  private static final long DEFAULT_BYTES = 5L * 1024 * 1024;

  private WorkspaceState state = new WorkspaceState();
  private Tokens tokens = new Tokens(state.settings);
  private BlaxelApi api = newApi();
  private long requestNumber;

  /** Back to the state of a new emulator, except that the ids of requests go on. */
  public synchronized void reset() {
    state = new WorkspaceState();
    tokens = new Tokens(state.settings);
    api = newApi();
  }

  private BlaxelApi newApi() {
    ImageOperations images = new ImageOperations(state, Workspace.NAME);
    return new BlaxelApi(
        Workspace.NAME,
        tokens,
        images,
        new ShareOperations(state, images, Workspace.NAME, Workspace.ACCOUNT));
  }

  @Override
  public synchronized ApiAnswer handle(ApiRequest request) {
    return api.handle(request);
  }

  @Override
  public synchronized Map<String, String> nextHeaders() {
    requestNumber++;
    return Map.of(
        "Server", "RegistryKit Blaxel emulator",
        "X-Cf-Request-Id", "request-" + requestNumber,
        "CF-Ray", "ray-" + requestNumber);
  }

  public synchronized void addImage(ImageKey key) {
    state.image(key);
  }

  public synchronized void addTag(ImageKey key, String tag) {
    Instant now = state.clock.tick();
    ImageRow image = state.image(key);
    TagRow existing = image.tags.get(tag);
    Instant created = existing == null ? now : existing.createdAt;
    put(image, new TagRow(tag, DEFAULT_BYTES, created, now), now);
  }

  public synchronized void addTag(
      ImageKey key, String tag, @Nullable Instant createdAt, @Nullable Instant updatedAt) {
    put(state.image(key), new TagRow(tag, DEFAULT_BYTES, createdAt, updatedAt), state.clock.tick());
  }

  public synchronized void addTags(ImageKey key, int count) {
    ImageRow image = state.image(key);
    int first = image.tags.size();
    for (int i = first; i < first + count; i++) {
      String number = Integer.toString(i);
      String name = "t-" + "0".repeat(Math.max(0, 6 - number.length())) + number;
      Instant now = state.clock.tick();
      put(image, new TagRow(name, DEFAULT_BYTES, now, now), now);
    }
  }

  private static void put(ImageRow image, TagRow tag, Instant now) {
    image.tags.put(tag.name, tag);
    image.updatedAt = now;
  }

  public synchronized void setTagSize(ImageKey key, String tag, long bytes) {
    ImageRow image = state.image(key);
    TagRow old = tag(image, tag);
    image.tags.put(tag, new TagRow(tag, bytes, old.createdAt, old.updatedAt));
  }

  public synchronized void setInUse(ImageKey key, String tag, boolean isInUse) {
    tag(state.image(key), tag).isInUse = isInUse;
  }

  private static TagRow tag(ImageRow image, String tag) {
    TagRow row = image.tags.get(tag);
    if (row == null) {
      throw new IllegalArgumentException("there is no tag " + tag + " of " + image.key);
    }
    return row;
  }

  public synchronized void setStatus(ImageKey key, String status) {
    state.image(key).status = status;
  }

  public synchronized List<String> tagNames(ImageKey key) {
    return state.find(key).map(image -> List.copyOf(image.tags.keySet())).orElse(List.of());
  }

  public synchronized List<String> imagePaths() {
    return state.images.keySet().stream()
        .filter(key -> key.owner().isEmpty())
        .map(ImageKey::toString)
        .toList();
  }

  public synchronized String addPendingShare(
      ImageKey image, String sourceWorkspace, List<String> tags) {
    return state.addPending(
            true, image, sourceWorkspace, Workspace.NAME, "account-of-" + sourceWorkspace, tags)
        .id;
  }

  public synchronized void expirePendingShare(String id) {
    PendingRow pending = state.pending.get(id);
    if (pending == null) {
      throw new IllegalArgumentException("there is no pending share " + id);
    }
    pending.isExpired = true;
  }

  public synchronized void revokeTokens() {
    tokens.revokeAll();
  }

  public synchronized void setTokenLifetime(Duration lifetime) {
    state.settings.tokenLifetime = lifetime;
  }

  public synchronized void setAnswersDeletionsWithoutContent(boolean without) {
    state.settings.answersDeletionsWithoutContent = without;
  }

  public synchronized void setEmptyPagesBetween(boolean between) {
    state.settings.putsEmptyPagesBetween = between;
  }

  public synchronized void setInUseBody(String body) {
    state.settings.inUseBody = body.replace("%", "%%");
  }

  public synchronized void setBuildReads(int reads) {
    state.settings.buildReads = reads;
  }

  public synchronized void setBuildsFail(boolean fail) {
    state.settings.failsBuilds = fail;
  }

  public synchronized void allowPurge() {
    state.settings.allowsPurge = true;
  }

  public synchronized long purgeCount() {
    return state.purges;
  }

  public synchronized long unexpectedPurgeCount() {
    return state.unexpectedPurges;
  }
}
