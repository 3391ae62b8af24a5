package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as a tag and as a digest, wherever one of them is asked for. */
class TagAndDigestTest {

  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String DIGEST = "sha256:" + HEX;

  static Stream<String> tags() {
    return Stream.of("1", "latest", "v1.2_rc-3", "_x", "A".repeat(128));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void aTagIsTaken(String tag) {
    assertEquals(tag, ImageRef.requireTag(tag));
    assertEquals(Optional.of(tag), ImageRef.parse("ns/app:" + tag).tag());
  }

  static Stream<String> badTags() {
    return Stream.of(
        "",
        " ",
        ".",
        "..",
        ".x",
        "-x",
        "a b",
        "a/b",
        "a\n",
        "a\0",
        "ü",
        "a?b",
        "a%20",
        "a#b",
        "a\\b",
        "A".repeat(129),
        "a.".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("badTags")
  void aBadTagIsRefused(String tag) {
    assertRefused(ImageRef::requireTag, tag);
    assertRefused(ImageRef::parse, "ns/app:" + tag);
  }

  @Test
  void aDigestIsNoTag() {
    String message = assertRefused(ImageRef::requireTag, DIGEST);

    assertTrue(message.startsWith("a tag is needed here, not a digest: \"sha256:"), message);
  }

  static Stream<String> digests() {
    return Stream.of(
        DIGEST, "sha384:" + "a".repeat(96), "sha512:" + "a".repeat(128), "blake3+b64u:aGVsbG8_-=");
  }

  @ParameterizedTest
  @MethodSource("digests")
  void aDigestIsTaken(String digest) {
    assertEquals(digest, ImageRef.requireDigest(digest));
  }

  static Stream<String> badDigests() {
    return Stream.of(
        "",
        "sha256:",
        "sha256",
        ":" + HEX,
        "sha256:" + HEX.substring(1),
        "sha256:" + HEX + "0",
        "sha256:" + HEX.toUpperCase(Locale.ROOT),
        "SHA256:" + HEX,
        "sha256:" + "g".repeat(64),
        "sha512:" + HEX,
        "sha256:" + HEX + "\n",
        " " + DIGEST,
        "sha256:../" + HEX.substring(3),
        "x:" + "a".repeat(100_000),
        "a.".repeat(100_000) + "b:c");
  }

  @ParameterizedTest
  @MethodSource("badDigests")
  void aBadDigestIsRefused(String digest) {
    assertRefused(ImageRef::requireDigest, digest);
    assertRefused(ImageRef::parse, "ns/app@" + digest);
  }

  @Test
  void aTagIsNoDigest() {
    String message = assertRefused(ImageRef::requireDigest, "latest");

    assertEquals("a digest is needed here, not a tag: \"latest\"", message);
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> ImageRef.requireTag(null));
    assertThrows(NullPointerException.class, () -> ImageRef.requireDigest(null));
  }

  /** Returns the message, which is one line of bounded length whatever the text was. */
  private static String assertRefused(Consumer<String> parser, String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> parser.accept(text)).getMessage();
    assertTrue(message.length() <= 200, message);
    assertTrue(
        message.chars().allMatch(c -> c >= ' ' && c != 0x7f && c < 0x80 || c == '…'), message);
    return message;
  }
}
