package dev.registrykit.oci.internal.auth;

import org.jspecify.annotations.Nullable;

/** A login is configured but cannot be had. The message names the file or program, no content. */
public final class LoginUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LoginUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
