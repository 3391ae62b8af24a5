package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import org.junit.jupiter.api.Test;
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
}
