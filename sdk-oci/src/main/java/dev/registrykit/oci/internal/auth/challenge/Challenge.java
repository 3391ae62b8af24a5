package dev.registrykit.oci.internal.auth.challenge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One way of proving who is asking that a server offers (RFC 7235 §2.1). Immutable.
 *
 * @param scheme the scheme's name in lower case
 * @param parameters the values by name in lower case; of a name sent twice the first counts
 */
public record Challenge(String scheme, Map<String, String> parameters) {

  /** Keeps the order of the parameters. */
  public Challenge {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public boolean isBearer() {
    return scheme.equals("bearer");
  }

  public boolean isBasic() {
    return scheme.equals("basic");
  }

  /** Returns the value of a parameter if it was sent and is not empty. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)))
        .filter(value -> !value.isEmpty());
  }

  /** Returns what the token must be good for, each scope once; none for the registry's root. */
  public List<String> scopes() {
    return parameter("scope").stream()
        .flatMap(scopes -> List.of(scopes.split("[ \t]+")).stream())
        .filter(scope -> !scope.isEmpty())
        .distinct()
        .toList();
  }
}
