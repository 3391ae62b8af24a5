package dev.registrykit.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a plan as JSON. */
final class PlanWriter {

  private PlanWriter() {}

  static String write(PlanContent plan) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      write(json, plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.append('\n').toString();
  }

  /** Writes it as one object. */
  static void write(JsonGenerator json, PlanContent plan) throws IOException {
    json.writeStartObject();
    json.writeNumberField(PlanFields.FORMAT_VERSION, PlanFields.VERSION);
    json.writeStringField(PlanFields.PROVIDER, plan.provider());
    json.writeStringField(PlanFields.REGISTRY, plan.registry());
    json.writeStringField(PlanFields.IMAGE, plan.image());
    json.writeStringField(PlanFields.POLICY, plan.policy());
    json.writeStringField(PlanFields.PLANNED_AT, plan.plannedAt().toString());
    strings(json, PlanFields.OBSTACLES, plan.obstacles());
    strings(json, PlanFields.NOTES, plan.notes());
    json.writeArrayFieldStart(PlanFields.TAGS);
    for (PlannedTag tag : plan.tags()) {
      tag(json, tag.parts());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void tag(JsonGenerator json, PlannedTag.Parts tag) throws IOException {
    json.writeStartObject();
    json.writeStringField(PlanFields.NAME, tag.name());
    json.writeStringField(PlanFields.ACTION, tag.action().name());
    strings(json, PlanFields.REASONS, tag.reasons());
    json.writeBooleanField(PlanFields.GOVERNED, tag.governed());
    if (tag.digest() != null) {
      json.writeStringField(PlanFields.DIGEST, tag.digest());
    }
    if (tag.date() != null) {
      json.writeStringField(PlanFields.DATE, tag.date().toString());
    }
    if (tag.sizeBytes() != null) {
      json.writeNumberField(PlanFields.SIZE_BYTES, tag.sizeBytes());
    }
    strings(json, PlanFields.KEPT_SIBLINGS, tag.keptSiblings());
    strings(json, PlanFields.DELETED_SIBLINGS, tag.deletedSiblings());
    strings(json, PlanFields.SUBJECTS, tag.subjects());
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String field, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
