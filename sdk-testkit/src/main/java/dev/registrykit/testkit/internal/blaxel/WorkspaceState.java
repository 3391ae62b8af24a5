package dev.registrykit.testkit.internal.blaxel;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that a workspace holds. */
final class WorkspaceState {
  final EmulatorClock clock = new EmulatorClock();
  final Settings settings = new Settings();
  final Map<ImageKey, ImageRow> images = new TreeMap<>(Comparator.comparing(ImageKey::name)
      .thenComparing(ImageKey::resourceType)
      .thenComparing(ImageKey::owner));
  final Map<String, PendingRow> pending = new LinkedHashMap<>();
  long purges;
  long unexpectedPurges;
  private int pendingNumber;

  ImageRow image(ImageKey key) {
    return images.computeIfAbsent(key, absent -> new ImageRow(absent, clock.tick()));
  }

  Optional<ImageRow> find(ImageKey key) {
    return Optional.ofNullable(images.get(key));
  }

  String nextPendingId() {
    pendingNumber++;
    return "share-" + pendingNumber;
  }

  PendingRow addPending(
      boolean isIncoming,
      ImageKey image,
      String sourceWorkspace,
      String targetWorkspace,
      String otherAccount,
      List<String> tags) {
    PendingRow row = new PendingRow(
        nextPendingId(),
        isIncoming,
        image,
        sourceWorkspace,
        targetWorkspace,
        otherAccount,
        tags,
        clock.tick());
    pending.put(row.id, row);
    return row;
  }
}
