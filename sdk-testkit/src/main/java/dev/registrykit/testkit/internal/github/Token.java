package dev.registrykit.testkit.internal.github;

/**
 * A token and what it may do.
 *
 * @param value what is sent
 * @param user whose it is; empty for an installation's
 * @param scopes what a classic one says of itself; empty where nothing is said
 * @param mayWrite whether it may push
 * @param mayDelete whether its scopes let it delete and restore
 * @param isAdmin whether its user, or its repository, has the role Admin for the packages
 */
public record Token(
    String value,
    String user,
    String scopes,
    boolean mayWrite,
    boolean mayDelete,
    boolean isAdmin) {

  boolean isInstallation() {
    return user.isEmpty();
  }
}
