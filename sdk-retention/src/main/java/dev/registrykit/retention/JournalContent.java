package dev.registrykit.retention;

import java.util.List;

/**
 * All that a journal says.
 *
 * @param length the length of its whole lines in bytes
 */
record JournalContent(PlanContent plan, List<JournalEntry> entries, long length) {

  JournalContent {
    entries = List.copyOf(entries);
  }
}
