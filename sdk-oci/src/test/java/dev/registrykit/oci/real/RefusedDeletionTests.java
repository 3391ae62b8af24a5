package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.UnsupportedFeatureException;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Deleting on a real server that was set up to delete nothing: it says so, and nothing has changed. */
abstract class RefusedDeletionTests extends RealServerTests {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCE = STRICT.withForce();

  private TestImage image;

  RefusedDeletionTests(ServerOfClass server) {
    super(server);
  }

  @BeforeEach
  void pushTwoTags() {
    image = push(APP, "shared", "1.0", "latest");
  }

  @AfterEach
  void nothingHasChanged() throws IOException {
    witnesses().assertTags(APP, "1.0", "latest");
    witnesses().assertBytes(image.manifest(), APP, "1.0");
    witnesses().assertBytes(image.manifest(), APP, "latest");
    if (server().kind().isEmptiedByFolder()) {
      assertEquals(Set.of(image.digest()), server().manifestDigests(APP.path()));
    }
  }

  private static void assertSaysDisabled(Executable deletion) {
    UnsupportedFeatureException e = assertThrows(UnsupportedFeatureException.class, deletion);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("deletion is disabled on this registry"), message);
  }

  @Test
  void aTagIsNotDeleted() {
    assertSaysDisabled(() -> registry().deleteTag(APP, "1.0"));
  }

  @Test
  void aTagIsNotDeletedOnSecondThoughtEither() {
    assertSaysDisabled(() -> registry().deleteTag(APP, "1.0"));
    assertSaysDisabled(() -> registry().deleteTag(APP, "1.0"));
  }

  @Test
  void aTagIsNotDeletedByForce() {
    assertSaysDisabled(() -> registry().deleteTag(APP, "1.0", FORCE));
  }

  @Test
  void aManifestIsNotDeleted() {
    assertSaysDisabled(() -> registry().deleteManifest(APP, image.digest(), FORCE));
  }

  @Test
  void askedWhetherItDeletesItSaysNo() {
    assertFalse(registry().checkSupport(APP, Feature.DELETE_TAG));
    assertFalse(registry().checkSupport(APP, Feature.DELETE_IMAGE));
  }

  @Test
  void anImageIsNotDeleted() {
    assertSaysDisabled(() -> registry().deleteImage(APP, STRICT));
  }
}
