package dev.registrykit.samples.cli;

import org.jspecify.annotations.Nullable;

/** Ends the program with one line and an exit code. */
final class ProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private ProgramException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command, or a file that it names, is wrong. */
  static ProgramException usage(String message) {
    return new ProgramException(ExitCode.USAGE, message, null);
  }

  static ProgramException usage(String message, Throwable cause) {
    return new ProgramException(ExitCode.USAGE, message, cause);
  }

  /** What should have been done could not be. */
  static ProgramException failed(String message, Throwable cause) {
    return new ProgramException(ExitCode.FAILED, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
