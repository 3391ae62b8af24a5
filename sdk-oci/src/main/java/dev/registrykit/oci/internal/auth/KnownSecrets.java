package dev.registrykit.oci.internal.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that servers were told, or told us, so that they are hidden wherever a server says them
 * back. Thread-safe; of many, the latest are known.
 */
final class KnownSecrets {

  /** There is one login as a rule, and one more after it changed. */
  private static final int MOST_OF_LOGINS = 8;

  /** Those of the repositories in use; each is looked for in whatever a server says. */
  private static final int MOST_TOKENS = 16;

  private final Set<String> ofLogins = new LinkedHashSet<>();
  private final Set<String> tokens = new LinkedHashSet<>();
  private volatile List<String> all = List.of();

  /** Returns all that are known. */
  Collection<String> all() {
    return all;
  }

  void add(Login login) {
    if (!all.containsAll(login.secrets())) {
      login.secrets().forEach(secret -> add(secret, ofLogins, MOST_OF_LOGINS));
    }
  }

  void addToken(String token) {
    add(token, tokens, MOST_TOKENS);
  }

  private synchronized void add(String secret, Set<String> secrets, int most) {
    secrets.add(secret);
    if (secrets.size() > most) {
      secrets.remove(secrets.iterator().next());
    }
    List<String> both = new ArrayList<>(ofLogins);
    both.addAll(tokens);
    all = List.copyOf(both);
  }

  @Override
  public String toString() {
    return "secrets(hidden)";
  }
}
