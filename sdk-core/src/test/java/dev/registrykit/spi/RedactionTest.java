package dev.registrykit.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.AuthenticationException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server may say back what it was sent; an exception must not. */
class RedactionTest {

  private static final String SECRET = "0000-very-secret";

  private final TransportFixture fixture =
      new TransportFixture().with(request -> Map.of("Authorization", "Bearer " + SECRET));

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void aCredentialThatARefusalEchoesIsHidden() {
    fixture.replies(
        Reply.body(401, "Zoë, unknown token " + SECRET + "!", "X-Request-Id: " + SECRET));

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> fixture.get("/x"));

    assertEquals("Zoë, unknown token (hidden)!", e.body());
    assertFalse((e.getMessage() + e.requestId() + e.headers()).contains(SECRET), e.getMessage());
  }

  @Test
  void whatARegistryAnswersToASuccessIsLeftAlone() {
    fixture.replies(Reply.body(200, SECRET));

    assertEquals(SECRET, new String(fixture.get("/x").body(), StandardCharsets.UTF_8));
  }

  @Test
  void shortValuesAreNoSecrets() {
    fixture
        .with(request -> Map.of("X-Mode", "to", "X-Empty", ""))
        .replies(Reply.body(401, "unknown token"));

    assertEquals(
        "unknown token",
        assertThrows(AuthenticationException.class, () -> fixture.get("/x")).body());
  }
}
