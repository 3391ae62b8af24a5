package dev.registrykit.testkit.internal.blaxel;

import java.time.Instant;
import java.util.List;

/** A share that waits to be accepted. */
final class PendingRow {
  final String id;
  final boolean isIncoming;
  final ImageKey image;
  final String sourceWorkspace;
  final String targetWorkspace;
  final String otherAccount;
  final List<String> tags;
  final Instant createdAt;
  boolean isExpired;

  PendingRow(
      String id,
      boolean isIncoming,
      ImageKey image,
      String sourceWorkspace,
      String targetWorkspace,
      String otherAccount,
      List<String> tags,
      Instant createdAt) {
    this.id = id;
    this.isIncoming = isIncoming;
    this.image = image;
    this.sourceWorkspace = sourceWorkspace;
    this.targetWorkspace = targetWorkspace;
    this.otherAccount = otherAccount;
    this.tags = List.copyOf(tags);
    this.createdAt = createdAt;
  }
}
