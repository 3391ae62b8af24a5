package dev.registrykit.spi.transport;

import java.util.List;
import java.util.Locale;

/**
 * A request as it came over the wire.
 *
 * @param line the request line
 * @param headerLines the lines of the headers, as they were sent
 * @param body the body, one character a byte
 */
record ReceivedRequest(String line, List<String> headerLines, String body) {

  /** Returns all values of a header, in the order sent. */
  List<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headerLines.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(header -> header.substring(prefix.length()).strip())
        .toList();
  }

  /** Returns whether the text stands anywhere in the request. */
  boolean contains(String text) {
    return line.contains(text)
        || body.contains(text)
        || String.join("\n", headerLines).contains(text);
  }
}
