package dev.registrykit.spi;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes credentials out of refusals, for a server may say back what it was sent. */
final class Redaction {

  /** Shorter texts are no secrets, and would be found in the midst of words. */
  private static final int MIN_SECRET_LENGTH = 6;

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /** Makes a redaction of these header values, and of what follows the scheme in them. */
  static Redaction of(Collection<String> headerValues) {
    List<String> secrets = new ArrayList<>();
    for (String value : headerValues) {
      String withoutScheme = value.substring(value.indexOf(' ') + 1);
      for (String secret : List.of(value, withoutScheme)) {
        if (secret.length() >= MIN_SECRET_LENGTH) {
          secrets.add(secret);
        }
      }
    }
    return new Redaction(secrets);
  }

  /** Returns the answer; without the secrets if it is a refusal, which ends up in an exception. */
  TransportResponse apply(TransportResponse response) {
    if (response.isSuccess() || secrets.isEmpty()) {
      return response;
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) ->
            headers.put(name, values.stream().map(this::redacted).toList()));
    // One character for each byte, whatever the encoding is.
    String body = new String(response.body(), StandardCharsets.ISO_8859_1);
    return new TransportResponse(
        response.uri(),
        response.status(),
        HttpHeaders.of(headers, (name, value) -> true),
        redacted(body).getBytes(StandardCharsets.ISO_8859_1));
  }

  private String redacted(String text) {
    String result = text;
    for (String secret : secrets) {
      result = result.replace(secret, "(hidden)");
    }
    return result;
  }
}
