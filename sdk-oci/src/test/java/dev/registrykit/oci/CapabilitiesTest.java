package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageRef;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is learnt of how a registry deletes, and what becomes of it when that changes. */
class CapabilitiesTest extends OciDeletionTest {

  private void delete(String tag) {
    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, tag).outcome());
  }

  @Test
  void thatTagsCannotBeDeletedIsLearntOnce() {
    push("app", "1.0", "2.0", "3.0");

    delete("1.0");
    assertSent(List.of("DELETE manifests/1.0"), byPlaceholder("1.0"));
    emulator.clearRequests();
    delete("2.0");

    assertEquals(byPlaceholder("2.0"), sent());
  }

  @Test
  void itIsLearntFromAMissingTagToo() {
    push("app", "1.0");
    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "no"));
    // Listed, it would be a tag that lost its manifest.
    assertSent("DELETE manifests/no", "GET manifests/no", "GET tags/list?n=1000");
    emulator.clearRequests();

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "no"));

    assertSent("GET manifests/no", "GET tags/list?n=1000");
  }

  @Test
  void itIsLearntForEachImage() {
    push("app", "1.0", "2.0");
    String digest = emulator
        .addTag("shop/other", "1.0", TagContent.of("other").withDates(null, null))
        .digest();
    delete("1.0");
    emulator.clearRequests();

    registry.deleteTag(ImageRef.of("shop/other"), "1.0");

    assertEquals(
        "DELETE /v2/shop/other/manifests/1.0", emulator.requests().get(0).toString());
    assertEquals(7, emulator.requestCount());
    assertEquals(List.of(digest), emulator.manifests("shop/other"));
  }

  @Test
  void itIsForgottenWithTheRegistryObject() {
    push("app", "1.0", "2.0");
    delete("1.0");
    emulator.clearRequests();

    try (OciRegistry other = builder().build()) {
      other.deleteTag(APP, "2.0");
    }

    assertSent(List.of("DELETE manifests/2.0"), byPlaceholder("2.0"));
  }

  @Test
  void aRefusalThatSaysNothingAboutItTeachesNothing() {
    push("app", "1.0", "2.0");
    emulator.failNext("DELETE", "", 1, refusal(403, "DENIED"));
    assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "1.0"));
    emulator.clearRequests();

    delete("1.0");

    assertSent(List.of("DELETE manifests/1.0"), byPlaceholder("1.0"));
  }

  @Test
  void anAnswerWithoutACodeTeachesNothing() {
    push("app", "1.0", "2.0");
    emulator.failNext("DELETE", "", 2, text(404));
    delete("1.0");
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.clearRequests();

    delete("2.0");

    assertSent("DELETE manifests/2.0", "GET manifests/2.0");
  }

  @Test
  void aForcedDeletionAsksEachTimeForSiblingsAreAtStake() {
    push("app", "1.0", "2.0", "3.0");
    delete("1.0");
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.clearRequests();

    assertEquals(List.of(), registry.deleteTag(APP, "2.0", FORCED).deletedWith());

    assertSent("DELETE manifests/2.0", "GET manifests/2.0");
    assertEquals(List.of("3.0"), emulator.tagNames(REPOSITORY));
  }

  // Contradictions

  @Test
  void aRegistryThatStopsDeletingTagsIsUsedOtherwise() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    push("app", "1.0", "2.0", "3.0", "4.0");
    delete("1.0");
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    emulator.clearRequests();

    delete("2.0");
    assertSent(List.of("DELETE manifests/2.0"), byPlaceholder("2.0"));
    emulator.clearRequests();
    delete("3.0");

    assertEquals(byPlaceholder("3.0"), sent());
    assertEquals(List.of("4.0"), emulator.tagNames(REPOSITORY));
  }

  @Test
  void aRegistryThatDeletesTagsInsteadOfManifestsIsUsedOtherwise() {
    push("app", "1.0", "2.0", "3.0", "4.0");
    delete("1.0");
    emulator.personality(OciPersonality.DISTRIBUTION_3_0_DELETE_DISABLED);
    emulator.clearRequests();

    delete("2.0");
    assertSent("GET manifests/2.0", PROBE, "DELETE manifests/2.0", "GET manifests/2.0");
    emulator.clearRequests();
    delete("3.0");

    assertSent("DELETE manifests/3.0", "GET manifests/3.0");
    assertEquals(List.of("4.0"), emulator.tagNames(REPOSITORY));
  }

  @Test
  void aRegistryThatStopsDeletingAtAllSaysSoEachTime() {
    push("app", "1.0", "2.0");
    delete("1.0");
    emulator.personality(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED);
    emulator.clearRequests();

    assertThrows(UnsupportedFeatureException.class, () -> registry.deleteTag(APP, "2.0"));
    assertSent("GET manifests/2.0", PROBE, "DELETE manifests/2.0", "GET manifests/2.0", PROBE);
    emulator.clearRequests();
    assertThrows(UnsupportedFeatureException.class, () -> registry.deleteTag(APP, "2.0"));
    assertSent("DELETE manifests/2.0", "GET manifests/2.0", PROBE);
  }

  @Test
  void deletionThatIsSwitchedOnLaterIsUsed() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_1_DELETE_DISABLED);
    push("app", "1.0", "2.0");
    assertThrows(UnsupportedFeatureException.class, () -> registry.deleteTag(APP, "1.0"));
    emulator.personality(OciPersonality.DISTRIBUTION_3_1);
    emulator.clearRequests();

    delete("1.0");

    assertSent("DELETE manifests/1.0", "GET manifests/1.0");
  }
}
