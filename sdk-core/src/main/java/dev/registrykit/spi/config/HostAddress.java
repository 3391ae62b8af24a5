package dev.registrykit.spi.config;

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
 *
 * @since 0.1.0
 */
public final class HostAddress {

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

  /** Of these, what is this machine, its link, or metadata. */
  private static final int[][] LOCAL_NETWORKS = {
    {0, 0, 0, 0, 8},
    {127, 0, 0, 0, 8},
    {168, 63, 129, 16, 32},
    {169, 254, 0, 0, 16},
  };

  private HostAddress() {}

  /** Returns the host in lower case, without the dot that may end a name. */
  public static String normalized(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Returns whether the host is an IP address in whatever notation. */
  public static boolean isLiteral(String host) {
    String name = normalized(host);
    return name.startsWith("[") || endsInNumber(name);
  }

  /**
   * Returns whether the host lies inside a private network, or is this machine or a cloud's metadata;
   * an address that cannot be read is taken to do so.
   */
  public static boolean isInside(String host) {
    return isAmong(host, INSIDE_NETWORKS);
  }

  /**
   * Returns whether the host is this machine, its link, or a cloud's metadata: what no server but one
   * there has business to point at. An address that cannot be read is taken to be.
   */
  public static boolean isLocal(String host) {
    return isAmong(host, LOCAL_NETWORKS);
  }

  private static boolean isAmong(String host, int[][] networks) {
    String name = normalized(host);
    if (name.startsWith("[")) {
      return ipv6(name).map(address -> isAmong6(address, networks)).orElse(true);
    }
    if (endsInNumber(name)) {
      byte[] address = ipv4(name);
      return address == null || isAmong4(address, 0, networks);
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
  private static boolean isAmong6(byte[] address, int[][] networks) {
    if (address.length == 4) {
      return isAmong4(address, 0, networks);
    }
    int first = (address[0] & 0xff) << 8 | (address[1] & 0xff);
    boolean isGlobalUnicast = (first & 0xe000) == 0x2000;
    if (first == 0x2002) { // 6to4 holds an address of IPv4
      return isAmong4(address, 2, networks);
    }
    if (startsWith(address, 0x00, 0x64, 0xff, 0x9b)) { // and so does NAT64
      return isAmong4(address, 12, networks);
    }
    boolean isPrivate = (first & 0xfe00) == 0xfc00;
    boolean isAmazonsMetadata = startsWith(address, 0xfd, 0x00, 0x0e, 0xc2);
    return !isGlobalUnicast && (networks == INSIDE_NETWORKS || !isPrivate || isAmazonsMetadata);
  }

  private static boolean startsWith(byte[] address, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((address[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAmong4(byte[] bytes, int from, int[][] networks) {
    long address = asNumber(bytes, from);
    return Arrays.stream(networks).anyMatch(network -> {
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
