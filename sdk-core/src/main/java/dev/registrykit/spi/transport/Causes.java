package dev.registrykit.spi.transport;

import dev.registrykit.spi.support.Redactor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes failures of the JDK's client fit for logs: some of their messages repeat what a server sent,
 * with line breaks, commands for a terminal, or secrets in it.
 */
final class Causes {

  /** As long as a message of an exception may be. */
  private static final int MAX_MESSAGE_CHARS = 500;

  private static final int MAX_DEPTH = 16;

  private Causes() {}

  /** Returns the failure itself if it is fit, else one that says the same. */
  static Exception clean(Exception failure, Redactor redactor) {
    return isClean(failure, redactor, MAX_DEPTH) ? failure : cleaned(failure, redactor, MAX_DEPTH);
  }

  /** Returns the text on one line of bounded length, without secrets. */
  static String cleanText(String text, Redactor redactor) {
    String line =
        redactor.apply(text).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "…";
  }

  /** Returns the first of this class in the chain of causes; null if there is none. */
  static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static boolean isClean(@Nullable Throwable failure, Redactor redactor, int depth) {
    if (failure == null) {
      return true;
    }
    String message = failure.getMessage();
    if (depth == 0 || (message != null && !cleanText(message, redactor).equals(message))) {
      return false;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (!isClean(suppressed, redactor, depth - 1)) {
        return false;
      }
    }
    return isClean(failure.getCause(), redactor, depth - 1);
  }

  private static CleanedException cleaned(Throwable failure, Redactor redactor, int depth) {
    String type = failure.getClass().getName();
    String message = failure.getMessage();
    Throwable cause = failure.getCause();
    CleanedException cleaned = new CleanedException(
        message == null ? type : type + ": " + cleanText(message, redactor),
        cause == null || depth == 0 ? null : cleaned(cause, redactor, depth - 1));
    cleaned.setStackTrace(failure.getStackTrace());
    return cleaned;
  }

  /** A failure whose message was not fit. Its words begin with the class that it had. */
  private static final class CleanedException extends IOException {
    private static final long serialVersionUID = 1L;

    CleanedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
