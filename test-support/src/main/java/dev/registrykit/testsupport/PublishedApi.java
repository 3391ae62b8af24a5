package dev.registrykit.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a module shows to others: it is what the module's file api.txt says, and it is documented.
 *
 * <p>A change of the API fails here until it is accepted, by running the test with {@code -Dapi.accept}.
 * The file is then a part of the change, so that whoever reviews it sees what callers will see.
 */
public abstract class PublishedApi {

  private static final Path WRITTEN_DOWN = Path.of("api.txt");
  private static final Path SOURCES = Path.of("src/main/java");

  private final Path classes;
  private final ClassLoader loader;

  /**
   * Looks at a module.
   *
   * @param one any class of it
   */
  protected PublishedApi(Class<?> one) {
    try {
      classes = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    loader = one.getClassLoader();
  }

  /** Returns the types where a reader begins, and which so show an example. */
  protected abstract List<Class<?>> entryPoints();

  @Test
  final void itIsTheOneThatIsWrittenDown() throws Exception {
    List<String> actual = new ArrayList<>();
    for (Class<?> type : exportedTypes()) {
      actual.addAll(ApiText.of(type));
    }
    if (System.getProperty("api.accept") != null) {
      Files.write(WRITTEN_DOWN, actual);
    }
    List<String> written = Files.readAllLines(WRITTEN_DOWN);
    if (!written.equals(actual)) {
      fail(
          "The public API is not the one in api.txt. CONTRIBUTING.md says how a change is accepted."
              + "\nGone:" + missing(written, actual)
              + "\nNew:" + missing(actual, written));
    }
  }

  private static String missing(List<String> from, List<String> in) {
    List<String> rest = new ArrayList<>(from);
    in.forEach(rest::remove);
    return rest.isEmpty() ? " nothing" : "\n" + String.join("\n", rest);
  }

  @Test
  final void everyTypeSaysWhatItIsForAndSinceWhen() throws Exception {
    Set<String> silent = new TreeSet<>();
    for (Class<?> type : exportedTypes()) {
      String comment = javadoc(type);
      String description = comment.split("(?m)^@", 2)[0];
      if (!Pattern.compile("^[\\p{L}{].*\\.", Pattern.DOTALL)
          .matcher(description)
          .find()) {
        silent.add(type.getName() + " does not say what it is for");
      }
      if (!Pattern.compile("(?m)^@since \\d+\\.\\d+\\.\\d+$").matcher(comment).find()) {
        silent.add(type.getName() + " does not say since when");
      }
    }
    assertEquals(Set.of(), silent);
  }

  @Test
  final void entryPointsShowAnExample() throws IOException {
    for (Class<?> type : entryPoints()) {
      assertTrue(javadoc(type).contains("<pre>{@code"), type + " shows no example");
    }
  }

  /** The comment right before a type, without its asterisks; empty if there is none. */
  private static String javadoc(Class<?> type) throws IOException {
    Class<?> file = type;
    while (file.getEnclosingClass() != null) {
      file = file.getEnclosingClass();
    }
    String source = Files.readString(SOURCES.resolve(file.getName().replace('.', '/') + ".java"));
    Matcher declaration = Pattern.compile(
            "(?m)^ *(?:@\\w+[^\\n]*\\n *)*(?:[a-z-]+ )*(?:class|interface|enum|record|@interface) "
                + type.getSimpleName() + "\\b")
        .matcher(source);
    assertTrue(declaration.find(), "no declaration of " + type);
    String before = source.substring(0, declaration.start()).stripTrailing();
    return before.endsWith("*/")
        ? before
            .substring(before.lastIndexOf("/**") + 3, before.length() - 2)
            .replaceAll("(?m)^ *\\*? ?", "")
            .strip()
        : "";
  }

  /** The types that others can see, by name. */
  private List<Class<?>> exportedTypes() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    for (String name : exportedPackages()) {
      try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
        for (Path file : files.toList()) {
          String simple = file.getFileName().toString();
          if (simple.endsWith(".class") && !simple.equals("package-info.class")) {
            Class<?> type =
                Class.forName(name + "." + simple.replaceFirst("\\.class$", ""), false, loader);
            if (ApiText.isVisible(type)) {
              types.add(type);
            }
          }
        }
      }
    }
    types.sort(Comparator.comparing(Class::getName));
    return types;
  }

  private Set<String> exportedPackages() throws IOException {
    Set<String> names = new TreeSet<>();
    try (InputStream file = Files.newInputStream(classes.resolve("module-info.class"))) {
      ModuleDescriptor.read(file).exports().stream()
          .filter(exported -> !exported.isQualified())
          .forEach(exported -> names.add(exported.source()));
    }
    return names;
  }
}
