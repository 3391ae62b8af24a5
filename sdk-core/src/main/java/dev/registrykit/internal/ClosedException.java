package dev.registrykit.internal;

import java.io.IOException;

/** The registry was closed before the request was sent, or before it was answered. */
public final class ClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean wasSent;

  ClosedException(boolean wasSent) {
    super("this registry was closed meanwhile");
    this.wasSent = wasSent;
  }

  /** Returns whether the request may have reached the registry. */
  public boolean wasSent() {
    return wasSent;
  }
}
