package dev.registrykit.samples.cli;

import dev.registrykit.AuthenticationException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.UnsupportedFeatureException;

/** How the program ends, for cron and other programs. */
final class ExitCode {

  /** All was done, or there was nothing to do. */
  static final int DONE = 0;
  /** Something failed, or was not done. */
  static final int FAILED = 1;
  /** The command, or a file that it names, is wrong; nothing was sent. */
  static final int USAGE = 2;
  /** A guard of the policy, or what the registry cannot do, stands against it; nothing was deleted. */
  static final int REFUSED = 3;
  /** The registry could not be reached, or does not let in. */
  static final int NO_ACCESS = 4;
  /** Ended by Ctrl-C; a shell gives 128 and the number of the signal. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** Returns what a failure ends the program with. */
  static int of(Throwable failure) {
    if (failure instanceof ProgramException e) {
      return e.exitCode();
    }
    if (failure instanceof RegistryInterruptedException) {
      return INTERRUPTED;
    }
    if (failure instanceof IllegalArgumentException) {
      return USAGE;
    }
    if (failure instanceof UnsupportedFeatureException) {
      return REFUSED;
    }
    return isNoAccess(failure) ? NO_ACCESS : FAILED;
  }

  private static boolean isNoAccess(Throwable failure) {
    return failure instanceof RegistryIOException
        || failure instanceof RegistryTimeoutException
        || failure instanceof AuthenticationException
        || failure instanceof PermissionDeniedException;
  }
}
