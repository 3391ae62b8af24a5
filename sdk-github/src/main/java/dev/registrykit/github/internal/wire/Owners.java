package dev.registrykit.github.internal.wire;

import dev.registrykit.github.OwnerKind;
import dev.registrykit.github.internal.generated.model.AccountDocument;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose packages they are, once: an account is a user's or an organisation's, and a user may be the
 * token's own. Thread-safe.
 */
public final class Owners {

  private final GithubApi api;
  private final String login;
  private final @Nullable OwnerKind given;
  private final LoadingCache<String, Owner> known = new LoadingCache<>(1);

  /**
   * Makes one for an owner.
   *
   * @param given the kind if the caller knows it; null to ask
   */
  public Owners(GithubApi api, String login, @Nullable OwnerKind given) {
    this.api = api;
    this.login = login;
    this.given = given;
  }

  /** Returns the owner; one or two requests the first time, unless the kind was given. */
  public Owner owner(Operation operation) {
    return given != null
        ? new Owner(login, given)
        : known.get(login, () -> new Owner(login, kind(operation)));
  }

  private OwnerKind kind(Operation operation) {
    AccountDocument account = api.account(operation, login);
    if (!login.equalsIgnoreCase(account.getLogin())) {
      throw operation.invalid("GitHub sent another account than asked for");
    }
    String type = GithubMapper.required(account.getType(), "account", "type", operation);
    if (type.equals("Organization")) {
      return OwnerKind.ORGANIZATION;
    }
    // Who is asked for a token without a user answers 403, as reported (dataaxiom's
    // ghcr-cleanup-action).
    boolean isOwn = !api.tokenKind().hasNoUser()
        && login.equalsIgnoreCase(api.tokenUser(operation).getLogin());
    return isOwn ? OwnerKind.TOKEN_USER : OwnerKind.USER;
  }
}
