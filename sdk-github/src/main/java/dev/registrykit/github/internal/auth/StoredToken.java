package dev.registrykit.github.internal.auth;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.oci.StoredLogin;
import dev.registrykit.spi.config.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token that Docker or Podman stored for the registry, looked for when it is first needed. Thread-safe. */
public final class StoredToken implements TokenSource {

  private final Map<String, String> environment;
  private final String registryHost;
  private volatile @Nullable String found;

  /**
   * Makes a source.
   *
   * @param environment the variables that tell where logins are stored
   */
  public StoredToken(Map<String, String> environment, String registryHost) {
    this.environment = Map.copyOf(environment);
    this.registryHost = registryHost;
  }

  @Override
  public Optional<String> atHand() {
    return Optional.ofNullable(found);
  }

  @Override
  public String token(String what, Duration limit) {
    String known = found;
    return known != null ? known : find(what, limit);
  }

  private synchronized String find(String what, Duration limit) {
    String known = found;
    if (known != null) {
      return known;
    }
    String token = StoredLogin.find(environment, registryHost, limit)
        .map(StoredLogin::password)
        .orElseThrow(() -> refused(
            what,
            "there is no token, and GitHub's API asks for one even for public packages: set"
                + " GITHUB_TOKEN or GH_TOKEN, or log in to " + registryHost + " with docker"));
    if (TokenKind.of(token) == TokenKind.FINE_GRAINED) {
      throw refused(what, TokenKind.FINE_GRAINED_REFUSED);
    }
    try {
      found = Secrets.requireHeaderValue(token, "the stored token");
    } catch (IllegalArgumentException e) {
      throw refused(what, String.valueOf(e.getMessage()));
    }
    return token;
  }

  private static AuthenticationException refused(String what, String why) {
    return new AuthenticationException(
        ErrorDetails.builder(what).serverMessage(why).attempts(0).build());
  }

  /** Names the place, not the token. */
  @Override
  public String toString() {
    return "stored login of " + registryHost;
  }
}
