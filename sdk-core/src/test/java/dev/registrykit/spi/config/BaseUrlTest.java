package dev.registrykit.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.scaleway.com,     https://api.scaleway.com",
    "https://api.scaleway.com/,    https://api.scaleway.com",
    "https://proxy.example/scw/,   https://proxy.example/scw",
    "http://localhost:5000,        http://localhost:5000",
    "http://127.0.0.1:1/v2,        http://127.0.0.1:1/v2",
    "http://[::1]:5000,            http://[::1]:5000",
    "HTTPS://API.example:65535/,   HTTPS://API.example:65535",
  })
  void aBaseUrlLosesOnlyItsLastSlash(String text, URI url) {
    assertEquals(url, BaseUrl.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "registry.example",
        "/v2",
        "localhost:5000",
        "ftp://registry.example",
        "file:///etc/passwd",
        "http:",
        "http://",
        "https:///v2",
        "http:registry.example",
        "http://:5000",
        "http://my_registry:5000",
        "http://registry..example",
        "http://registry.example:0",
        "http://registry.example:70000",
        "http://registry.example:99999999999",
        "http://registry.example:-1",
        "http://registry.example:port",
        "http://registry.example?x=1",
        "http://registry.example/?",
        "http://registry.example/#top",
        "http://registry.example/a/../b",
        "http://registry.example/../b",
        "http://registry.example/./b",
        "http://registry.example//b",
        "http://registry.example/a b",
        "http://registry.example/\n",
        " http://registry.example",
        "http://[::1",
        "http://registry.example.",
        "https://registry.example.:5000/v2",
        "https://[fe80::1%25eth0]",
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example",
      })
  void whatIsNoBaseUrlIsRefused(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse(text));
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  @Test
  void aHostThatNoNameServerCanKnowIsRefused() {
    String longest = "a".repeat(63) + ".";
    String host = longest.repeat(3) + "b".repeat(61);
    assertEquals(253, host.length());

    assertEquals(URI.create("https://" + host), BaseUrl.parse("https://" + host));
    assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse("https://" + host + "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://auth.example/token?service=x#y",
        "http://10.0.0.1:5000/",
        "HTTPS://[::1]/x",
        "http://[fe80::1%25eth0]/x",
        "https://xn--bcher-kva.example/x",
      })
  void whatAServerNamesMayBeAnyUrlThatARequestCanBeSentTo(String url) {
    assertTrue(BaseUrl.isUsable(URI.create(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/token",
        "ftp://auth.example/",
        "mailto:a@auth.example",
        "https:token",
        "https:///token",
        "https://user@auth.example/",
        "https://auth.example:0/",
        "https://auth.example:65536/",
        "https://auth_1.example/",
        "https://auth..example/",
        "https://auth.example./",
        "http://auth.example./",
        "https://[fe80::1%25eth0]/",
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/",
      })
  void butNoOther(String url) {
    assertFalse(BaseUrl.isUsable(URI.create(url)));
  }

  @Test
  void noUrlIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> BaseUrl.parse(null));
  }

  @Test
  void theMessageNamesAHostThatIsNotValid() {
    assertEquals(
        "a base URL is http:// or https://, a host, and maybe a port and path;"
            + " this one has no valid host: my_registry:5000",
        assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse("http://my_registry:5000"))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:5ecret@registry.example",
        "http://5ecret@registry.example",
        "http://user:5ecret@my_registry:5000",
        "http://user:5ecret @registry.example",
        "http://user:5ecret@",
        "http:user:5ecret@registry.example",
        "user:5ecret@registry.example",
        "//user:5ecret@registry.example",
        "ftp://user:5ecret@registry.example",
      })
  void userInfoIsRefusedAndNeverRepeated(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse(text));

    assertFalse(e.getMessage().contains("5ecret"), e.getMessage());
    assertNull(e.getCause());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x,        http://A:80/y,      true",
    "https://a/x,       https://a:443/,     true",
    "https://a:5000,    https://a:5000/z,   true",
    "http://a/x,        https://a/x,        false",
    "http://a:443/x,    https://a/x,        false",
    "https://a,         https://b,          false",
    "https://a:1,       https://a:2,        false",
    "https://a.example, https://a.example., false",
  })
  void anOriginIsSchemeHostAndPort(URI a, URI b, boolean same) {
    assertEquals(same, BaseUrl.isSameOrigin(a, b));
    assertEquals(same, BaseUrl.isSameOrigin(b, a));
  }

  @Test
  void aRefusalRepeatsNoEndlessHost() {
    IllegalArgumentException refusal = assertThrows(
        IllegalArgumentException.class, () -> BaseUrl.parse("https://" + "a.".repeat(10_000)));

    assertTrue(refusal.getMessage().length() < 500, refusal.getMessage());
  }
}
