package dev.registrykit.reliability.fuzz;

import dev.registrykit.RegistryServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal: a line with its status, a line with the type of its body, a line of another header's name and
 * value, and the body.
 */
public record Refusal(int status, Map<String, String> headers, byte[] body) {

  /** What was sent, and must not be said back. */
  public static final String SECRET = "canary-4711";

  private static final int FIRST = 300;

  private static final int STATUSES = 300;

  /** Reads an input. */
  public static Refusal of(byte[] input) {
    List<String> lines = Claim.lines(input, 3);
    int status = FIRST + Math.floorMod(number(lines.get(0)) - FIRST, STATUSES);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", lines.get(1));
    int colon = lines.get(2).indexOf(':');
    String name = lines.get(2).substring(0, Math.max(0, colon)).strip();
    if (name.matches("[A-Za-z0-9-]+") && !name.equalsIgnoreCase("content-type")) {
      headers.put(name, lines.get(2).substring(colon + 1));
    }
    return new Refusal(status, headers, Claim.behind(input, 3));
  }

  private static int number(String digits) {
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : digits.hashCode();
  }

  /** Returns the body as text. */
  public String text() {
    return Claim.text(body);
  }

  /** Fails unless the exception says what came, on one line, without the secret. */
  public void requireSound(RegistryServiceException failure) {
    Claim.same(status, failure.statusCode(), "a status");
    Claim.hides(SECRET, failure);
    failure.retryAfter().ifPresent(wait -> Claim.that(!wait.isNegative(), "a wait is negative"));
    failure.details().errorCode().ifPresent(code -> Claim.oneLine(code, "a code"));
  }
}
