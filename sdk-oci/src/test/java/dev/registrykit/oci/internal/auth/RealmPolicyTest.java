package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.spi.config.HostAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealmPolicyTest {

  private static final Login PASSWORD = Login.basic("lisa", "s3cr3t");
  private static final String REGISTRY = "https://registry.example.org";

  @ParameterizedTest
  @CsvSource({
    "https://registry.example.org, https://registry.example.org/service/token",
    "https://registry.example.org, https://REGISTRY.example.org:8443/token?x=y",
    "https://registry.example.org, https://auth.registry.example.org/token",
    "https://registry-1.docker.io, https://auth.docker.io/token",
    "https://index.docker.io, https://auth.docker.io/token",
    "https://ghcr.io, https://ghcr.io/token",
    "https://quay.io, https://quay.io/v2/auth",
    "https://registry.gitlab.com, https://gitlab.com/jwt/auth",
    "https://registry.gitlab.example.org, https://gitlab.example.org/jwt/auth",
    "https://registry.infra.example.org, https://auth.infra.example.org/token",
    "https://registry.example.co.uk, https://auth.example.co.uk/token",
    "http://registry.example.org, http://registry.example.org/token",
    "http://registry.example.org, https://registry.example.org/token",
    "http://127.0.0.1:5000, http://127.0.0.1:5000/token",
    "http://localhost:5000, http://localhost:5000/token",
    "http://[::1]:5000, http://[::1]:5000/token",
    "https://10.1.2.3, https://10.1.2.3:443/token",
    "https://93.184.216.34, https://93.184.216.34:8443/token",
  })
  void theRegistrysOwnAndWellKnownEndpointsMayHaveTheLogin(String registry, String realm) {
    assertEquals("", objection(registry, realm, PASSWORD));
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry.example.org, https://attacker.example.com/token",
    "https://registry.example.org, https://auth.example.org/token", // two labels may be a suffix
    "https://registry.example.org, https://example.org/token",
    "https://registry.example.org, https://xregistry.example.org/token",
    "https://registry.example.org, https://registry.example.org.attacker.net/token",
    "https://registry.co.uk, https://attacker.co.uk/token",
    "https://me.github.io, https://attacker.github.io/token",
    "https://me.azurecr.io, https://attacker.azurecr.io/token",
    "https://me.data.azurecr.io, https://attacker.data.azurecr.io/token",
    "https://me.eu-west-1.elb.amazonaws.com, https://attacker.eu-west-1.elb.amazonaws.com/token",
    "https://registry.example.org, https://auth.docker.io/token",
    "https://registry-1.docker.io, https://auth.docker.io:8443/token",
    "https://93.184.216.34, https://93.184.216.35/token",
    "https://1.93.184.216.34.example.org, https://93.184.216.34/token",
  })
  void anothersHostDoesNotGetTheLogin(String registry, String realm) {
    String objection = objection(registry, realm, PASSWORD);

    assertTrue(objection.contains("trustedRealmHost(\""), objection);
    assertEquals("", objection(registry, realm, Login.anonymous()));
  }

  @Test
  void aTokenIsGuardedAsAPasswordIs() {
    String realm = "https://attacker.example.com/token";

    assertFalse(objection(REGISTRY, realm, Login.identityToken("t0ken")).isEmpty());
    assertFalse(objection(REGISTRY, realm, Login.bearer("t0ken")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.169.254.",
        "2852039166",
        "0xA9FEA9FE",
        "0xa9.0xfe.0xa9.0xfe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "169.16689662",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[::169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fec0::1]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[ff02::1]",
        "127.0.0.1",
        "127.1",
        "0177.0.0.1",
        "0x7f.1",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "256.256.256.256",
        "1.2.3.4.5",
        "999",
        "08.0.0.1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "metadata.google.internal",
        "Metadata.Google.Internal.",
        "instance-data.ec2.internal",
        "metadata",
      })
  void addressesInsideAreRefusedInWhateverNotation(String host) {
    assertTrue(HostAddress.isInside(host), host);
    for (String scheme : new String[] {"http", "https"}) {
      String realm = scheme + "://" + host + "/token";
      assertFalse(objection("http://registry.example.org", realm, PASSWORD).isEmpty(), realm);
      assertFalse(
          objection("http://registry.example.org", realm, Login.anonymous()).isEmpty(), realm);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "172.15.0.1",
        "172.32.0.1",
        "11.0.0.1",
        "128.0.0.1",
        "192.169.0.1",
        "169.253.255.255",
        "223.255.255.255",
        "[2001:4860:4860::8888]",
        "[64:ff9b::5db8:d822]",
        "[2002:5db8:d822::1]",
        "auth.docker.io",
        "localhost.example.org",
        "metadata.example.org",
        "10.0.0.1.example.org",
        "0x7f.b1",
      })
  void publicAddressesAreNot(String host) {
    assertFalse(HostAddress.isInside(host), host);
    assertEquals("", objection(REGISTRY, "https://" + host + "/token", Login.anonymous()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:5001/token", "http://127.0.0.1/token"})
  void anotherPortOfThisMachineIsAnotherService(String realm) {
    String objection = objection("http://127.0.0.1:5000", realm, Login.anonymous());

    assertTrue(objection.contains("address of this machine"), objection);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry.example.org/token",
        "ftp://registry.example.org/token",
        "file:///etc/passwd",
        "jar:https://registry.example.org!/token",
        "/token",
        "token",
        "https:///token",
        "https:token",
        "https://registry.example.org:0/token",
        "https://registry.example.org:70000/token",
        "https://registry.example.org/token#fragment",
        "https://registry.example.org@attacker.net/token",
        "https://lisa:pw@registry.example.org/token",
        "https://@registry.example.org/token",
      })
  void whatIsNoProperHttpsAddressIsRefusedEvenIfTrusted(String realm) {
    String objection = new RealmPolicy(
            URI.create(REGISTRY), Set.of("registry.example.org", "attacker.net"))
        .objection(URI.create(realm), Login.anonymous())
        .orElse("");

    assertFalse(objection.isEmpty(), realm);
    assertFalse(objection.contains("pw"), objection);
  }

  @Test
  void userInfoIsNamedAsTheReasonEvenIfItIsEmpty() {
    assertEquals(
        "the registry's token endpoint has user info in its URL",
        objection(REGISTRY, "https://@registry.example.org/token", PASSWORD));
  }

  @Test
  void aTrustedHostMayHaveTheLoginWhereverItLies() {
    assertEquals("", trusting("auth.example.org", "https://AUTH.example.org/token"));
    assertEquals("", trusting("AUTH.example.org.", "https://auth.example.org/token"));
    assertEquals("", trusting("auth.example.org:8443", "https://auth.example.org:8443/token"));
    assertEquals("", trusting("10.0.0.5", "https://10.0.0.5/token"));
    assertEquals("", trusting("[fd00::5]:8443", "https://[fd00::5]:8443/token"));
  }

  @Test
  void trustGoesNoFurtherThanTheHostAndPort() {
    assertFalse(
        trusting("auth.example.org", "https://auth.example.org:8443/token").isEmpty());
    assertFalse(
        trusting("auth.example.org:8443", "https://auth.example.org/token").isEmpty());
    assertFalse(trusting("auth.example.org:0", "https://auth.example.org/token").isEmpty());
    assertFalse(trusting("auth.example.org", "https://a.auth.example.org/token").isEmpty());
    assertFalse(trusting("10.0.0.5", "https://10.0.0.6/token").isEmpty());
  }

  @Test
  void theObjectionNamesTheSettingThatHelps() {
    String objection = objection(REGISTRY, "https://auth.example.net:8443/t?s=q", PASSWORD);

    assertTrue(objection.contains("trustedRealmHost(\"auth.example.net:8443\")"), objection);
    assertFalse(objection.contains("?"), objection);
    assertEquals("", trusting("auth.example.net:8443", "https://auth.example.net:8443/t?s=q"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "https://auth.example.org", "auth.example.org/token", "lisa@auth.example.org",
        "auth.example.org:", "auth.example.org:x", "auth.example.org?x", "*.example.org", ":443"
      })
  void aTrustedHostIsAHostAndMaybeAPort(String host) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RealmPolicy(URI.create(REGISTRY), Set.of(host)),
        host);
  }

  private static String trusting(String host, String realm) {
    return new RealmPolicy(URI.create(REGISTRY), Set.of(host))
        .objection(URI.create(realm), PASSWORD)
        .orElse("");
  }

  private static String objection(String registry, String realm, Login login) {
    return new RealmPolicy(URI.create(registry), Set.of())
        .objection(URI.create(realm), login)
        .orElse("");
  }
}
