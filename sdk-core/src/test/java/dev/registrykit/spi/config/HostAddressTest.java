package dev.registrykit.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {

  @Test
  void aNameIsComparedInLowerCaseWithoutTheDotAtItsEnd() {
    assertEquals("registry.example", HostAddress.normalized("Registry.EXAMPLE."));
    assertEquals("registry.example", HostAddress.normalized("registry.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "1", "0x7f.1", "0X7F000001", "a.0x", "[::1]", "1.2.3.4."})
  void anAddressInAnyNotationIsALiteral(String host) {
    assertTrue(HostAddress.isLiteral(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry.example", "1.2.3.4.example", "0xg", "v1", "localhost"})
  void aNameIsNone(String host) {
    assertFalse(HostAddress.isLiteral(host));
  }

  /** The first and the last address of each network, and their neighbours. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true, true",
    "0.255.255.255, true, true",
    "1.0.0.0, false, false",
    "9.255.255.255, false, false",
    "10.0.0.0, true, false",
    "10.255.255.255, true, false",
    "11.0.0.0, false, false",
    "100.63.255.255, false, false",
    "100.64.0.0, true, false",
    "100.127.255.255, true, false",
    "100.128.0.0, false, false",
    "126.255.255.255, false, false",
    "127.0.0.1, true, true",
    "128.0.0.0, false, false",
    "168.63.129.15, false, false",
    "168.63.129.16, true, true",
    "168.63.129.17, false, false",
    "169.253.255.255, false, false",
    "169.254.169.254, true, true",
    "169.255.0.0, false, false",
    "172.15.255.255, false, false",
    "172.16.0.0, true, false",
    "172.31.255.255, true, false",
    "172.32.0.0, false, false",
    "192.0.0.255, true, false",
    "192.0.1.0, false, false",
    "192.168.0.0, true, false",
    "192.169.0.0, false, false",
    "198.17.255.255, false, false",
    "198.19.255.255, true, false",
    "198.20.0.0, false, false",
    "223.255.255.255, false, false",
    "224.0.0.0, true, false",
    "255.255.255.255, true, false",
  })
  void whatIsInsideAndWhatIsLocalOfIpv4(String host, boolean isInside, boolean isLocal) {
    assertEquals(isInside, HostAddress.isInside(host));
    assertEquals(isLocal, HostAddress.isLocal(host));
  }

  @ParameterizedTest
  @CsvSource({
    "127.1, true",
    "127.0.1, true",
    "2130706433, true",
    "0x7f000001, true",
    "0177.0.0.01, true",
    "0x, true",
    "0x8.8.8.8, false",
    "8.8.2056, false",
    "8.526344, false",
    "134744072, false",
    "8.8.8.0, false",
  })
  void theLastOfFewNumbersFillsTheRest(String host, boolean isLocal) {
    assertEquals(isLocal, HostAddress.isLocal(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.256",
        "8.256.8.8",
        "256.8.8.8",
        "8.8.65536",
        "8.16777216",
        "4294967296",
        "8.8.8.8.8",
        "8..8",
        "08.8.8.8",
        "99999999999999999999",
        "8.8.8.0x-1",
        "[2001:db8::1",
        "[no address]",
        "[2001:db8::g]",
      })
  void anAddressThatCannotBeReadIsTakenToBeLocal(String host) {
    assertEquals(HostAddress.isLiteral(host), HostAddress.isLocal(host));
    assertEquals(HostAddress.isLiteral(host), HostAddress.isInside(host));
  }

  @ParameterizedTest
  @CsvSource({
    "[::], true, true",
    "[::1], true, true",
    "[::ffff:127.0.0.1], true, true",
    "[::ffff:10.0.0.1], true, false",
    "[::ffff:8.8.8.8], false, false",
    "[2001:db8::1], false, false",
    "[3fff:ffff::1], false, false",
    "[4000::1], true, true",
    "[1fff::1], true, true",
    "[2002:7f00:1::], true, true",
    "[2002:a00:1::], true, false",
    "[2002:808:808::], false, false",
    "[64:ff9b::7f00:1], true, true",
    "[64:ff9b::a00:1], true, false",
    "[64:ff9b::808:808], false, false",
    "[64:ff9a::808:808], true, true",
    "[fc00::1], true, false",
    "[fdff::1], true, false",
    "[fd00:ec2::254], true, true",
    "[fd00:ec3::254], true, false",
    "[fe80::1], true, true",
    "[fe80::1%251], true, true",
    "[2001:db8::1%1], false, false",
    "[ff02::1], true, true",
  })
  void whatIsInsideAndWhatIsLocalOfIpv6(String host, boolean isInside, boolean isLocal) {
    assertEquals(isInside, HostAddress.isInside(host));
    assertEquals(isLocal, HostAddress.isLocal(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST.", "a.localhost", "metadata", "metadata.google.internal"})
  void namesOfThisMachineAndOfMetadataAreLocal(String host) {
    assertTrue(HostAddress.isLocal(host));
    assertTrue(HostAddress.isInside(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry.example", "localhost.example", "notlocalhost"})
  void otherNamesAreNot(String host) {
    assertFalse(HostAddress.isLocal(host));
    assertFalse(HostAddress.isInside(host));
  }
}
