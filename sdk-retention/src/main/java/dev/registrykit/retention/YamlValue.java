package dev.registrykit.retention;

import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A value of a YAML document, with its line and the path of fields to it. Scalars are texts as written, so
 * that the tag {@code 1.10} keeps its zero; what a field takes decides what its text means.
 *
 * @param content a {@link Scalar}, a list of values or a map of values by field
 */
record YamlValue(String path, int line, Object content) {

  /** A single value; plain ones have no quotes around them. */
  record Scalar(String text, boolean isPlain) {}

  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");
  private static final Pattern NAME_OF_A_METHOD = Pattern.compile("^[a-zA-Z]+: |^keepMatching ");

  /** Something is wrong with a value, and the message says with which. */
  static final class WrongValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    WrongValue(String message) {
      super(message);
    }
  }

  /** Returns the error to throw about the value. */
  IllegalArgumentException problem(String what) {
    return new WrongValue("line " + line + ": " + (path.isEmpty() ? "" : path + ": ") + what);
  }

  /** Makes something of the value; what is refused is refused with its place. */
  <T> T make(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (WrongValue e) {
      throw e;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw problem(NAME_OF_A_METHOD.matcher(String.valueOf(e.getMessage())).replaceFirst(""));
    }
  }

  boolean isScalar() {
    return content instanceof Scalar;
  }

  /** Returns a text, in quotes or not. */
  String text() {
    if (!(content instanceof Scalar scalar)) {
      throw problem("a single value is needed");
    }
    if (scalar.isPlain() ? NOTHING.contains(scalar.text()) : scalar.text().isBlank()) {
      throw problem("empty");
    }
    return scalar.text();
  }

  int number() {
    String text = text();
    if (!isPlain() || !WHOLE_NUMBER.matcher(text).matches()) {
      throw problem("a whole number is needed, not \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  boolean truth() {
    String text = text();
    if (!isPlain() || !Set.of("true", "false").contains(text)) {
      throw problem("true or false is needed, not \"" + text + "\"");
    }
    return text.equals("true");
  }

  private boolean isPlain() {
    return content instanceof Scalar scalar && scalar.isPlain();
  }

  /** Returns the items of a list, at least one. */
  List<YamlValue> items() {
    if (!(content instanceof List<?> items)) {
      throw isNothing() ? problem("empty") : problem("a list is needed, such as [a, b]");
    }
    if (items.isEmpty()) {
      throw problem("empty");
    }
    return items.stream().map(YamlValue.class::cast).toList();
  }

  /** Returns the values of a mapping by field, at least one. */
  Map<String, YamlValue> fields() {
    if (!(content instanceof Map<?, ?> fields)) {
      throw isNothing() ? problem("empty") : problem("fields and their values are needed");
    }
    if (fields.isEmpty()) {
      throw problem("empty");
    }
    Map<String, YamlValue> typed = new LinkedHashMap<>();
    fields.forEach((field, value) -> typed.put((String) field, (YamlValue) value));
    return typed;
  }

  private boolean isNothing() {
    return content instanceof Scalar scalar && scalar.isPlain() && NOTHING.contains(scalar.text());
  }
}
