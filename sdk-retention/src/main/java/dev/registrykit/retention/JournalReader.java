package dev.registrykit.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.registrykit.retention.JournalEntry.Event;
import dev.registrykit.retention.TagReport.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a journal, and refuses everything but a last line without an end. For one journal. */
final class JournalReader {

  private static final Set<String> HEADER =
      Set.of(JournalFields.FORMAT_VERSION, JournalFields.AT, JournalFields.PLAN);

  private static final Set<String> ENTRY = Set.of(
      JournalFields.AT,
      JournalFields.EVENT,
      JournalFields.TAG,
      JournalFields.OUTCOME,
      JournalFields.DETAIL);

  private final byte[] bytes;
  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private int start;
  private int number = 1;

  private JournalReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static JournalContent read(byte[] bytes) {
    JournalReader reader = new JournalReader(bytes);
    try {
      return reader.content();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "line " + reader.number + ": no JSON: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line " + reader.number + ": " + e.getMessage(), e);
    }
  }

  private JournalContent content() throws IOException {
    int end = end();
    if (end < 0) {
      throw new IllegalArgumentException(
          bytes.length == 0
              ? "there is none; nothing was deleted"
              : "it has no end; nothing was deleted, or this is no journal");
    }
    PlanContent plan = header(end);
    Set<String> tags = plan.deletions().stream().map(PlannedTag::name).collect(Collectors.toSet());
    Set<String> ended = new HashSet<>();
    List<JournalEntry> entries = new ArrayList<>();
    for (next(end), end = end(); end >= 0; next(end), end = end()) {
      JournalEntry entry = entry(end);
      requireInPlace(entry, tags, ended);
      entries.add(entry);
    }
    return new JournalContent(plan, entries, start);
  }

  /** Returns where the line ends; negative if it does not. */
  private int end() {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void next(int end) {
    start = end + 1;
    number++;
  }

  private JsonFields fields(int end, Set<String> known, JsonFields.ValueReader reader)
      throws IOException {
    try (JsonParser json = factory.createParser(bytes, start, end - start)) {
      json.nextToken();
      JsonFields fields = JsonFields.read(json, "", known, reader);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something follows the object");
      }
      return fields;
    }
  }

  private PlanContent header(int end) throws IOException {
    JsonFields fields = fields(end, HEADER, JournalReader::headerValue);
    fields.number(JournalFields.FORMAT_VERSION);
    fields.instant(JournalFields.AT);
    return fields.object(JournalFields.PLAN, PlanContent.class);
  }

  /** Reads a value; the version at once, because another one may have other fields. */
  private static Object headerValue(JsonParser json, String field) throws IOException {
    if (field.equals(JournalFields.PLAN) && json.currentToken() == JsonToken.START_OBJECT) {
      try {
        return PlanReader.read(json);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
      }
    }
    Object value = JsonFields.value(json, field);
    if (field.equals(JournalFields.FORMAT_VERSION) && !value.equals((long) JournalFields.VERSION)) {
      throw new IllegalArgumentException(
          field + ": version " + JournalFields.VERSION + " can be read, not " + value);
    }
    return value;
  }

  private JournalEntry entry(int end) throws IOException {
    JsonFields fields = fields(end, ENTRY, JsonFields::value);
    Event event = event(fields.text(JournalFields.EVENT));
    boolean isOfTag = event == Event.BEGUN || event == Event.ENDED;
    return new JournalEntry(
        fields.instant(JournalFields.AT),
        event,
        isOfTag ? fields.text(JournalFields.TAG) : null,
        event == Event.ENDED ? outcome(fields.text(JournalFields.OUTCOME)) : null,
        event == Event.ENDED || event == Event.STOPPED ? fields.text(JournalFields.DETAIL) : null);
  }

  private static Event event(String text) {
    for (Event event : Event.values()) {
      if (event.name().toLowerCase(Locale.ROOT).equals(text)) {
        return event;
      }
    }
    throw new IllegalArgumentException(JournalFields.EVENT + ": unknown: \"" + text + "\"");
  }

  private static Outcome outcome(String text) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(text)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException(JournalFields.OUTCOME + ": unknown: \"" + text + "\"");
  }

  private static void requireInPlace(JournalEntry entry, Set<String> tags, Set<String> ended) {
    @Nullable String tag = entry.tag();
    if (tag == null) {
      return;
    }
    if (!tags.contains(tag)) {
      throw new IllegalArgumentException(
          JournalFields.TAG + ": not planned for deletion: \"" + tag + "\"");
    }
    Outcome outcome = entry.outcome();
    boolean isFinal = outcome != null && outcome.isFinal();
    if (ended.contains(tag) && !isFinal) {
      throw new IllegalArgumentException(
          JournalFields.EVENT + ": \"" + tag + "\" was done with before");
    }
    if (isFinal) {
      ended.add(tag);
    }
  }
}
