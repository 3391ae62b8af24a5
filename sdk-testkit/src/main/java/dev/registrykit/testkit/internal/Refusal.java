package dev.registrykit.testkit.internal;

/** Ends the handling of a request with an error answer. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiAnswer answer;

  public Refusal(ApiAnswer answer) {
    super("HTTP " + answer.status(), null, false, false);
    this.answer = answer;
  }

  public ApiAnswer answer() {
    return answer;
  }
}
