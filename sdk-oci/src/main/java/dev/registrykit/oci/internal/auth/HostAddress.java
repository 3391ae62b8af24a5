package dev.registrykit.oci.internal.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a host, by its text alone and without asking any name server, whether it is an address
 * that outsiders have no business to point at: this machine, its network, or a cloud's metadata.
 */
final class HostAddress {

  /** Names by which machines call themselves and clouds their metadata service. */
  private static final List<String> INSIDE_NAMES = List.of(
      "localhost",
      "localhost.localdomain",
      "localhost6",
      "localhost6.localdomain6",
      "ip6-localhost",
      "ip6-loopback",
      "instance-data",
      "instance-data.ec2.internal",
      "metadata",
      "metadata.azure.internal",
      "metadata.goog",
      "metadata.google.internal");

  /**
   * Networks of IPv4 that are not the public Internet (IANA's special-purpose registry), and Azure's
   * wire server: first address and length of the prefix.
   */
  private static final int[][] INSIDE_NETWORKS = {
    {0, 0, 0, 0, 8},
    {10, 0, 0, 0, 8},
    {100, 64, 0, 0, 10},
    {127, 0, 0, 0, 8},
    {168, 63, 129, 16, 32},
    {169, 254, 0, 0, 16},
    {172, 16, 0, 0, 12},
    {192, 0, 0, 0, 24},
    {192, 168, 0, 0, 16},
    {198, 18, 0, 0, 15},
    {224, 0, 0, 0, 3},
  };

  private HostAddress() {}

  /** Returns the host in lower case, without the dot that may end a name. */
  static String normalized(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Returns whether the host is an IP address in whatever notation. */
  static boolean isLiteral(String host) {
    String name = normalized(host);
    return name.startsWith("[") || endsInNumber(name);
  }

  /** Returns whether the host lies inside; an address that cannot be read is taken to do so. */
  static boolean isInside(String host) {
    String name = normalized(host);
    if (name.startsWith("[")) {
      return ipv6(name).map(HostAddress::isInside6).orElse(true);
    }
    if (endsInNumber(name)) {
      byte[] address = ipv4(name);
      return address == null || isInside4(address, 0);
    }
    return INSIDE_NAMES.contains(name) || name.endsWith(".localhost");
  }

  /** What makes a host an address of IPv4 to browsers and C libraries (WHATWG URL, §3.5). */
  private static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0x[0-9a-f]*");
  }

  /** Reads 1 to 4 numbers, each decimal, octal or hexadecimal, of which the last fills the rest. */
  private static byte @Nullable [] ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      long limit = isLast ? 1L << (8 * (5 - parts.length)) : 256;
      long number = number(parts[i]);
      if (number < 0 || number >= limit) {
        return null;
      }
      address = address * limit + number;
    }
    return new byte[] {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
  }

  private static long number(String text) {
    try {
      if (text.startsWith("0x")) {
        return text.length() == 2 ? 0 : Long.parseLong(text.substring(2), 16);
      }
      return text.startsWith("0") ? Long.parseLong(text, 8) : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** A literal in brackets is read without asking a name server. */
  private static Optional<byte[]> ipv6(String host) {
    int zone = host.indexOf('%');
    String literal = zone < 0 ? host : host.substring(0, zone) + "]";
    try {
      return literal.endsWith("]")
          ? Optional.of(InetAddress.getByName(literal).getAddress())
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The JDK makes an address of IPv4 out of a mapped one. */
  private static boolean isInside6(byte[] address) {
    if (address.length == 4) {
      return isInside4(address, 0);
    }
    int first = (address[0] & 0xff) << 8 | (address[1] & 0xff);
    boolean isGlobalUnicast = (first & 0xe000) == 0x2000;
    if (first == 0x2002) { // 6to4 holds an address of IPv4
      return isInside4(address, 2);
    }
    if (startsWith(address, 0, 0x64, 0xff, 0x9b)) { // and so does NAT64
      return isInside4(address, 12);
    }
    return !isGlobalUnicast;
  }

  private static boolean startsWith(byte[] address, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((address[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInside4(byte[] bytes, int from) {
    long address = asNumber(bytes, from);
    return Arrays.stream(INSIDE_NETWORKS).anyMatch(network -> {
      int shift = 32 - network[4];
      long start = (long) network[0] << 24
          | (long) network[1] << 16
          | (long) network[2] << 8
          | (long) network[3];
      return address >> shift == start >> shift;
    });
  }

  private static long asNumber(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + 4; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }
}
