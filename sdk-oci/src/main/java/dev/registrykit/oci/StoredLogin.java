package dev.registrykit.oci;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import dev.registrykit.oci.internal.auth.stored.StoredLogins;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A name and a password that Docker or Podman stored for a registry, for what else the registry's owner
 * offers to the same account. Immutable; never shown by {@code toString}.
 *
 * @since 0.1.0
 */
public final class StoredLogin {

  private final String user;
  private final String password;

  private StoredLogin(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /**
   * Looks for it where {@link OciRegistryBuilder#environment(Map)} says, the variables {@code OCI_…}
   * excepted. Reads files and may run a credential helper; sends nothing. An identity token is none.
   *
   * @param host the registry, such as {@code ghcr.io}, with its port if it has an unusual one
   * @param limit how long a credential helper may take, 10 seconds at most
   * @throws AuthenticationException if a credential helper fails or takes too long
   * @throws RegistryInterruptedException if the thread is interrupted; its flag is set then
   * @throws IllegalArgumentException if a file holds what is no login
   */
  public static Optional<StoredLogin> find(
      Map<String, String> environment, String host, Duration limit) {
    Objects.requireNonNull(host, "host");
    String what = "look for the stored login of " + host;
    try {
      return StoredLogins.of(environment)
          .find(host, "", limit)
          .filter(Login.Basic.class::isInstance)
          .map(Login.Basic.class::cast)
          .map(login -> new StoredLogin(login.user(), login.password()));
    } catch (LoginUnavailableException e) {
      AuthenticationException unavailable = new AuthenticationException(
          ErrorDetails.builder(what).serverMessage(e.getMessage()).attempts(0).build());
      unavailable.addSuppressed(e); // the class takes no cause
      throw unavailable;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryInterruptedException(
          ErrorDetails.builder(what)
              .serverMessage("the thread was interrupted")
              .attempts(0)
              .build(),
          e);
    }
  }

  /** Returns the user's name. */
  public String user() {
    return user;
  }

  /** Returns the password, or the token in its place. */
  public String password() {
    return password;
  }

  /** Names the user alone. */
  @Override
  public String toString() {
    return "StoredLogin[user=" + user + "]";
  }
}
