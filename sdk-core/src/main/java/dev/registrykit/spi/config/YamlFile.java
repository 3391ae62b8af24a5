package dev.registrykit.spi.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A small YAML file that holds secrets: read as written, and never quoted in an error. Scalars stay
 * text, so an identifier of digits keeps its zeros. Immutable.
 *
 * <p>Whoever uses it brings the YAML library along; to the core it is optional.
 *
 * @since 0.1.0
 */
public final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 50;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private static final Set<PosixFilePermission> OTHERS_READ =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

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
   * Reads the file, or the one that a symbolic link leads to.
   *
   * @throws IllegalArgumentException if it does not exist or is not a small UTF-8 YAML file; what is no
   *     regular file is not opened, for a pipe or a device may never end
   * @throws UncheckedIOException if it cannot be read
   */
  public static YamlFile read(Path path) {
    return new YamlFile(path);
  }

  /** Returns where the file is. */
  public Path path() {
    return path;
  }

  /**
   * Returns whether others than its owner may read the file; false where files have no such modes.
   *
   * @throws UncheckedIOException if its mode cannot be read
   */
  public boolean isReadableByOthers() {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    try { // no such view on Windows
      return view != null
          && !Collections.disjoint(view.readAttributes().permissions(), OTHERS_READ);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read the mode of " + path + ", but could not", e);
    }
  }

  /** Returns the entries of the file's outermost mapping. */
  public Map<String, Value> root() {
    return mapping("the file", root);
  }

  /**
   * Returns the entries of a mapping, in their order; none where there is nothing or null.
   *
   * @throws IllegalArgumentException if it is something else, calling it {@code what}
   */
  public Map<String, Value> mapping(String what, @Nullable Value value) {
    return mapping(what, value == null ? null : value.node);
  }

  private Map<String, Value> mapping(String what, @Nullable Node node) {
    if (node == null || isNull(node)) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      throw problem(node, what + " must be a mapping of keys to values");
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        put(entries, key, entry.getValueNode());
      }
    }
    return entries;
  }

  /**
   * Returns the items of a sequence; none where there is nothing or null.
   *
   * @throws IllegalArgumentException if it is something else, calling it {@code what}
   */
  public List<Value> sequence(String what, @Nullable Value value) {
    if (value == null || isNull(value.node)) {
      return List.of();
    }
    if (!(value.node instanceof SequenceNode sequence)) {
      throw problem(value.node, what + " must be a sequence of items");
    }
    return sequence.getValue().stream().map(Value::new).toList();
  }

  private void put(Map<String, Value> entries, ScalarNode key, Node value) {
    if (key.isPlain() && key.getValue().equals("<<")) {
      throw problem(key, "merge keys (<<) are not supported");
    }
    if (entries.put(key.getValue(), new Value(value)) != null) {
      throw problem(key, "a key is there twice");
    }
  }

  /**
   * Returns a scalar's text as written; null where there is nothing, null or an empty text.
   *
   * @throws IllegalArgumentException if it is something else, calling it {@code what}
   */
  public @Nullable String text(String what, @Nullable Value value) {
    if (value == null || isNull(value.node)) {
      return null;
    }
    if (!(value.node instanceof ScalarNode scalar)) {
      throw problem(value.node, what + " must be a single value");
    }
    return scalar.getValue().isEmpty() ? null : scalar.getValue();
  }

  /** Returns the error to throw about a place in the file; {@code what} must not quote it. */
  public IllegalArgumentException problem(Value value, String what) {
    return problem(value.node, what);
  }

  private IllegalArgumentException problem(Node node, String what) {
    return problem(line(node.getStartMark()), what);
  }

  private IllegalArgumentException problem(int line, String what) {
    return new IllegalArgumentException(
        "Tried to read %s, but could not understand line %d: %s".formatted(path, line, what));
  }

  private byte[] bytes() {
    requireRegularFile();
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

  private void requireRegularFile() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new IllegalArgumentException("Tried to read "
            + path
            + ", but it is "
            + (attributes.isDirectory() ? "a directory" : "no regular file"));
      }
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

  /**
   * Something in the file, with its place there. Immutable.
   *
   * @since 0.1.0
   */
  public static final class Value {

    private final Node node;

    private Value(Node node) {
      this.node = node;
    }
  }
}
