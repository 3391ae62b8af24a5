package dev.registrykit.reliability.soak;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the answers said became of each tag that one worker pushed. Belongs to that worker. */
final class Ledger {

  /** What is known of a tag. */
  enum Fate {
    THERE,
    GONE,
    /** An exception said that it may be gone, and nothing has told since. */
    UNKNOWN
  }

  /**
   * A tag.
   *
   * @param content what it was made from; tags of one content share a digest
   * @param digest what it points to while it is there; empty where a registry has none
   * @param why what said so
   */
  record Entry(String content, String digest, Fate fate, String why) {}

  private final Map<String, Entry> entries = new TreeMap<>();
  private final Set<String> wrong = new LinkedHashSet<>();

  void pushed(String tag, String content, String digest) {
    entries.put(tag, new Entry(content, digest, Fate.THERE, "a push"));
  }

  Entry entry(String tag) {
    return entries.get(tag);
  }

  boolean knows(String tag) {
    return entries.containsKey(tag);
  }

  int size() {
    return entries.size();
  }

  List<String> tags(Fate fate) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().fate() == fate)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Notes that an answer said that a tag is gone. */
  void gone(String tag, String by) {
    if (!entries.containsKey(tag)) {
      complain(tag + " was nobody's to delete by " + by);
      return;
    }
    set(tag, Fate.GONE, by);
  }

  void set(String tag, Fate fate, String why) {
    Entry entry = entries.get(tag);
    entries.put(tag, new Entry(entry.content(), entry.digest(), fate, entry.why() + ", " + why));
  }

  void complain(String what) {
    wrong.add(what);
  }

  /** Returns what is wrong, given what is at the registry. */
  List<String> wrong(Map<String, String> actual) {
    List<String> all = new ArrayList<>(wrong);
    entries.forEach((tag, entry) -> {
      String now = actual.get(tag);
      boolean isThere = entry.digest().equals(now);
      boolean isRight = switch (entry.fate()) {
        case THERE -> isThere;
        case GONE -> now == null;
        case UNKNOWN -> now == null || isThere;
      };
      if (!isRight) {
        List<Entry> siblings = entries.values().stream()
            .filter(other -> other.content().equals(entry.content()))
            .toList();
        all.add(tag + " is " + now + ", but in the ledger " + entry + " beside " + siblings);
      }
    });
    return all;
  }
}
