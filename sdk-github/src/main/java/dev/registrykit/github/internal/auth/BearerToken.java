package dev.registrykit.github.internal.auth;

import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Sends the token with every request to GitHub's API. */
public record BearerToken(TokenSource source) implements Credentials {

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return Map.of(
        "Authorization", "Bearer " + source.token(attempt.call().description(), attempt.left()));
  }

  @Override
  public Collection<String> secrets() {
    return source.atHand().map(List::of).orElse(List.of());
  }
}
