package dev.registrykit.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "7f0c-a_b.c~d", "with blank inside", "!\"#$%&'()*+,-./:;<=>?@[]^`{|}"})
  void printableAsciiCanStandInAHeader(String secret) {
    assertEquals(secret, Secrets.requireHeaderValue(secret, "secretKey"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5ecret\n",
        "5ecret\r\nX-Admin: 1",
        "5ec\nret",
        "5ecret\t",
        "5ec\tret",
        " 5ecret",
        "5ecret ",
        "5ecret\0",
        "5ecret\u007f",
        "5ecret\u0085x",
        "5ecretü",
        "5ecret☃"
      })
  void whatCannotIsRefusedAndNeverRepeated(String secret) {
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> Secrets.requireHeaderValue(secret, "secretKey"));

    assertTrue(e.getMessage().startsWith("secretKey "), e.getMessage());
    assertFalse(e.getMessage().contains("5e"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void anEmptySecretIsRefused(String secret) {
    assertThrows(
        IllegalArgumentException.class, () -> Secrets.requireHeaderValue(secret, "secretKey"));
  }

  @Test
  void noSecretIsANullPointerExceptionThatNamesIt() {
    assertEquals(
        "secretKey",
        assertThrows(
                NullPointerException.class, () -> Secrets.requireHeaderValue(null, "secretKey"))
            .getMessage());
  }
}
