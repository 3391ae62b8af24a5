package dev.registrykit.retention;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document without anything that can make it grow or mean something else: aliases,
 * anchors, tags and a second document are refused, and so are fields said twice and deep nesting.
 */
final class YamlParser {

  private static final int MAX_DEPTH = 5;
  private static final int MAX_SCALAR = 1000;

  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final Parser events;
  private int line = 1;
  private int depth;

  private YamlParser(String yaml) {
    events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, yaml));
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is none; the message begins with the line
   */
  static YamlValue parse(String yaml) {
    String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
    requirePrintable(text);
    YamlParser parser = new YamlParser(text);
    try {
      return parser.document();
    } catch (MarkedYamlEngineException e) {
      throw wrong(line(e.getProblemMark()), "no YAML: " + e.getProblem());
    } catch (YamlValue.WrongValue e) {
      throw e;
    } catch (RuntimeException e) { // the scanner lets NumberFormatException and others through
      throw wrong(parser.line, "it, or what follows it, is no YAML");
    }
  }

  /** The library's reader would say so too, but not where. */
  private static void requirePrintable(String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (!StreamReader.isPrintable(text.codePointAt(i))) {
        throw wrong(line, "it has a character that YAML does not have");
      }
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
  }

  private static IllegalArgumentException wrong(int line, String what) {
    return new YamlValue("", line, what).problem(what);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private Event next() {
    Event event = events.next();
    line = line(event.getStartMark());
    return event;
  }

  private YamlValue document() {
    next(); // the stream begins
    if (!(next() instanceof DocumentStartEvent)) {
      throw wrong(1, "there is nothing");
    }
    YamlValue document = value("", next());
    next(); // the document ends
    if (next() instanceof DocumentStartEvent) {
      throw wrong(line, "a second document begins");
    }
    return document;
  }

  private YamlValue value(String path, Event event) {
    requireSimple(event);
    int begins = line;
    if (event instanceof ScalarEvent scalar) {
      return new YamlValue(path, begins, new YamlValue.Scalar(scalar.getValue(), scalar.isPlain()));
    }
    depth++;
    if (depth > MAX_DEPTH) {
      throw wrong(begins, "nested too deep");
    }
    Object content = event instanceof MappingStartEvent ? fields(path) : items(path);
    depth--;
    return new YamlValue(path, begins, content);
  }

  private Map<String, YamlValue> fields(String path) {
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    for (Event key = next(); !(key instanceof CollectionEndEvent); key = next()) {
      requireSimple(key);
      if (!(key instanceof ScalarEvent name)) {
        throw wrong(line, "a field has a name and no list or fields instead");
      }
      String field = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
      YamlValue value = value(field, next());
      if (fields.put(name.getValue(), value) != null) {
        throw value.problem("said twice");
      }
    }
    return fields;
  }

  private List<YamlValue> items(String path) {
    List<YamlValue> items = new ArrayList<>();
    for (Event item = next(); !(item instanceof CollectionEndEvent); item = next()) {
      items.add(value(path + "[" + items.size() + "]", item));
    }
    return items;
  }

  private void requireSimple(Event event) {
    if (event instanceof AliasEvent) {
      throw wrong(
          line, "aliases are not read; put what begins with an asterisk in quotes, as in \"*-rc\"");
    }
    boolean hasTag = (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
    boolean hasAnchor = event instanceof NodeEvent node && node.getAnchor().isPresent();
    if (hasTag || hasAnchor) {
      throw wrong(line, "tags (!) and anchors (&) of YAML are not read");
    }
    if (event instanceof ScalarEvent scalar && scalar.getValue().length() > MAX_SCALAR) {
      throw wrong(line, "a value is longer than " + MAX_SCALAR + " characters");
    }
  }
}
