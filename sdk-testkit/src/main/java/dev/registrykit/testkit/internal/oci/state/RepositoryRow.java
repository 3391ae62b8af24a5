package dev.registrykit.testkit.internal.oci.state;

import dev.registrykit.testkit.internal.Digests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One repository: manifests, blobs and tags. */
public final class RepositoryRow {
  public final String name;
  public final Map<String, ManifestRow> manifests = new LinkedHashMap<>();
  public final Map<String, byte[]> blobs = new LinkedHashMap<>();
  public final TagTable tags = new TagTable();
  public final Set<String> immutableTags = new TreeSet<>();

  /** Digests whose tags were left behind; such a tag names nothing while its manifest is missing. */
  public final Set<String> untaggedInVain = new HashSet<>();

  /** What a manifest put in by the test refers to, there or not. */
  public final Set<String> assumedParts = new HashSet<>();

  public boolean everTagged;

  private final List<Removal> removals = new ArrayList<>();

  /** A deletion that was accepted and takes effect after some reads. */
  private static final class Removal {
    private final Runnable effect;
    private int readsLeft;

    Removal(int readsLeft, Runnable effect) {
      this.readsLeft = readsLeft;
      this.effect = effect;
    }
  }

  public RepositoryRow(String name) {
    this.name = name;
  }

  public void tag(String tag, ManifestRow row) {
    tags.put(tag, row);
    everTagged = true;
  }

  /** What a tag or a digest names, or null. */
  @Nullable
  public ManifestRow find(String reference) {
    if (Digests.isDigest(reference)) {
      return manifests.get(reference);
    }
    ManifestRow row = tags.get(reference);
    return row == null || isGone(row) ? null : row;
  }

  /** The digest of a tag that is listed and names nothing, or null. */
  @Nullable
  public String ghostDigest(String tag) {
    ManifestRow row = tags.get(tag);
    return row != null && isGone(row) ? row.digest() : null;
  }

  private boolean isGone(ManifestRow row) {
    return untaggedInVain.contains(row.digest()) && !manifests.containsKey(row.digest());
  }

  /** Whether a manifest that refers to it may be pushed. */
  public boolean hasPart(String digest) {
    return blobs.containsKey(digest)
        || manifests.containsKey(digest)
        || assumedParts.contains(digest);
  }

  /** An index in this repository that lists the manifest, or null. */
  @Nullable
  public String parentOf(String digest) {
    return digestWhere(row -> row.children().contains(digest));
  }

  /** A manifest in this repository that has the other one for its subject, or null. */
  @Nullable
  public String referrerOf(String digest) {
    return digestWhere(row -> row.subject().filter(digest::equals).isPresent());
  }

  public void remove(int afterReads, Runnable effect) {
    if (afterReads == 0) {
      effect.run();
    } else {
      removals.add(new Removal(afterReads, effect));
    }
  }

  /** Called after a read of this repository was answered. */
  public void wasRead() {
    Iterator<Removal> waiting = removals.iterator();
    while (waiting.hasNext()) {
      Removal removal = waiting.next();
      removal.readsLeft--;
      if (removal.readsLeft == 0) {
        waiting.remove();
        removal.effect.run();
      }
    }
  }

  private @Nullable String digestWhere(Predicate<ManifestRow> matches) {
    for (ManifestRow row : manifests.values()) {
      if (matches.test(row)) {
        return row.digest();
      }
    }
    return null;
  }
}
