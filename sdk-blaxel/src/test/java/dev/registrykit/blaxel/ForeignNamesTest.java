package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that this SDK would not make. What the service calls its things is kept; what is sent is
 * judged, before anything is sent.
 */
class ForeignNamesTest extends BlaxelTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private static String image(String resourceType, String name) {
    return "{\"metadata\":{\"resourceType\":\"" + resourceType + "\",\"name\":\"" + name + "\"}}";
  }

  private static String page(String... items) {
    return "{\"data\":[" + String.join(",", items) + "],\"meta\":{\"hasMore\":false}}";
  }

  @Test
  void aTypeThatIsNotKnownIsUsedAsAnyOther() {
    emulator.addTag("volumeTemplate/disk", "1.0");

    Image image = registry.listImages().toList().get(0);
    registry.deleteTag(image.ref(), "1.0");
    registry.getImage(ImageRef.of("volumeTemplate/disk"));

    assertEquals("volumeTemplate/disk", image.ref().path());
    assertSent(
        "GET /images" + FIRST_PAGE,
        "DELETE /images/volumeTemplate/disk/tags/1.0",
        "GET /images/volumeTemplate/disk");
  }

  @ParameterizedTest
  @CsvSource({
    "sandbox, a:b",
    "sandbox, a//b",
    "sandbox, a/b",
    "sandbox, ..",
    "sandbox, .",
    "sandbox, a;b=c",
    "sandbox, a%2Fb",
    "sandbox, a?b",
    "sandbox, a b",
    "sandbox, a\\nb",
    "sandbox, a\\u0000b",
    "sandbox, \\u00e9\\u2603",
    "sandbox, a\\u202eb",
    "sandbox, a@b",
    "sandbox, '/'",
    "'', app",
    "'', sandbox/app",
    "'..', app",
    "_, app",
    "'sandbox;x', app",
    "1, app",
    "'a/b', c"
  })
  void oneNameFailsNoListingAndIsRefusedWhereItWouldBeSent(String type, String name) {
    answerNext(page(image("sandbox", "first"), image(type, name), image("agent", "last")));
    answerNext(page(image("sandbox", "first"), image(type, name), image("agent", "last")));

    List<Image> images = registry.listImages().toList();
    List<BlaxelImage> found =
        registry.listBlaxelImages(BlaxelImageFilter.defaults()).toList();

    assertEquals(3, images.size());
    assertEquals(3, found.size());
    ImageRef foreign = images.get(1).ref();
    assertEquals(foreign, found.get(1).ref());
    assertEquals(images.get(1).toString(), foreign.toString());
    assertFalse(foreign.toString().chars().anyMatch(Character::isISOControl), foreign.toString());
    emulator.clearRequests();
    assertRefused(foreign);
  }

  private void assertRefused(ImageRef image) {
    for (Executable call : List.<Executable>of(
        () -> registry.getImage(image),
        () -> registry.describeImage(image),
        () -> registry.describeSharedImage(image, "owner"),
        () -> registry.listTags(image),
        () -> registry.listSharedTags(image, "owner", ListTagsOptions.defaults()),
        () -> registry.listImages(ListImagesOptions.defaults().withImage(image)),
        () -> registry.getTag(image, "1.0"),
        () -> registry.findTag(image, "1.0"),
        () -> registry.deleteTag(image, "1.0"),
        () -> registry.deleteTag(Tag.builder(image, "1.0").build(), STRICT),
        () -> registry.waitUntilTagGone(image, "1.0", WaitOptions.defaults()),
        () -> registry.waitUntilImageGone(image, WaitOptions.defaults()),
        () -> registry.deleteImage(image, STRICT.ignoringMissing()),
        () -> registry.createImage(CreateImageOptions.of(image)),
        () -> registry.waitUntilBuilt(image, WaitOptions.defaults()),
        () -> registry.listShares(image),
        () -> registry.shareImage(image, "other"),
        () -> registry.shareImage(image, "other", "account"),
        () -> registry.unshareImage(image, "other"))) {
      var refusal = assertThrows(IllegalArgumentException.class, call);
      assertFalse(refusal.getMessage().chars().anyMatch(Character::isISOControl));
    }
    assertNothingSent();
  }

  @Test
  void aTypeThatIsLeftOutIsKeptSo() {
    answerNext(page("{\"metadata\":{\"name\":\"demo\"}}"));

    assertEquals("/demo", registry.listImages().toList().get(0).ref().path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "..", "a:b", "\\u00e9", "-x", ".x"})
  void aTagOutsideTheGrammarFailsNoListing(String name) {
    answerNext(page("{\"name\":\"1.0\"}", "{\"name\":\"" + name + "\"}"));

    Tag tag = registry.listTags(APP).toList().get(1);

    emulator.clearRequests();
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(tag, STRICT));
    assertNothingSent();
  }

  @Test
  void pendingSharesOfForeignNamesAreListed() {
    answerNext(text(
        "[{\"id\":\"1\",\"resourceType\":\"volumeTemplate\",\"imageName\":\"disk\"},",
        "{\"id\":\"../x\",\"resourceType\":\"sandbox\",\"imageName\":\"a:b\"}]"));

    List<PendingShare> shares = registry.listPendingShares(ShareDirection.INCOMING);

    assertEquals("volumeTemplate/disk", shares.get(0).image().path());
    assertEquals("sandbox/a:b", shares.get(1).image().path());
    emulator.clearRequests();
    assertThrows(
        IllegalArgumentException.class, () -> registry.acceptShare(shares.get(1).id()));
    assertNothingSent();
  }

  @Test
  void identifiersAndWorkspacesOfOtherShapesAreSentBackIfThatIsHarmless() {
    answerNext("[{\"workspace\":\"a.b\",\"status\":\"odd\"}]");
    String workspace = registry.listShares(APP).get(0).workspace();
    emulator.failNext("DELETE", "", 1, Fault.status(204, "", ""));
    registry.unshareImage(APP, workspace);
    emulator.failNext("POST", "", 1, Fault.status(204, "", ""));
    registry.declineShare("_x.1");

    assertSent(
        "GET /images/sandbox/app/share",
        "DELETE /images/sandbox/app/share/a.b",
        "POST /pending-image-shares/_x.1/decline");
  }

  @ParameterizedTest
  @CsvSource({"volumeTemplate, disk", "sandbox, a:b", "sandbox, a//b", "'', app"})
  void acceptingAShareDoesNotFailAfterItTookEffect(String type, String name) {
    answerNext(image(type, name));

    assertEquals(type + "/" + name, registry.acceptShare("1").ref().path());
  }
}
