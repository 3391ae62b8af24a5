package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {

  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String DIGEST = "sha256:" + HEX;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "app,                               -,                      app,            -",
        "ns/app,                            -,                      ns/app,         -",
        "ns/team/app,                       -,                      ns/team/app,    -",
        "app:1.2,                           -,                      app,            1.2",
        "sandbox/my-app:tag,                -,                      sandbox/my-app, tag",
        "rg.fr-par.scw.cloud/ns/app:1.2,    rg.fr-par.scw.cloud,    ns/app,         1.2",
        "RG.fr-par.SCW.cloud/ns/app,        rg.fr-par.scw.cloud,    ns/app,         -",
        "localhost/app,                     localhost,              app,            -",
        "localhost:5000/ns/app:latest,      localhost:5000,         ns/app,         latest",
        "registry:5000/app,                 registry:5000,          app,            -",
        "127.0.0.1:5000/app,                127.0.0.1:5000,         app,            -",
        "[::1]:5000/app:1,                  [::1]:5000,             app,            1",
        "localhost,                         -,                      localhost,      -",
        "my.image,                          -,                      my.image,       -",
      })
  void whatPeoplePasteIsTakenApart(String text, String host, String path, String tag) {
    ImageRef ref = ImageRef.parse(text);

    assertEquals(Optional.ofNullable(host), ref.host());
    assertEquals(path, ref.path());
    assertEquals(Optional.ofNullable(tag), ref.tag());
    assertEquals(Optional.empty(), ref.digest());
  }

  @Test
  void aDigestIsKept() {
    ImageRef ref = ImageRef.parse("docker.io/library/nginx@" + DIGEST);

    assertEquals(Optional.of("docker.io"), ref.host());
    assertEquals("library/nginx", ref.path());
    assertEquals(Optional.empty(), ref.tag());
    assertEquals(Optional.of(DIGEST), ref.digest());
  }

  @Test
  void aTagAndADigestAreBothKept() {
    ImageRef ref = ImageRef.parse("localhost:5000/nginx:1.27@" + DIGEST);

    assertEquals("nginx", ref.path());
    assertEquals(Optional.of("1.27"), ref.tag());
    assertEquals(Optional.of(DIGEST), ref.digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app",
        "ns/app:1.2",
        "registry:5000/ns/app",
        "docker.io/library/nginx:1@" + "sha256:0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef",
        "[::1]:5000/app",
      })
  void theTextOfAReferenceIsParsedToTheSame(String text) {
    ImageRef ref = ImageRef.parse(text);

    assertEquals(text, ref.toString());
    assertEquals(ref, ImageRef.parse(ref.toString()));
    assertEquals(ref.hashCode(), ImageRef.parse(ref.toString()).hashCode());
  }

  @Test
  void aPathAloneIsOneWithoutHostAndTag() {
    assertEquals(
        ImageRef.of("ns/app"),
        ImageRef.parse("docker.io/ns/app:1.2@" + DIGEST).withoutHostAndTag());
  }

  @Test
  void aPathIsTakenAsItIsThoughItBeginsLikeAHost() {
    ImageRef ref = ImageRef.of("my.ns/app");

    assertEquals("my.ns/app", ref.path());
    assertEquals(Optional.empty(), ref.host());
  }

  @Test
  void referencesDifferByEachPart() {
    ImageRef ref = ImageRef.parse("h.io/ns/app:1@" + DIGEST);

    assertNotEquals(ref, ImageRef.parse("i.io/ns/app:1@" + DIGEST));
    assertNotEquals(ref, ImageRef.parse("h.io/ns/bpp:1@" + DIGEST));
    assertNotEquals(ref, ImageRef.parse("h.io/ns/app:2@" + DIGEST));
    assertNotEquals(ref, ImageRef.parse("h.io/ns/app:1"));
  }

  static Stream<String> badPaths() {
    return Stream.of(
        "",
        " ",
        "\t",
        ".",
        "..",
        "ns/.",
        "ns/..",
        "../app",
        "ns/../app",
        "ns//app",
        "//",
        "/",
        "/ns/app",
        "ns/app/",
        "ns/ /app",
        " ns/app",
        "ns/a pp",
        "ns/app\n",
        "ns/app\r\nHost: x",
        "ns/\0app",
        "ns/\u007fapp",
        "ns/\u0085app",
        "ns/\u2028app",
        "ns/ünïcode",
        "ns/app?force=true",
        "ns/app#x",
        "ns/app%2F..",
        "ns\\app",
        "a".repeat(256));
  }

  @ParameterizedTest
  @MethodSource("badPaths")
  void aBadPathIsRefused(String path) {
    assertRefused(ImageRef::of, path);
    assertRefused(ImageRef::parse, path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ns/app:1.2", "ns/app@x", "docker.io:443/app"})
  void aPathHoldsNoTagAndNoDigest(String path) {
    String message = assertRefused(ImageRef::of, path);

    assertTrue(message.endsWith("(ImageRef.parse takes tags and digests)"), message);
  }

  @Test
  void aDigestHasAnAlgorithmAndSomethingBehindItAndAtMost255Characters() {
    assertEquals("x:" + "y".repeat(253), ImageRef.requireDigest("x:" + "y".repeat(253)));
    assertRefused(ImageRef::requireDigest, "x:" + "y".repeat(254));
    assertRefused(ImageRef::requireDigest, ":y");
    assertRefused(ImageRef::requireDigest, "x:");
  }

  @Test
  void whatARegistryListsIsKeptAndItsControlCharactersAreNotShown() {
    ImageRef ref = ImageRef.asListed("a b\u001b[2J/é\u202e");

    assertEquals("a b\u001b[2J/é\u202e", ref.path());
    assertEquals("a b?[2J/é?", ref.toString());
    assertEquals(" ~", ImageRef.asListed(" ~").toString());
  }

  @Test
  void aReferenceWithAHostATagOrADigestIsNotOfThePathAlone() {
    assertEquals(
        Optional.empty(), ImageRef.parse("h.io/app").withoutHostAndTag().host());
    assertEquals(Optional.empty(), ImageRef.parse("app:1").withoutHostAndTag().tag());
    assertEquals(
        Optional.empty(), ImageRef.parse("app@" + DIGEST).withoutHostAndTag().digest());
  }

  @Test
  void whatBeginsWithASlashHasNoHost() {
    assertTrue(assertRefused(ImageRef::parse, "/app").contains("no empty piece: \"/app\""));
  }

  @Test
  void aRefusalShowsAtMostEightyCharacters() {
    String longest = "a".repeat(78) + "/:";
    assertTrue(assertRefused(ImageRef::of, longest).contains("\"" + longest + "\""));
    assertTrue(assertRefused(ImageRef::of, longest + "x").contains("\"" + longest + "…\""));
    assertTrue(assertRefused(ImageRef::of, " ~:\u007f\n").contains("\" ~:??\""));
  }

  @Test
  void aPathOf255CharactersIsTaken() {
    assertEquals(255, ImageRef.of("a".repeat(255)).path().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ns/app:",
        "ns/app@",
        ":1.2",
        "@",
        "docker.io/",
        "docker.io/:1",
        "localhost:5000/",
        "host:port/app",
        "host:123456/app",
        "docker.io//app",
        "docker.io/../app",
        "ns/app:a:b",
        "ns/app:1@2@3",
        "https://docker.io/library/nginx",
      })
  void aBadReferenceIsRefused(String text) {
    assertRefused(ImageRef::parse, text);
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> ImageRef.of(null));
    assertThrows(NullPointerException.class, () -> ImageRef.parse(null));
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

  @Test
  void aDigestIsWhatTheSpecificationsGrammarSays() {
    assertTakes(
        "[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+", "aaz09AZ+-:::é", ImageRef::requireDigest);
  }

  @Test
  void aPathIsPiecesOfTheCharactersThatAreAllowed() {
    String piece = "(?!\\.{1,2}(?:/|$))[!-~&&[^:@?#%\\\\/]]+";

    assertTakes(piece + "(?:/" + piece + ")*", "aa..///A!~:@?#%\\ \né", ImageRef::of);
  }

  /** Holds what is checked by hand against the pattern, for texts of these characters. */
  private static void assertTakes(String grammar, String characters, Consumer<String> check) {
    Pattern pattern = Pattern.compile(grammar);
    Random random = new Random(1);
    int valid = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      boolean isValid = pattern.matcher(text).matches();
      valid += isValid ? 1 : 0;
      assertEquals(isValid, takes(check, text.toString()), text::toString);
    }
    assertTrue(valid > 500, valid + " were valid");
  }

  private static boolean takes(Consumer<String> check, String text) {
    try {
      check.accept(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
