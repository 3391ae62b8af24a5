package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.oci.internal.wire.RepositoryNames;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, tags and digests that break the grammar are refused by every call, before any request. */
class GrammarTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private static final String DIGEST = OciEmulator.digestOf("x");
  private static final byte[] INDEX =
      "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);

  @AfterEach
  void nothingWasSent() {
    assertEquals(0, emulator.requestCount());
  }

  private static void assertRefused(Executable... calls) {
    for (Executable call : calls) {
      assertThrows(IllegalArgumentException.class, call);
    }
  }

  /** Paths that {@link ImageRef} takes, since other providers have such names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "App",
        "shop/App",
        "APP",
        "-app",
        "app-",
        ".app",
        "app.",
        "_app",
        "app_",
        "a..b",
        "a___b",
        "a._b",
        "a.-b",
        "a_-b",
        "shop/-app",
        "shop/app-",
        "shop-/app",
        "a+b",
        "a~b",
        "a!b",
        "a$b",
        "a&b",
        "a'b",
        "(a)",
        "a*",
        "a,b",
        "a;b",
        "a=b",
        "a<b",
        "a[b]",
        "a^b",
        "a`b",
        "a{b}",
        "a|b"
      })
  void aNameOfAnotherGrammarIsRefusedByEveryCall(String name) {
    ImageRef image = ImageRef.of(name);

    assertRefused(
        () -> registry.listTags(image),
        () -> registry.listTags(image, ListTagsOptions.defaults()),
        () -> registry.listImages(ListImagesOptions.defaults().withImage(image)),
        () -> registry.getImage(image),
        () -> registry.getTag(image, "1.0"),
        () -> registry.findTag(image, "1.0"),
        () -> registry.deleteTag(image, "1.0"),
        () -> registry.deleteTag(Tag.builder(image, "1.0").build(), DeleteOptions.defaults()),
        () -> registry.deleteImage(image, DeleteOptions.defaults()),
        () -> registry.resolveTag(image, "1.0"),
        () -> registry.getManifest(image, "1.0"),
        () -> registry.putManifest(image, "1.0", OciManifest.OCI_INDEX, INDEX),
        () -> registry.tagManifest(image, "1.0", "2.0"),
        () -> registry.deleteManifest(image, DIGEST, DeleteOptions.defaults()),
        () -> registry.listReferrers(image, DIGEST),
        () -> registry.listReferrers(image, DIGEST, "x/y"),
        () -> registry.waitUntilTagGone(image, "1.0", WaitOptions.defaults()),
        () -> registry.waitUntilManifestGone(image, DIGEST, WaitOptions.defaults()));
  }

  static Stream<String> notEvenPaths() {
    return Stream.of(
        "",
        " ",
        "/",
        "/app",
        "app/",
        "shop//app",
        ".",
        "..",
        "../app",
        "shop/../app",
        "shop/./app",
        "shop/app:1.0",
        "shop/app@" + DIGEST,
        "shop/app?n=1",
        "shop/app#x",
        "shop%2Fapp",
        "shop\\app",
        "shop/a pp",
        "shop/app\n",
        "shop/app\r\nX: y",
        "shop/\u0000app",
        "shop/caf\u00e9",
        "shop/\uff21pp",
        "a".repeat(256));
  }

  @ParameterizedTest
  @MethodSource("notEvenPaths")
  void whatIsNoPathIsNoImageAnywhere(String path) {
    assertRefused(() -> ImageRef.of(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "a.b",
        "a_b",
        "a__b",
        "a-b",
        "a---b",
        "shop/app",
        "a/b/c/d/e/f",
        "0a.b_c__d-e--f/1"
      })
  void aNameOfTheGrammarIsTaken(String name) {
    registry.listTags(ImageRef.of(name));
    registry.listTags(ImageRef.of("a".repeat(255)));
  }

  @Test
  void aNameIsWhatTheSpecificationsGrammarSays() {
    String piece = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    Pattern grammar = Pattern.compile(piece + "(?:/" + piece + ")*");
    String characters = "aaz09._-_-/A";
    Random random = new Random(1);
    int valid = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        name.append(characters.charAt(random.nextInt(characters.length())));
      }
      boolean isValid = grammar.matcher(name).matches();
      valid += isValid ? 1 : 0;
      assertEquals(isValid, isTaken(name.toString()), name::toString);
    }
    assertTrue(valid > 500, valid + " were names");
  }

  private static boolean isTaken(String name) {
    try {
      RepositoryNames.require(ImageRef.asListed(name));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Stream<String> notTags() {
    return Stream.of(
        "",
        " ",
        ".a",
        "-a",
        "a b",
        "a/b",
        "../x",
        "..",
        "a:b",
        "a@b",
        "a+b",
        "a?b",
        "a#b",
        "a%20b",
        "a\\b",
        "a\n",
        "a\u0000",
        "caf\u00e9",
        "\u0131",
        "a".repeat(129),
        DIGEST,
        "sha256:abc");
  }

  @ParameterizedTest
  @MethodSource("notTags")
  void aTagOfAnotherGrammarIsRefusedByEveryCall(String tag) {
    assertRefused(
        () -> registry.getTag(APP, tag),
        () -> registry.findTag(APP, tag),
        () -> registry.deleteTag(APP, tag),
        () -> registry.deleteTag(APP, tag, DeleteOptions.defaults().withForce()),
        () -> registry.resolveTag(APP, tag),
        () -> registry.tagManifest(APP, "1.0", tag),
        () -> registry.waitUntilTagGone(APP, tag, WaitOptions.defaults()));
    if (!tag.equals(DIGEST)) { // which is a reference to a manifest, though no tag
      assertRefused(
          () -> registry.getManifest(APP, tag),
          () -> registry.putManifest(APP, tag, OciManifest.OCI_INDEX, INDEX),
          () -> registry.tagManifest(APP, tag, "2.0"));
    }
  }

  static Stream<String> notDigests() {
    String hex = "0a".repeat(32);
    return Stream.of(
        "",
        "1.0",
        hex,
        "sha256:",
        ":" + hex,
        "sha256:abc",
        "sha256:" + "0A".repeat(32),
        "SHA256:" + hex,
        "sha256:" + hex + "0",
        "sha256:" + hex.substring(1),
        "sha256:" + "0g".repeat(32),
        "sha384:" + hex,
        "sha512:" + hex,
        "sha256:" + hex + "/../../x",
        "sha256:../" + hex.substring(3),
        "sha256: " + hex,
        "sha256:" + hex + "\n",
        "sha256:sha256:" + hex,
        "sha256+:" + hex,
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "blake3:" + hex,
        "x".repeat(300) + ":" + hex);
  }

  @ParameterizedTest
  @MethodSource("notDigests")
  void aDigestThatIsMalformedOrCannotBeVerifiedIsRefusedByEveryCall(String digest) {
    assertRefused(
        () -> registry.deleteManifest(APP, digest, DeleteOptions.defaults()),
        () -> registry.listReferrers(APP, digest),
        () -> registry.listReferrers(APP, digest, "x/y"),
        () -> registry.waitUntilManifestGone(APP, digest, WaitOptions.defaults()));
    if (digest.indexOf(':') >= 0) { // otherwise it may be a tag
      assertRefused(
          () -> registry.getManifest(APP, digest),
          () -> registry.putManifest(APP, digest, OciManifest.OCI_INDEX, INDEX),
          () -> registry.tagManifest(APP, digest, "2.0"));
    }
  }

  @Test
  void theMessageSaysWhatIsAllowed() {
    var name = assertThrows(
        IllegalArgumentException.class, () -> registry.listTags(ImageRef.of("shop/App")));
    var digest = assertThrows(
        IllegalArgumentException.class,
        () -> registry.getManifest(APP, "md5:d41d8cd98f00b204e9800998ecf8427e"));

    assertEquals(
        "not a repository name (pieces of a-z 0-9, joined by one of . _ __ or dashes, divided by"
            + " /): shop/App",
        name.getMessage());
    assertEquals(
        "a digest of md5 cannot be verified; known are sha256, sha384, sha512",
        digest.getMessage());
  }

  /** Long enough that a careless pattern would take for ever, or run out of stack. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "a-", "a__", "a.", "--", "a/"})
  void aLongNameIsLookedAtQuickly(String piece) {
    ImageRef image = ImageRef.of("b" + piece.repeat(252 / piece.length()) + "!");

    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertRefused(() -> registry.listTags(image)));
  }
}
