package dev.registrykit.spi.transport;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.support.Operation;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;

/**
 * Decides where a redirect leads. The JDK's client must not follow them: it hands credentials to the
 * other host, and repeats deletions there.
 */
final class Redirects {

  private static final int MAX_HOPS = 10;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  /** Headers that may go to another origin. All others may hold a credential. */
  private static final Set<String> HARMLESS_HEADERS =
      Set.of("accept", "accept-language", "if-modified-since", "if-none-match", "range");

  private Redirects() {}

  static boolean areFollowed(HttpRequest request, TransportResponse response) {
    return STATUSES.contains(response.status())
        && (request.method().equals("GET") || request.method().equals("HEAD"));
  }

  /**
   * Returns the request to send next.
   *
   * @throws InvalidResponseException if the redirect leads nowhere, in circles, from https to http,
   *     from elsewhere to this machine or a cloud's metadata, or tells another origin a secret
   */
  static HttpRequest next(HttpRequest request, TransportResponse response, int hop, Call call) {
    if (hop >= MAX_HOPS) {
      throw invalid(call, "more than " + MAX_HOPS + " redirects");
    }
    URI from = request.uri();
    URI to = target(from, response, call);
    if (from.getScheme().equalsIgnoreCase("https") && !to.getScheme().equalsIgnoreCase("https")) {
      throw invalid(call, "redirected from https to " + to.getScheme());
    }
    if (HostAddress.isLocal(to.getHost()) && !HostAddress.isLocal(from.getHost())) {
      throw invalid(call, "redirected to an address of this machine's own");
    }
    boolean isSameOrigin = BaseUrl.isSameOrigin(from, to);
    if (!isSameOrigin && response.redactor().findsLongSecretIn(to.toString())) {
      throw invalid(call, "redirected to another origin with a secret in the address");
    }
    return HttpRequest.newBuilder(
            request,
            (name, value) ->
                isSameOrigin || HARMLESS_HEADERS.contains(name.toLowerCase(Locale.ROOT)))
        .uri(to)
        .build();
  }

  private static URI target(URI from, TransportResponse response, Call call) {
    String location = response.headers().firstValue("location").orElse("");
    URI to;
    try {
      to = BaseUrl.resolve(from, location);
    } catch (IllegalArgumentException e) {
      throw nowhere(call); // its message repeats the server's text
    }
    if (location.isBlank() || !BaseUrl.isUsable(to)) {
      throw nowhere(call);
    }
    return to;
  }

  private static InvalidResponseException nowhere(Call call) {
    return invalid(call, "redirected without a usable Location");
  }

  private static InvalidResponseException invalid(Call call, String why) {
    return Operation.on(call.description()).invalid(why);
  }
}
