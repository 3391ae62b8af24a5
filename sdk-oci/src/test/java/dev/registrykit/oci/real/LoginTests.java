package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.AuthenticationException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.Tag;
import dev.registrykit.oci.OciRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logging in to a real server. */
abstract class LoginTests extends RealServerTests {

  LoginTests(ServerOfClass server) {
    super(server);
  }

  @Test
  void whoLogsInReadsAndDeletes() {
    TestImage image = push(APP, "shared", "1.0", "1", "latest");

    assertEquals(3, registry().listTags(APP).toList().size());
    assertEquals(image.digest(), registry().resolveTag(APP, "1.0"));
    assertEquals(DeleteOutcome.DELETED, registry().deleteTag(APP, "1.0").outcome());

    witnesses().assertTags(APP, "1", "latest");
    witnesses().assertBytes(image.manifest(), APP, "latest");
    assertEquals(
        List.of("1", "latest"),
        registry().listTags(APP).stream().map(Tag::name).sorted().toList());
  }

  @Test
  void whoLogsInListsImages() {
    push(APP, "content", "1.0");

    assertEquals(
        List.of(APP), registry().listImages().stream().map(image -> image.ref()).toList());
  }

  @Test
  void aStrangerIsRefused() {
    push(APP, "content", "1.0");
    try (OciRegistry stranger =
        OciRegistry.builder().registry(server().host()).httpClient(CLIENT).build()) {
      assertThrows(AuthenticationException.class, () -> stranger.listTags(APP).toList());
      assertThrows(AuthenticationException.class, () -> stranger.deleteTag(APP, "1.0"));
    }
    witnesses().assertTags(APP, "1.0");
  }

  @Test
  void aWrongPasswordIsRefused() {
    push(APP, "content", "1.0");
    try (OciRegistry stranger = builder(ServerConfiguration.USER, "wrong").build()) {
      assertThrows(AuthenticationException.class, () -> stranger.listTags(APP).toList());
      assertThrows(AuthenticationException.class, () -> stranger.deleteTag(APP, "1.0"));
    }
    witnesses().assertTags(APP, "1.0");
  }
}
