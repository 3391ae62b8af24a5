package dev.registrykit.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryUriTest {

  private enum Use {
    AS_PRESET,
    ALLOWED
  }

  private static RegistryUri parse(String uri) {
    return RegistryUri.parse(
        URI.create(uri),
        "test://<host>",
        "base-url",
        "plain-http",
        "placeholder",
        "refresh-tokens",
        "trusted-realm-host*");
  }

  private static String refusalOf(String uri) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> parse(uri)).getMessage();
    assertFalse(message.contains("5ecret"), message);
    return message;
  }

  @Test
  void aUriWithoutParametersSaysItsAuthority() {
    RegistryUri uri = parse("test://my_workspace:5000");

    assertEquals("my_workspace:5000", uri.authority());
    assertEquals(Optional.empty(), uri.parameter("base-url"));
    assertEquals(List.of(), uri.parameters("trusted-realm-host"));
    assertTrue(uri.isTrue("plain-http", true));
    assertFalse(uri.isTrue("plain-http", false));
    assertEquals(Optional.empty(), uri.constant("placeholder", Use.class));
    assertEquals("test://<host>", uri.toString());
  }

  @Test
  void parametersAreReadByTheirNames() {
    RegistryUri uri = parse("test://x?base-url=http://localhost:80/a&plain-http=true"
        + "&refresh-tokens=false&placeholder=as-preset");

    assertEquals(Optional.of("http://localhost:80/a"), uri.parameter("base-url"));
    assertTrue(uri.isTrue("plain-http", false));
    assertFalse(uri.isTrue("refresh-tokens", true));
    assertEquals(Optional.of(Use.AS_PRESET), uri.constant("placeholder", Use.class));
  }

  @ParameterizedTest
  @CsvSource({
    "base-url=http%3A%2F%2Fx%3Fa%26b, http://x?a&b",
    "base%2Durl=x,                    x",
    "base-url=a=b,                    a=b",
    "base-url=a+b,                    a+b",
    "base-url=a%2Bb%20c,              a+b c",
    "base-url=Zo%C3%AB,               Zoë",
  })
  void namesAndValuesAreDecoded(String query, String value) {
    assertEquals(Optional.of(value), parse("test://x?" + query).parameter("base-url"));
  }

  @Test
  void aParameterThatMayComeSeveralTimesKeepsAllItsValues() {
    RegistryUri uri = parse("test://x?trusted-realm-host=a&base-url=u&trusted-realm-host=b");

    assertEquals(List.of("a", "b"), uri.parameters("trusted-realm-host"));
    assertEquals(Optional.of("a"), uri.parameter("trusted-realm-host"));
  }

  @Test
  void anyOtherMayComeOnce() {
    assertEquals(
        "the parameter base-url is there twice",
        refusalOf("test://x?base-url=5ecret&base-url=5ecret2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base-url", "base-url=", "trusted-realm-host=", "base%2Durl"})
  void anEmptyValueIsRefused(String query) {
    assertTrue(refusalOf("test://x?" + query).endsWith(" has no value"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"region=5ecret", "Base-Url=5ecret", "base_url=5ecret"})
  void anUnknownParameterIsRefusedWithThoseThereAre(String query) {
    assertEquals(
        "unknown parameter " + query.substring(0, query.indexOf('='))
            + " in a registry URI; there are "
            + "[base-url, placeholder, plain-http, refresh-tokens, trusted-realm-host]",
        refusalOf("test://x?" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&base-url=x",
        "=5ecret",
        "trusted-realm-host*=5ecret",
        "a5ecretThatLostItsNameAndIsLongerThanANameMayBe",
        "very%205ecret"
      })
  void aNameThatMayBeAValueIsNotRepeated(String query) {
    assertTrue(refusalOf("test://x?" + query).contains("unknown parameter in"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord",
        "pass%77ord",
        "secret-key",
        "api-key",
        "apikey",
        "key",
        "token",
        "bearer_token",
        "refresh-token",
        "credentials",
        "client-credentials",
        "authorization",
        "basic-auth",
        "login",
        "username",
        "user"
      })
  void aParameterThatIsNamedLikeASecretIsRefused(String name) {
    String refusal = "a registry URI holds no credentials: they are given as variables";

    assertEquals(refusal, refusalOf("test://x?" + name + "=5ecret"));
    assertEquals(refusal, refusalOf("test://x?base-url=u&" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test://5ecret@x", "test://u:5ecret@x", "test://5ecret@x_y"})
  void userInfoIsRefused(String uri) {
    assertTrue(refusalOf(uri).startsWith("a registry URI holds no credentials"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"test:5ecret", "test:///5ecret", "test://x/5ecret", "test://x/", "test://x#5ecret"
      })
  void aUriOfAnotherFormIsRefused(String uri) {
    assertEquals("a registry is test://<host>, maybe with ?parameters", refusalOf(uri));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5ecret", "TRUE", "1", "yes"})
  void aSwitchIsTrueOrFalse(String value) {
    RegistryUri uri = parse("test://x?plain-http=" + value);

    assertEquals(
        "the parameter plain-http is true or false",
        assertThrows(IllegalArgumentException.class, () -> uri.isTrue("plain-http", false))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5ecret", "AS_PRESET", "As-Preset", "as_preset"})
  void aChoiceIsOneOfThoseThereAre(String value) {
    RegistryUri uri = parse("test://x?placeholder=" + value);

    assertEquals(
        "the parameter placeholder is one of [as-preset, allowed]",
        assertThrows(IllegalArgumentException.class, () -> uri.constant("placeholder", Use.class))
            .getMessage());
  }
}
