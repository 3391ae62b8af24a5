package dev.registrykit.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.registrykit.ImageRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a plan that {@link PlanWriter} wrote, and refuses everything else. */
final class PlanReader {

  private static final Set<String> PLAN = Set.of(
      PlanFields.FORMAT_VERSION,
      PlanFields.PROVIDER,
      PlanFields.REGISTRY,
      PlanFields.IMAGE,
      PlanFields.POLICY,
      PlanFields.PLANNED_AT,
      PlanFields.OBSTACLES,
      PlanFields.NOTES,
      PlanFields.TAGS);

  private static final Set<String> TAG = Set.of(
      PlanFields.NAME,
      PlanFields.ACTION,
      PlanFields.REASONS,
      PlanFields.GOVERNED,
      PlanFields.DIGEST,
      PlanFields.DATE,
      PlanFields.SIZE_BYTES,
      PlanFields.KEPT_SIBLINGS,
      PlanFields.DELETED_SIBLINGS,
      PlanFields.SUBJECTS);

  private PlanReader() {}

  static PlanContent read(String text) {
    JsonFactory factory = JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
    try (JsonParser json = factory.createParser(text)) {
      json.nextToken();
      PlanContent plan = read(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something follows the plan");
      }
      return plan;
    } catch (IOException e) {
      throw new IllegalArgumentException("no plan: " + e.getMessage(), e);
    }
  }

  /** Reads the plan that a parser stands at the beginning of. */
  static PlanContent read(JsonParser json) throws IOException {
    return plan(JsonFields.read(json, "", PLAN, PlanReader::value));
  }

  /** Reads a value; the version at once, because another one may have other fields. */
  private static Object value(JsonParser json, String field) throws IOException {
    if (field.equals(PlanFields.TAGS) && json.currentToken() == JsonToken.START_ARRAY) {
      return tags(json);
    }
    Object value = JsonFields.value(json, field);
    if (field.equals(PlanFields.FORMAT_VERSION) && !value.equals((long) PlanFields.VERSION)) {
      throw new IllegalArgumentException(
          field + ": version " + PlanFields.VERSION + " can be read, not " + value);
    }
    return value;
  }

  private static List<PlannedTag> tags(JsonParser json) throws IOException {
    List<PlannedTag> tags = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String place = PlanFields.TAGS + "[" + tags.size() + "].";
      PlannedTag tag = tag(JsonFields.read(json, place, TAG, JsonFields::value), place);
      if (!names.add(tag.name())) {
        throw new IllegalArgumentException(place + PlanFields.NAME + ": twice: " + tag.name());
      }
      tags.add(tag);
    }
    return tags;
  }

  private static PlannedTag tag(JsonFields fields, String place) {
    PlannedTag tag = new PlannedTag(new PlannedTag.Parts(
        fields.text(PlanFields.NAME),
        action(fields.text(PlanFields.ACTION), place),
        fields.texts(PlanFields.REASONS),
        fields.truth(PlanFields.GOVERNED),
        fields.optionalText(PlanFields.DIGEST),
        fields.optionalInstant(PlanFields.DATE),
        fields.optionalNumber(PlanFields.SIZE_BYTES),
        fields.texts(PlanFields.KEPT_SIBLINGS),
        fields.texts(PlanFields.DELETED_SIBLINGS),
        fields.texts(PlanFields.SUBJECTS)));
    if (tag.isDeleted()) {
      requireDeletable(tag, place);
    }
    return tag;
  }

  private static PlannedTag.Action action(String text, String place) {
    for (PlannedTag.Action action : PlannedTag.Action.values()) {
      if (action.name().equals(text)) {
        return action;
      }
    }
    throw new IllegalArgumentException(place + PlanFields.ACTION + ": unknown: \"" + text + "\"");
  }

  /** What cannot be sent is refused here, before the first deletion. */
  private static void requireDeletable(PlannedTag tag, String place) {
    try {
      ImageRef.requireTag(tag.name());
      tag.deleteOptions();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + e.getMessage(), e);
    }
  }

  private static PlanContent plan(JsonFields fields) {
    fields.number(PlanFields.FORMAT_VERSION);
    String image = fields.text(PlanFields.IMAGE);
    try {
      ImageRef.of(image);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PlanFields.IMAGE + ": " + e.getMessage(), e);
    }
    return new PlanContent(
        fields.text(PlanFields.PROVIDER),
        fields.text(PlanFields.REGISTRY),
        image,
        fields.text(PlanFields.POLICY),
        fields.instant(PlanFields.PLANNED_AT),
        fields.texts(PlanFields.OBSTACLES),
        fields.texts(PlanFields.NOTES),
        fields.list(PlanFields.TAGS, PlannedTag.class));
  }
}
