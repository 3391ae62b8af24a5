package dev.registrykit.scaleway.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A small YAML file that holds secrets: read as written, and never quoted in an error. Scalars stay
 * text, so an identifier of digits keeps its zeros.
 */
final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 50;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private static final LoadSettings SETTINGS = LoadSettings.builder()
      .setSchema(new FailsafeSchema())
      .setAllowNonScalarKeys(true) // such a key is merely unknown
      .build();

  private final Path path;
  private final @Nullable Node root;

  private YamlFile(Path path) {
    this.path = path;
    this.root = parse(decode(bytes()));
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if it does not exist or is not a small UTF-8 YAML file
   * @throws UncheckedIOException if it cannot be read
   */
  static YamlFile read(Path path) {
    return new YamlFile(path);
  }

  Path path() {
    return path;
  }

  /** Returns the entries of the file's outermost mapping. */
  Map<String, Node> root() {
    return mapping("the file", root);
  }

  /** Returns the entries of a mapping, in their order; none where there is nothing or null. */
  Map<String, Node> mapping(String what, @Nullable Node node) {
    if (node == null || isNull(node)) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      throw problem(node, what + " must be a mapping of keys to values");
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        put(entries, key, entry.getValueNode());
      }
    }
    return entries;
  }

  private void put(Map<String, Node> entries, ScalarNode key, Node value) {
    if (key.isPlain() && key.getValue().equals("<<")) {
      throw problem(key, "merge keys (<<) are not supported");
    }
    if (entries.put(key.getValue(), value) != null) {
      throw problem(key, "a key is there twice");
    }
  }

  /** Returns a scalar's text as written; null where there is nothing, null or an empty text. */
  @Nullable
  String text(String what, @Nullable Node node) {
    if (node == null || isNull(node)) {
      return null;
    }
    if (!(node instanceof ScalarNode scalar)) {
      throw problem(node, what + " must be a single value");
    }
    return scalar.getValue().isEmpty() ? null : scalar.getValue();
  }

  /** Returns the error to throw about a place in the file; {@code what} must not quote it. */
  IllegalArgumentException problem(Node node, String what) {
    return problem(line(node.getStartMark()), what);
  }

  private IllegalArgumentException problem(int line, String what) {
    return new IllegalArgumentException(
        "Tried to read %s, but could not understand line %d: %s".formatted(path, line, what));
  }

  private byte[] bytes() {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("Tried to read " + path + ", but it is a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "Tried to read " + path + ", but it is longer than " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("Tried to read " + path + ", but there is no such file");
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + path + ", but could not", e);
    }
  }

  private String decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    // Strict, unlike new String(): a secret must not be changed in silence.
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
      throw problem(lineAtEnd(before), "it is not UTF-8 text");
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private @Nullable Node parse(String text) {
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (!StreamReader.isPrintable(text.codePointAt(i))) {
        throw problem(lineAtEnd(text.substring(0, i)), "it has a control character");
      }
    }
    checkShape(text);
    try {
      return new Composer(SETTINGS, parser(text)).getSingleNode().orElse(null);
    } catch (MarkedYamlEngineException e) { // quotes the file: neither kept nor shown
      throw problem(line(e.getProblemMark()), "it is not valid YAML");
    } catch (IllegalArgumentException e) { // a strange tag: the library does not say where
      throw problem(1, "it, or what follows it, is not valid YAML");
    }
  }

  /** Refuses what would overflow the composer's stack, and what it does not report by line. */
  private void checkShape(String text) {
    int line = 1;
    int depth = 0;
    int aliases = 0;
    try {
      for (Parser events = parser(text); events.hasNext(); ) {
        Event event = events.next();
        line = line(event.getStartMark());
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
        aliases += event instanceof AliasEvent ? 1 : 0;
        if (depth > MAX_DEPTH || aliases > MAX_ALIASES) {
          break;
        }
      }
    } catch (MarkedYamlEngineException e) {
      throw problem(line(e.getProblemMark()), "it is not valid YAML");
    } catch (RuntimeException e) { // the scanner lets NumberFormatException and others through
      throw problem(line, "it, or what follows it, is not valid YAML");
    }
    if (depth > MAX_DEPTH || aliases > MAX_ALIASES) {
      throw problem(line, "it is nested too deep, or has too many aliases");
    }
  }

  private static Parser parser(String text) {
    return new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NULLS.contains(scalar.getValue());
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private static int lineAtEnd(String text) {
    return 1 + (int) text.chars().filter(c -> c == '\n').count();
  }
}
