package dev.registrykit.samples.cli;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program writes: what was asked for to its output, messages and progress to its errors.
 *
 * @param isTerminal whether a person looks at it
 * @param hasColours whether that person wants colours
 */
record Screen(PrintStream out, PrintStream err, boolean isTerminal, boolean hasColours) {

  /** The screen of this process; colours only on a terminal, and without {@code NO_COLOR} (no-color.org). */
  static Screen ofProcess(Map<String, String> variables) {
    boolean isTerminal = isTerminal(System.console());
    return new Screen(System.out, System.err, isTerminal, isTerminal && allowsColours(variables));
  }

  static boolean allowsColours(Map<String, String> variables) {
    return variables.getOrDefault("NO_COLOR", "").isEmpty()
        && !variables.getOrDefault("TERM", "").equals("dumb");
  }

  /** From Java 22 on there is a console without a terminal too, and a method that tells. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /** Writes one line of what was asked for. */
  void line(Styled... pieces) {
    out.println(written(pieces));
  }

  void line(String text) {
    line(Styled.plain(text));
  }

  /** Writes one message. */
  void message(Styled... pieces) {
    err.println(written(pieces));
  }

  /** Writes one message of what is wrong. */
  void problem(String text) {
    message(new Styled("registrykit: " + text, Styled.Style.RED));
  }

  private String written(Styled... pieces) {
    StringBuilder line = new StringBuilder();
    for (Styled piece : pieces) {
      line.append(piece.written(hasColours));
    }
    return line.toString();
  }
}
