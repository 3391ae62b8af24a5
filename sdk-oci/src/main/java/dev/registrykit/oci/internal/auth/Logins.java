package dev.registrykit.oci.internal.auth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Knows which login belongs to which registry. Thread-safe. */
@FunctionalInterface
public interface Logins {

  /**
   * Finds the login for a repository. Asked whenever a login is needed, so whatever is slow is kept
   * until {@link #forget}.
   *
   * @param host the registry's host, with its port if its URL has one
   * @param repository the repository's name, or empty where none is concerned
   * @param limit how long finding it may take
   * @throws LoginUnavailableException if there is a login but it cannot be had
   */
  Optional<Login> find(String host, String repository, Duration limit) throws InterruptedException;

  /** Returns the login if it is the same for all repositories and needs no finding. */
  default Optional<Login> atHand() {
    return Optional.empty();
  }

  /** Is told that a login was refused, so that one found long ago is looked for again. */
  default void forget(Login refused) {}

  /** Returns the knowledge of this one login. */
  static Logins of(Login login) {
    return new Given(Objects.requireNonNull(login, "login"));
  }

  /** One login, whatever is asked. */
  record Given(Login login) implements Logins {
    @Override
    public Optional<Login> find(String host, String repository, Duration limit) {
      return Optional.of(login);
    }

    @Override
    public Optional<Login> atHand() {
      return Optional.of(login);
    }
  }
}
