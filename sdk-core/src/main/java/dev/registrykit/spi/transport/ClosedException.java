package dev.registrykit.spi.transport;

import java.io.IOException;

/** The registry was closed before the request was sent, or before it was answered. */
final class ClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean wasSent;

  ClosedException(boolean wasSent) {
    super("this registry was closed meanwhile");
    this.wasSent = wasSent;
  }

  boolean wasSent() {
    return wasSent;
  }
}
