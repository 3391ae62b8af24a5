package dev.registrykit.github.internal.auth;

import java.time.Duration;
import java.util.Optional;

/** Where the token comes from. Thread-safe. */
public interface TokenSource {

  /** Returns the token if it is known already. */
  Optional<String> atHand();

  /**
   * Returns the token, which may have to be looked for.
   *
   * @param what what it is for, in words
   * @param limit how long finding it may take
   * @throws dev.registrykit.AuthenticationException if there is none
   */
  String token(String what, Duration limit);

  /** Returns the kind of the token, as far as it is known. */
  default TokenKind kind() {
    return atHand().map(TokenKind::of).orElse(TokenKind.OTHER);
  }

  /** Returns the source of a token that was given. */
  static TokenSource of(String token) {
    return new Given(token);
  }

  /** A token that was given. */
  record Given(String token) implements TokenSource {

    @Override
    public Optional<String> atHand() {
      return Optional.of(token);
    }

    @Override
    public String token(String what, Duration limit) {
      return token;
    }

    /** Hides the token. */
    @Override
    public String toString() {
      return "given token";
    }
  }
}
