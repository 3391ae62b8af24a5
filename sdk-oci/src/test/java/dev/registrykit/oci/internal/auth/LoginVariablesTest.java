package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which login stands in environment variables. */
class LoginVariablesTest {

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String pair : text.split(" ")) {
      variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return variables;
  }

  private static Optional<Login> login(String text) {
    return LoginVariables.of(variables(text), null);
  }

  @Test
  void aLoginIsANameAndAPasswordOrOneOfTwoTokens() {
    assertEquals(
        Optional.of(Login.basic("lisa", "hush")), login("OCI_USERNAME=lisa OCI_PASSWORD=hush"));
    assertEquals(Optional.of(Login.bearer("hush")), login("OCI_TOKEN=hush"));
    assertEquals(Optional.of(Login.identityToken("hush")), login("OCI_IDENTITY_TOKEN=hush"));
  }

  @Test
  void aPasswordAloneIsEnoughWhereTheRegistryHasOneName() {
    assertEquals(
        Optional.of(Login.basic("AWS", "hush")),
        LoginVariables.of(variables("OCI_PASSWORD=hush"), "AWS"));
    assertEquals(
        Optional.of(Login.basic("lisa", "hush")),
        LoginVariables.of(variables("OCI_USERNAME=lisa OCI_PASSWORD=hush"), "AWS"));
  }

  @Test
  void noVariableAndAnEmptyOneAreNoLogin() {
    assertEquals(Optional.empty(), LoginVariables.of(Map.of(), null));
    assertEquals(
        Optional.empty(),
        login("OCI_USERNAME= OCI_PASSWORD= OCI_TOKEN= OCI_IDENTITY_TOKEN= DOCKER_CONFIG=/x"));
    assertEquals(Optional.of(Login.bearer("hush")), login("OCI_USERNAME= OCI_TOKEN=hush"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OCI_USERNAME=lisa",
        "OCI_USERNAME=lisa OCI_PASSWORD=",
        "OCI_PASSWORD=hush",
        "OCI_USERNAME=lisa OCI_TOKEN=hush",
        "OCI_USERNAME=lisa OCI_PASSWORD=hush OCI_TOKEN=hush",
        "OCI_USERNAME=lisa OCI_PASSWORD=hush OCI_IDENTITY_TOKEN=hush",
        "OCI_TOKEN=hush OCI_IDENTITY_TOKEN=hush",
        "OCI_USERNAME=li:sa OCI_PASSWORD=hush",
        "OCI_TOKEN=hush\n"
      })
  void halfALoginAndTwoAreRefusedWithoutRepeatingThem(String text) {
    var failure = assertThrows(IllegalArgumentException.class, () -> login(text));

    assertFalse(failure.getMessage().contains("hush"), failure.getMessage());
    assertFalse(failure.getMessage().contains("lisa"), failure.getMessage());
  }
}
