package dev.registrykit.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.registrykit.retention.TagReport.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes a report as JSON. */
final class ReportWriter {

  private static final int VERSION = 1;

  private ReportWriter() {}

  static String write(ReportContent report) {
    StringWriter text = new StringWriter();
    PlanContent plan = report.plan();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("registrykit-retention-report", VERSION);
      json.writeStringField(PlanFields.PROVIDER, plan.provider());
      json.writeStringField(PlanFields.REGISTRY, plan.registry());
      json.writeStringField(PlanFields.IMAGE, plan.image());
      json.writeStringField(PlanFields.POLICY, plan.policy());
      json.writeStringField(PlanFields.PLANNED_AT, plan.plannedAt().toString());
      json.writeBooleanField("complete", report.isComplete());
      if (report.stoppedBy() != null) {
        json.writeStringField("stoppedBy", report.stoppedBy());
      }
      json.writeObjectFieldStart("counts");
      for (Outcome outcome : Outcome.values()) {
        json.writeNumberField(outcome.name(), report.count(outcome));
      }
      json.writeEndObject();
      json.writeArrayFieldStart(PlanFields.TAGS);
      for (TagReport tag : report.tags()) {
        tag(json, tag);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.append('\n').toString();
  }

  private static void tag(JsonGenerator json, TagReport tag) throws IOException {
    json.writeStartObject();
    json.writeStringField(PlanFields.NAME, tag.tag().name());
    if (tag.tag().digest().isPresent()) {
      json.writeStringField(PlanFields.DIGEST, tag.tag().digest().get());
    }
    json.writeStringField(JournalFields.OUTCOME, tag.outcome().name());
    json.writeStringField(JournalFields.DETAIL, tag.detail());
    json.writeEndObject();
  }
}
