package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleting a tag that another deletion left on its placeholder, or works with. */
class LeftPlaceholderTest extends GithubTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private String original;
  private String placeholder;
  private String version;

  @BeforeEach
  void leaveOne() {
    original = emulator.pushIndex(PATH, "latest", emulator.pushImage(PATH, null, "amd64", null));
    placeholder = emulator.putManifest(
        PATH, "1.0", OciManifest.OCI_INDEX, """
            {"schemaVersion": 2, "mediaType": "%s", "manifests": [],
             "annotations": {"dev.registrykit.placeholder": "0",
               "dev.registrykit.placeholder.original-digest": "%s"}}
            """.formatted(OciManifest.OCI_INDEX, original)
            .getBytes(StandardCharsets.UTF_8));
    version = VERSIONS + "/" + idOf(placeholder);
  }

  private void assertLeft() {
    assertEquals(placeholder, emulator.tags(PATH).get("1.0"));
    assertEquals(original, emulator.tags(PATH).get("latest"));
  }

  private List<String> changes() {
    return sent().stream().filter(line -> !line.matches("(GET|HEAD) .*")).toList();
  }

  @ParameterizedTest
  @EnumSource(StrictDeletion.class)
  void itsDeletionIsFinishedAndTheOriginalIsNamed(StrictDeletion way) {
    use(builder().strictDeletion(way));

    DeleteResult result = registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(original));

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, original), result);
    assertEquals(Map.of("latest", original), emulator.tags(PATH));
    assertEquals(List.of("DELETE " + version), changes());
  }

  @Test
  void itStaysWhereAnotherOriginalIsRequired() {
    String other = Emulator.digestOf("other");

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(other)));

    assertLeft();
    assertEquals(List.of(), changes());
  }

  @Test
  void itStaysWhereItHasAnotherTagByNow() {
    emulator.moveTag(PATH, "copied", placeholder);

    ConflictException e =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("the tags copied"), e::getMessage);
    assertLeft();
    assertEquals(List.of(), changes());
  }

  @Test
  void itStaysWhereItsTagWasPushedSinceTheLook() {
    emulator.beforeNext("GET", version, () -> emulator.moveTag(PATH, "1.0", original));

    ConflictException e =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("another works with"), e::getMessage);
    assertEquals(Map.of("1.0", original, "latest", original), emulator.tags(PATH));
    assertEquals(List.of(), changes());
  }

  @Test
  void anotherThatDeletesItFirstIsNoMissingPermission() {
    try (GithubRegistry another = builder().build()) {
      emulator.beforeNext("DELETE", version, () -> another.deleteTag(APP, "1.0"));

      assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());
    }

    assertEquals(Map.of("latest", original), emulator.tags(PATH));
  }

  @Test
  void whoMayNotDeleteItHearsThat() {
    use(builder(TokenKind.CLASSIC_WITHOUT_ADMIN));

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("the role Admin for the package"), e::getMessage);
    assertLeft();
  }

  @Test
  void aDeletionThatWasOnlySaidToBeDoneIsNoSuccess() {
    emulator.failNext("DELETE", version, 1, Fault.status(204));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("still shows it"), e::getMessage);
    assertLeft();
  }
}
