package dev.registrykit.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider sees of a YAML file; what is refused, the tests of those providers show. */
class YamlFileTest {

  @TempDir
  private Path directory;

  private YamlFile read(String content) throws IOException {
    return YamlFile.read(Files.writeString(directory.resolve("file.yaml"), content));
  }

  @Test
  void mappingsSequencesAndTextsAreTold() throws IOException {
    YamlFile file = read("a: 007\nb: [x, ~, {c: y}]\nd:\n");
    Map<String, YamlFile.Value> root = file.root();

    List<YamlFile.Value> items = file.sequence("b", root.get("b"));
    assertEquals("007", file.text("a", root.get("a")));
    assertEquals("x", file.text("item", items.get(0)));
    assertNull(file.text("item", items.get(1)));
    assertEquals("y", file.text("c", file.mapping("item", items.get(2)).get("c")));
    assertEquals(List.of(), file.sequence("d", root.get("d")));
    assertEquals(List.of(), file.sequence("e", null));
    assertEquals(Map.of(), file.mapping("e", null));
    assertNull(file.text("e", null));
  }

  @Test
  void whatIsSomethingElseIsRefusedByLine() throws IOException {
    YamlFile file = read("a: 1\nb: [x]\n");
    YamlFile.Value a = file.root().get("a");
    YamlFile.Value b = file.root().get("b");

    assertRefused(file, 1, "A must be a mapping of keys to values", () -> file.mapping("A", a));
    assertRefused(file, 1, "A must be a sequence of items", () -> file.sequence("A", a));
    assertRefused(file, 2, "B must be a single value", () -> file.text("B", b));
    assertEquals(
        "Tried to read " + file.path() + ", but could not understand line 2: odd",
        file.problem(b, "odd").getMessage());
  }

  private static void assertRefused(YamlFile file, int line, String why, Runnable reading) {
    var failure = assertThrows(IllegalArgumentException.class, reading::run);

    assertEquals(
        "Tried to read " + file.path() + ", but could not understand line " + line + ": " + why,
        failure.getMessage());
  }

  @Test
  void whoMayReadItIsTold() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    YamlFile file = read("");

    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
    assertTrue(file.isReadableByOthers());
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw--w--w-"));
    assertFalse(file.isReadableByOthers());
  }
}
