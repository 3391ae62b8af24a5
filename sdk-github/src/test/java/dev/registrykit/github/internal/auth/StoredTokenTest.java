package dev.registrykit.github.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that Docker stored, which is looked for once. */
class StoredTokenTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir
  Path home;

  private StoredToken storing(String password) throws IOException {
    String auth = Base64.getEncoder()
        .encodeToString(("somebody:" + password).getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        Files.createDirectories(home.resolve(".docker")).resolve("config.json"),
        "{\"auths\":{\"ghcr.io\":{\"auth\":\"" + auth + "\"}}}");
    return new StoredToken(Map.of("HOME", home.toString()), "ghcr.io");
  }

  @Test
  void itIsKnownOnceItWasFoundAndNotLookedForAgain() throws IOException {
    StoredToken source = storing("ghs_stored");
    assertEquals(Optional.empty(), source.atHand());
    assertEquals(TokenKind.OTHER, source.kind());

    assertEquals("ghs_stored", source.token("get image a/b", LIMIT));

    Files.delete(home.resolve(".docker").resolve("config.json"));
    assertEquals("ghs_stored", source.token("get image a/b", LIMIT));
    assertEquals(Optional.of("ghs_stored"), source.atHand());
    assertEquals(TokenKind.INSTALLATION, source.kind());
  }

  @Test
  void whereThereIsNoneThatIsSaidOfWhatWasAskedFor() {
    StoredToken source = new StoredToken(Map.of("HOME", home.toString()), "ghcr.io");

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> source.token("get image a/b", LIMIT));

    assertEquals("get image a/b", e.operation());
    assertEquals(0, e.attempts());
    assertTrue(e.getMessage().contains("log in to ghcr.io with docker"), e::getMessage);
  }

  @Test
  void oneThatFitsIntoNoHeaderIsRefusedAndNotRepeated() throws IOException {
    StoredToken source = storing("ghp_two\nlines");

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> source.token("get image a/b", LIMIT));

    assertTrue(e.getMessage().contains("the stored token"), e::getMessage);
    assertFalse(e.getMessage().contains("ghp_two"), e::getMessage);
    assertEquals(Optional.empty(), source.atHand());
  }

  @Test
  void aFineGrainedOneIsRefusedAndNotKept() throws IOException {
    StoredToken source = storing("github_pat_stored");

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> source.token("get image a/b", LIMIT));

    assertTrue(e.getMessage().contains("fine-grained"), e::getMessage);
    assertEquals(Optional.empty(), source.atHand());
  }

  @Test
  void textsHoldNoToken() throws IOException {
    StoredToken source = storing("ghp_stored");
    source.token("get image a/b", LIMIT);

    assertEquals("stored login of ghcr.io", source.toString());
    assertEquals("given token", TokenSource.of("ghp_given").toString());
  }
}
