package dev.registrykit.oci.internal.auth;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as a challenge asks for it. Immutable.
 *
 * @param realm where to fetch it
 * @param service whom it is for, as the challenge names it; null if it does not
 * @param scopes what it must be good for
 */
record TokenRequest(URI realm, @Nullable String service, List<String> scopes) {

  TokenRequest {
    scopes = List.copyOf(scopes);
  }

  /** Returns the same, for a token that only says who asks. */
  TokenRequest withoutScopes() {
    return new TokenRequest(realm, service, List.of());
  }

  boolean asksForDeletion() {
    return scopes.stream().anyMatch(scope -> actions(scope).contains("delete"));
  }

  /** Returns the same, but with the right to pull and push in the place of that to delete. */
  TokenRequest withPushForDeletion() {
    return new TokenRequest(
        realm, service, scopes.stream().map(TokenRequest::pushForDelete).toList());
  }

  private static String pushForDelete(String scope) {
    Set<String> actions = actions(scope);
    if (!actions.remove("delete")) {
      return scope;
    }
    actions.addAll(List.of("pull", "push"));
    return scope.substring(0, scope.lastIndexOf(':') + 1) + String.join(",", actions);
  }

  /** A scope is type:name:actions, of which the name may have colons (a host and its port). */
  private static Set<String> actions(String scope) {
    String actions = scope.substring(scope.lastIndexOf(':') + 1);
    return new LinkedHashSet<>(Arrays.asList(actions.split(",")));
  }
}
