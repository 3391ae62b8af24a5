package dev.registrykit.oci.internal.auth;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.support.Operation;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the login for requests to one registry, and tells its secrets to whoever hides them. */
final class LoginLookup {

  private final String host;
  private final Logins logins;
  private final KnownSecrets secrets;

  LoginLookup(URI baseUrl, Logins logins, KnownSecrets secrets) {
    this.host = HostAddress.normalized(baseUrl.getHost())
        + (baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort());
    this.logins = logins;
    this.secrets = secrets;
    logins.atHand().ifPresent(secrets::add);
  }

  /** Returns the token for the registry itself, if one is configured and needs no finding. */
  Optional<Login> bearerAtHand() {
    return logins.atHand().filter(Login.Bearer.class::isInstance);
  }

  /** Returns the login, anonymous if there is none. */
  Login find(AuthRequest request) {
    try {
      Login login = logins
          .find(host, request.access().repository(), request.left())
          .orElseGet(Login::anonymous);
      secrets.add(login);
      return login;
    } catch (InterruptedException e) {
      throw request.interrupted(e);
    } catch (LoginUnavailableException e) {
      if (request.left().isZero()) {
        throw new RegistryTimeoutException(
            Operation.on(request.what()).details(String.valueOf(e.getMessage())), e);
      }
      AuthenticationException unavailable = request.refused(String.valueOf(e.getMessage()));
      unavailable.addSuppressed(e); // the class takes no cause
      throw unavailable;
    }
  }

  /**
   * Finds the login, again if the one known is that which was refused: it may have changed.
   *
   * @param refused the header that was refused; null for none
   */
  Login findOtherThan(AuthRequest request, @Nullable String refused) {
    Login login = find(request);
    if (refused == null || !login.authorization().equals(Optional.of(refused))) {
      return login;
    }
    return findAfterRefusal(request, login);
  }

  /** Finds the login again after that one was refused. */
  Login findAfterRefusal(AuthRequest request, Login refused) {
    logins.forget(refused);
    return find(request);
  }

  /** Names the host. */
  @Override
  public String toString() {
    return host;
  }
}
