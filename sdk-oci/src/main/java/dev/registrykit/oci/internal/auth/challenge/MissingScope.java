package dev.registrykit.oci.internal.auth.challenge;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** Reads from a 401 that the token is good, but not for what was asked (RFC 6750 §3.1). */
public final class MissingScope {

  private MissingScope() {}

  /** Returns what the token is not good for, in words, if that is why it was refused. */
  public static Optional<String> in(HttpHeaders headers) {
    return Challenges.of(headers.allValues("www-authenticate")).stream()
        .filter(Challenge::isBearer)
        .filter(challenge ->
            challenge.parameter("error").filter("insufficient_scope"::equals).isPresent())
        .findFirst()
        .map(challenge -> challenge
            .parameter("scope")
            .map(scope -> "the token has not the scope " + scope)
            .orElse("the token has too few rights"));
  }
}
