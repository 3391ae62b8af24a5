package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMatcherTest {

  @ParameterizedTest
  @CsvSource({
    "shop/*, shop/web, true",
    "shop/*, shop/web/dev, false",
    "shop/*, shop, false",
    "shop/*, workshop/web, false",
    "shop/*, shop/web\u0007, true",
    "shop/**, shop/web, true",
    "shop/**, shop/web/dev, true",
    "shop/**, shop, false",
    "**/web, web, true",
    "**/web, shop/eu/web, true",
    "**/web, shop/cobweb, false",
    "shop/**/web, shop/web, true",
    "shop/**/web, shop/eu/fr/web, true",
    "shop/**/web, shop/euweb, false",
    "*/web, shop/web, true",
    "*/web, web, false",
    "*/web, shop/eu/web, false",
    "shop/w?b, shop/wob, true",
    "shop/w?b, shop/w/b, false",
    "shop/w.b, shop/wxb, false",
    "shop/web, shop/web, true",
    "Shop/web, shop/web, false"
  })
  void globsMatchWholePathsPieceByPiece(String glob, String path, boolean matches) {
    assertEquals(matches, ImageMatcher.glob(glob).matches(ImageRef.asListed(path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "**",
        "?*",
        "*/*",
        "**/*",
        "/",
        "shop//*",
        "/shop",
        "shop/",
        "shop/a**",
        "a b",
        "${IMAGES}",
        "shop/web:1",
        "shop/../*",
        "docker.io:443/x"
      })
  void globsThatAreEmptyMalformedOrEverythingAreRefused(String glob) {
    assertThrows(IllegalArgumentException.class, () -> ImageMatcher.glob(glob));
  }

  @Test
  void allIsEveryImage() {
    assertTrue(ImageMatcher.all().matches(ImageRef.asListed("a/b/\u00e9\n")));
  }

  @ParameterizedTest
  @CsvSource({
    "shop/*, shop/",
    "shop/eu/web, shop/eu/",
    "shop/w*/x, shop/",
    "shop/**, shop/",
  })
  void thePiecesBeforeTheFirstSignAreAskedFor(String glob, String prefix) {
    assertEquals(prefix, ImageMatcher.glob(glob).listing().pathPrefix().orElseThrow());
  }

  @Test
  void withoutSuchAPieceEverythingIsAskedFor() {
    assertTrue(ImageMatcher.glob("w*/x").listing().pathPrefix().isEmpty());
    assertTrue(ImageMatcher.all().listing().pathPrefix().isEmpty());
  }

  @Test
  void twoAreEqualIfTheirTextsAre() {
    assertEquals(ImageMatcher.glob("shop/*"), ImageMatcher.glob("shop/*"));
    assertNotEquals(ImageMatcher.glob("shop/*"), ImageMatcher.glob("shop/**"));
    assertEquals("images like \"shop/*\"", ImageMatcher.glob("shop/*").toString());
  }

  @Test
  @Timeout(30) // to try all ways of dividing the path among the signs would take years
  void aPathThatNearlyMatchesIsToldInProportionToItsLength() {
    ImageRef stars = ImageRef.of("a".repeat(255));
    ImageRef pieces = ImageRef.of("a/".repeat(127) + "a");

    assertFalse(ImageMatcher.glob("a*".repeat(20) + "b").matches(stars));
    assertTrue(ImageMatcher.glob("a*".repeat(20) + "a").matches(stars));
    assertFalse(ImageMatcher.glob("**/a/".repeat(20) + "b").matches(pieces));
    assertTrue(ImageMatcher.glob("**/a/".repeat(20) + "a").matches(pieces));
  }

  /** As a search that tries everything matches short paths. */
  @Test
  void globsMatchAsTheyAlwaysDid() {
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      List<String> glob = pieces(random, List.of("**", "a", "b", "a*", "*b", "*", "?", "a*b*"));
      List<String> path = pieces(random, List.of("a", "b", "ab", "ba", "abab"));
      if (!String.join("", glob).matches("[*?]+")) {
        ImageRef image = ImageRef.of(String.join("/", path));
        assertEquals(
            isMatch(glob, path),
            ImageMatcher.glob(String.join("/", glob)).matches(image),
            () -> glob + " and " + path);
      }
    }
  }

  private static List<String> pieces(Random random, List<String> choice) {
    return random
        .ints(1 + random.nextInt(6), 0, choice.size())
        .mapToObj(choice::get)
        .toList();
  }

  private static boolean isMatch(List<String> glob, List<String> path) {
    if (glob.isEmpty()) {
      return path.isEmpty();
    }
    List<String> rest = glob.subList(1, glob.size());
    if (glob.get(0).equals("**")) {
      return rest.isEmpty()
          ? !path.isEmpty()
          : isMatch(rest, path) || (!path.isEmpty() && isMatch(glob, path.subList(1, path.size())));
    }
    return !path.isEmpty()
        && path.get(0).matches(glob.get(0).replace("*", ".*").replace("?", "."))
        && isMatch(rest, path.subList(1, path.size()));
  }
}
