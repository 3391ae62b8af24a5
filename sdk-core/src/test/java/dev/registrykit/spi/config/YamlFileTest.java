package dev.registrykit.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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

  @Test
  void aPipeIsRefusedUnopened() throws Exception {
    Path pipe = directory.resolve("pipe.yaml");
    assumeTrue(isMade(pipe));

    assertNoRegularFile(pipe);
    assertNoRegularFile(Files.createSymbolicLink(directory.resolve("link.yaml"), pipe));
  }

  private static boolean isMade(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program, as on Windows
    }
  }

  @Test
  void aDeviceIsRefusedUnopened() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));

    assertNoRegularFile(device);
  }

  private static void assertNoRegularFile(Path path) {
    var failure = assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThrows(IllegalArgumentException.class, () -> YamlFile.read(path)));

    assertEquals("Tried to read " + path + ", but it is no regular file", failure.getMessage());
  }

  @Test
  void aDirectoryAFileTooLongAndNoneAreRefused() throws IOException {
    Path huge = directory.resolve("huge.yaml");
    try (FileChannel file =
        FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), 1L << 36); // sparse: 64 GiB that take no room
    }
    Path nowhere = directory.resolve("nowhere.yaml");

    assertEquals("it is a directory", whyRefused(directory));
    assertEquals("it is longer than 1048576 bytes", whyRefused(huge));
    assertEquals("there is no such file", whyRefused(nowhere));
    assertEquals(
        "there is no such file",
        whyRefused(Files.createSymbolicLink(directory.resolve("dangling.yaml"), nowhere)));
  }

  private static String whyRefused(Path path) {
    var failure = assertThrows(IllegalArgumentException.class, () -> YamlFile.read(path));
    return failure.getMessage().replace("Tried to read " + path + ", but ", "");
  }

  @Test
  void aLinkToARegularFileIsFollowed() throws IOException {
    YamlFile file = read("a: b");
    Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), file.path());

    YamlFile linked = YamlFile.read(link);

    assertEquals("b", linked.text("a", linked.root().get("a")));
  }

  @Test
  void aFileOfTheGreatestLengthIsRead() throws IOException {
    String longest = "a: b #".concat("x".repeat((1 << 20) - 6));

    assertEquals("b", read(longest).text("a", read(longest).root().get("a")));
    assertEquals(
        "it is longer than 1048576 bytes",
        whyRefused(Files.writeString(directory.resolve("longer.yaml"), longest + "x")));
  }

  private String whyRefused(String content) throws IOException {
    return whyRefused(Files.writeString(directory.resolve("refused.yaml"), content));
  }

  @Test
  void whatIsNestedMoreThanTwentyDeepIsRefusedByLine() throws IOException {
    assertEquals(
        1,
        read("a: 1\nb: " + "[".repeat(19) + "]".repeat(19))
            .sequence("b", nested("b"))
            .size());
    assertEquals(
        "could not understand line 2: it is nested too deep, or has too many aliases",
        whyRefused("a: 1\nb: " + "[".repeat(20) + "]".repeat(20)));
    assertEquals(
        "could not understand line 1: it is nested too deep, or has too many aliases",
        whyRefused("[".repeat(100_000)));
  }

  private YamlFile.Value nested(String key) {
    return YamlFile.read(directory.resolve("file.yaml")).root().get(key);
  }

  @Test
  void manyListsBesideOneAnotherAreNotDeep() throws IOException {
    assertEquals(
        100, read("a: [" + "[x], ".repeat(100) + "]").sequence("a", nested("a")).size());
  }

  @Test
  void moreThanFiftyAliasesAreRefused() throws IOException {
    String fifty = "a: &a x\nb: [" + "*a, ".repeat(50);

    assertEquals(50, read(fifty + "]").sequence("b", nested("b")).size());
    assertEquals(
        "could not understand line 2: it is nested too deep, or has too many aliases",
        whyRefused(fifty + "*a]"));
  }

  @Test
  void bytesThatAreNoTextAndControlCharactersAreRefusedByLine() throws IOException {
    Path latin = directory.resolve("latin.yaml");
    Files.write(latin, new byte[] {'a', ':', ' ', 'b', '\n', 'c', ':', ' ', (byte) 0xe9, '\n'});

    assertEquals("could not understand line 2: it is not UTF-8 text", whyRefused(latin));
    assertEquals(
        "could not understand line 3: it has a control character", whyRefused("a: b\n\nc: \u0007"));
  }

  @Test
  void aMergeKeyIsRefusedUnlessItIsInQuotes() throws IOException {
    YamlFile merged = read("a: b\n<<: c");
    assertRefused(merged, 2, "merge keys (<<) are not supported", merged::root);

    YamlFile quoted = read("\"<<\": c");
    assertEquals("c", quoted.text("<<", quoted.root().get("<<")));
  }
}
