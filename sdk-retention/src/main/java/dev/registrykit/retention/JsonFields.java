package dev.registrykit.retention;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, none of them unknown. */
final class JsonFields {

  /** Reads the value that a parser stands at. */
  @FunctionalInterface
  interface ValueReader {
    Object read(JsonParser json, String field) throws IOException;
  }

  private final String place;
  private final Map<String, Object> values = new HashMap<>();

  private JsonFields(String place) {
    this.place = place;
  }

  /** Reads the object that the parser stands at the beginning of. */
  static JsonFields read(JsonParser json, String place, Set<String> known, ValueReader reader)
      throws IOException {
    JsonFields fields = new JsonFields(place);
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException(place + "an object is needed");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      if (!known.contains(field)) {
        throw new IllegalArgumentException(place + "unknown field \"" + field + "\"");
      }
      json.nextToken();
      fields.values.put(field, reader.read(json, place + field));
    }
    return fields;
  }

  /** Reads a text, a whole number, a truth value or a list of texts. */
  static Object value(JsonParser json, String field) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> texts(json, field);
      default -> throw malformed(field);
    };
  }

  private static List<String> texts(JsonParser json, String field) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw malformed(field);
      }
      texts.add(json.getText());
    }
    return texts;
  }

  static IllegalArgumentException malformed(String field) {
    return new IllegalArgumentException(field + ": malformed");
  }

  private <T> @Nullable T optional(String field, Class<T> type) {
    Object value = values.get(field);
    if (value != null && !type.isInstance(value)) {
      throw malformed(place + field);
    }
    return type.cast(value);
  }

  private <T> T required(String field, Class<T> type) {
    T value = optional(field, type);
    if (value == null) {
      throw new IllegalArgumentException(place + field + ": missing");
    }
    return value;
  }

  String text(String field) {
    return required(field, String.class);
  }

  @Nullable
  String optionalText(String field) {
    return optional(field, String.class);
  }

  long number(String field) {
    return required(field, Long.class);
  }

  @Nullable
  Long optionalNumber(String field) {
    return optional(field, Long.class);
  }

  boolean truth(String field) {
    return required(field, Boolean.class);
  }

  Instant instant(String field) {
    return instant(field, text(field));
  }

  @Nullable
  Instant optionalInstant(String field) {
    String text = optionalText(field);
    return text == null ? null : instant(field, text);
  }

  private Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(place + field + ": no instant: \"" + text + "\"", e);
    }
  }

  List<String> texts(String field) {
    return list(field, String.class);
  }

  /** Returns a value that the reader made. */
  <T> T object(String field, Class<T> type) {
    return required(field, type);
  }

  /** Returns a list whose items the reader made. */
  <T> List<T> list(String field, Class<T> item) {
    List<T> items = new ArrayList<>();
    for (Object each : required(field, List.class)) {
      items.add(item.cast(each));
    }
    return items;
  }
}
