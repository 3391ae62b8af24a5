package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

  @Test
  void aPasswordIsSentInUtf8() { // RFC 7617 §2.1 has this example
    assertEquals(
        Optional.of("Basic dGVzdDoxMjPCow=="), Login.basic("test", "123\u00a3").authorization());
  }

  @Test
  void aPasswordMayHaveSeveralLines() {
    assertEquals(
        Optional.of("Basic X2pzb25fa2V5OnsKfQo="),
        Login.basic("_json_key", "{\n}\n").authorization());
  }

  @Test
  void aLoginShowsOfWhatKindItIsAndNoMore() {
    assertEquals("Given[login=anonymous]", Logins.of(Login.anonymous()).toString());
    assertEquals(
        "Given[login=basic(hidden)]", Logins.of(Login.basic("lisa", "x")).toString());
    assertEquals("Given[login=bearer(hidden)]", Logins.of(Login.bearer("x")).toString());
    assertEquals(
        "Given[login=identityToken(hidden)]",
        Logins.of(Login.identityToken("x")).toString());
  }

  @Test
  void aUserMayHaveBlanksInTheName() {
    assertEquals(
        Optional.of("Basic TGlzYSBNYXkgOng="), Login.basic("Lisa May ", "x").authorization());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", ":b", "a\nb", "a\u001f", "a\u0000"})
  void aUserIsRefusedThatCannotBeSent(String user) {
    assertThrows(IllegalArgumentException.class, () -> Login.basic(user, "p"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret\n", "sec\rret", "\u007fsecret"})
  void aTokenWithALineBreakIsRefusedWithoutRepeatingIt(String secret) {
    for (var make : List.<org.junit.jupiter.api.function.Executable>of(
        () -> Login.bearer(secret), () -> Login.identityToken(secret))) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, make);
      assertFalse(e.getMessage().contains("sec"), e.getMessage());
    }
  }

  @Test
  void nullIsRefused() {
    assertThrows(NullPointerException.class, () -> Login.basic(null, "p"));
    assertThrows(NullPointerException.class, () -> Login.basic("u", null));
    assertThrows(NullPointerException.class, () -> Login.bearer(null));
    assertThrows(NullPointerException.class, () -> Login.identityToken(null));
    assertThrows(NullPointerException.class, () -> Logins.of(null));
  }
}
