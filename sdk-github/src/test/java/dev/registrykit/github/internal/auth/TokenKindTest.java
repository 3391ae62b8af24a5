package dev.registrykit.github.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What kind a token is of, and what is said of what each kind needs. */
class TokenKindTest {

  @ParameterizedTest
  @CsvSource({
    "ghp_0123, CLASSIC",
    "gho_0123, OAUTH",
    "ghu_0123, APP_USER",
    "ghs_0123, INSTALLATION",
    "github_pat_0123, FINE_GRAINED",
    "0123456789abcdef0123456789abcdef01234567, OTHER",
    "GHP_0123, OTHER",
    "'', OTHER"
  })
  void itsBeginningTellsTheKind(String token, TokenKind kind) {
    assertEquals(kind, TokenKind.of(token));
  }

  private static List<String> advice(TokenKind kind) {
    return List.of(
        kind.whatListingTakes(),
        kind.whatReadingTakes(),
        kind.whatDeletingTakes(),
        kind.whatPushingTakes(),
        kind.whatRestoringTakes());
  }

  @Test
  void aWorkflowsTokenNeedsPermissions() {
    assertTrue(TokenKind.INSTALLATION.hasNoUser());
    advice(TokenKind.INSTALLATION)
        .forEach(text -> assertTrue(text.startsWith("the token of a workflow (ghs_…) "), text));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INSTALLATION")
  void anyOtherNeedsScopes(TokenKind kind) {
    assertFalse(kind.hasNoUser());
    advice(kind).forEach(text -> {
      assertTrue(text.contains("scope"), text);
      assertFalse(text.contains("workflow"), text);
    });
  }
}
