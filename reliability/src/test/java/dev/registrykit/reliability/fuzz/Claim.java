package dev.registrykit.reliability.fuzz;

import dev.registrykit.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What the targets say of what was read. */
public final class Claim {

  /** What breaks a line of a log or drives a terminal. */
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  /** The longest message, of the server's words, which are cut, and our own. */
  private static final int MAX_MESSAGE = 2000;

  private Claim() {}

  /** Fails unless it holds. */
  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Fails unless both are equal. */
  public static void same(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": " + expected + " became " + actual);
    }
  }

  /** Fails if the text would not stay on one line of a log. */
  public static void oneLine(String text, String what) {
    that(!CONTROLS.matcher(text).find(), what + " has a control character: " + text);
  }

  /** Fails if the message of a refusal is missing, endless or not fit for a log. */
  public static void shown(Exception refusal) {
    String message = String.valueOf(refusal.getMessage());
    that(!message.isBlank() && !message.equals("null"), "a refusal says nothing: " + refusal);
    that(message.length() <= MAX_MESSAGE, "a refusal says too much: " + message.length());
    oneLine(message, "a refusal");
  }

  /** Fails if the exception, or what caused it, repeats the secret. */
  public static void hides(String secret, RegistryException failure) {
    shown(failure);
    for (Throwable e = failure; e != null; e = e.getCause()) {
      that(!String.valueOf(e.getMessage()).contains(secret), "a message has the secret: " + e);
    }
    that(!failure.details().body().contains(secret), "the body has the secret");
    that(!failure.details().headers().toString().contains(secret), "the headers have the secret");
  }

  /** Returns the input as text. */
  public static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** Returns so many lines of the input and the rest of it; those that are missing are empty. */
  public static List<String> lines(byte[] input, int count) {
    String[] parts = text(input).split("\n", count + 1);
    String[] all = Arrays.copyOf(parts, count + 1);
    Arrays.fill(all, parts.length, all.length, "");
    return List.of(all);
  }

  /** Returns the bytes behind the first line feeds. */
  public static byte[] behind(byte[] input, int lines) {
    int start = 0;
    for (int left = lines; left > 0 && start < input.length; start++) {
      left -= input[start] == '\n' ? 1 : 0;
    }
    return Arrays.copyOfRange(input, start, input.length);
  }
}
