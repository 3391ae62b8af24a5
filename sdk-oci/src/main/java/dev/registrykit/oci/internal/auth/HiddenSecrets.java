package dev.registrykit.oci.internal.auth;

import dev.registrykit.ErrorDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes what was sent as a secret out of what a server said back. */
final class HiddenSecrets {

  /** Shorter texts would be found in the midst of words. */
  private static final int MIN_LENGTH = 4;

  private final Set<String> secrets = new LinkedHashSet<>();

  HiddenSecrets(Collection<String> sent) {
    for (String secret : sent) {
      String withoutScheme = secret.substring(secret.indexOf(' ') + 1);
      for (String form : List.of(secret, withoutScheme, encoded(secret))) {
        if (form.length() >= MIN_LENGTH) {
          secrets.add(form);
        }
      }
    }
  }

  private static String encoded(String secret) {
    return URLEncoder.encode(secret, StandardCharsets.UTF_8);
  }

  /** Returns what is known of a failure, to be completed, without any of the secrets. */
  ErrorDetails.Builder in(ErrorDetails details) {
    return details.toBuilder()
        .requestId(details.requestId().map(this::in).orElse(null))
        .headers(details.headers().entrySet().stream()
            .collect(Collectors.toMap(
                Map.Entry::getKey,
                header -> header.getValue().stream().map(this::in).toList())))
        .body(in(details.body()).getBytes(StandardCharsets.UTF_8));
  }

  String in(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, "(hidden)");
    }
    return hidden;
  }

  @Override
  public String toString() {
    return "secrets(hidden)";
  }
}
