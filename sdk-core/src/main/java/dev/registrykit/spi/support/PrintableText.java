package dev.registrykit.spi.support;

import dev.registrykit.internal.Printable;

/**
 * Shows values that hold text of a server, for logs.
 *
 * @since 0.1.0
 */
public final class PrintableText {

  private PrintableText() {}

  /**
   * Returns the text with {@code ?} in the place of each character that would break a line of a log, turn it
   * around or drive a terminal. What the value itself hands out stays as the server sent it.
   */
  public static String of(String text) {
    return Printable.of(text);
  }
}
