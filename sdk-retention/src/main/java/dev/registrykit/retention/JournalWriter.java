package dev.registrykit.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;

/** Writes the lines of a journal, without their ends. */
final class JournalWriter {

  private JournalWriter() {}

  /** What writes into an object. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static String object(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  static String header(PlanContent plan, Instant at) {
    return object(json -> {
      json.writeNumberField(JournalFields.FORMAT_VERSION, JournalFields.VERSION);
      json.writeStringField(JournalFields.AT, at.toString());
      json.writeFieldName(JournalFields.PLAN);
      PlanWriter.write(json, plan);
    });
  }

  static String line(JournalEntry entry) {
    return object(json -> {
      json.writeStringField(JournalFields.AT, entry.at().toString());
      json.writeStringField(JournalFields.EVENT, entry.event().name().toLowerCase(Locale.ROOT));
      if (entry.tag() != null) {
        json.writeStringField(JournalFields.TAG, entry.tag());
      }
      if (entry.outcome() != null) {
        json.writeStringField(JournalFields.OUTCOME, entry.outcome().name());
      }
      if (entry.detail() != null) {
        json.writeStringField(JournalFields.DETAIL, entry.detail());
      }
    });
  }
}
