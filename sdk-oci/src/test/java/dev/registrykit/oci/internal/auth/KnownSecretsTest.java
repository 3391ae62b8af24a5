package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {

  private final KnownSecrets secrets = new KnownSecrets();

  @Test
  void ofManyTokensTheLatest16AreKnown() {
    for (int i = 1; i <= 16; i++) {
      secrets.addToken("token-" + i);
    }
    assertEquals(16, secrets.all().size());

    secrets.addToken("token-17");

    assertEquals("token-2", List.copyOf(secrets.all()).get(0));
    assertEquals("token-17", List.copyOf(secrets.all()).get(15));
  }

  @Test
  void tokensDoNotDriveOutTheLogin() {
    secrets.add(TokenLab.LOGIN);
    for (int i = 1; i <= 100; i++) {
      secrets.addToken("token-" + i);
    }

    assertEquals(TokenLab.LOGIN.secrets(), List.copyOf(secrets.all()).subList(0, 2));
  }
}
