package dev.registrykit.spi.transport;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the transport has to know of a provider's service: where it is, how it names requests, and what may
 * be logged. Immutable: each method returns a copy with that
 * change.
 *
 * @since 0.1.0
 */
public final class ServiceTraits {

  /** Headers of HTTP itself whose values tell nothing secret and help to find the cause of a failure. */
  private static final Set<String> STANDARD_HEADERS = Set.of(
      "content-length",
      "content-type",
      "date",
      "ratelimit-limit",
      "ratelimit-remaining",
      "ratelimit-reset",
      "retry-after",
      "server",
      "via",
      "warning",
      "x-request-id");

  private final URI baseUrl;
  private final String product;
  private final String requestIdHeader;
  private final Set<String> shownHeaders;
  private final Set<String> shownParameters;

  private ServiceTraits(
      URI baseUrl,
      String product,
      String requestIdHeader,
      Set<String> shownHeaders,
      Set<String> shownParameters) {
    this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    this.product = Objects.requireNonNull(product, "product");
    this.requestIdHeader = requestIdHeader;
    this.shownHeaders = Set.copyOf(shownHeaders);
    this.shownParameters = Set.copyOf(shownParameters);
  }

  /**
   * Makes the traits of a service of which only what HTTP itself defines may be logged.
   *
   * @param baseUrl where the service is: its origin alone gets the credentials
   * @param product how the provider module names itself in {@code User-Agent}
   */
  public static ServiceTraits of(URI baseUrl, String product) {
    return new ServiceTraits(baseUrl, product, "x-request-id", STANDARD_HEADERS, Set.of());
  }

  /** Returns a copy that names a request by this header of its answer; {@code X-Request-Id} before. */
  public ServiceTraits withRequestIdHeader(String name) {
    String header = name.toLowerCase(Locale.ROOT);
    return new ServiceTraits(
        baseUrl, product, header, plus(shownHeaders, List.of(header)), shownParameters);
  }

  /** Returns a copy that may show the values of these headers of answers too, in logs and exceptions. */
  public ServiceTraits showingHeaders(String... names) {
    List<String> lowerCase = new ArrayList<>();
    for (String name : names) {
      lowerCase.add(name.toLowerCase(Locale.ROOT));
    }
    return new ServiceTraits(
        baseUrl, product, requestIdHeader, plus(shownHeaders, lowerCase), shownParameters);
  }

  /**
   * Returns a copy that may show the values of these query parameters too, which hold names, numbers and
   * orders; all others are hidden.
   */
  public ServiceTraits showingParameters(String... names) {
    return new ServiceTraits(
        baseUrl, product, requestIdHeader, shownHeaders, plus(shownParameters, List.of(names)));
  }

  private static Set<String> plus(Set<String> names, List<String> more) {
    Set<String> all = new HashSet<>(names);
    all.addAll(more);
    return all;
  }

  URI baseUrl() {
    return baseUrl;
  }

  String product() {
    return product;
  }

  String requestIdHeader() {
    return requestIdHeader;
  }

  /** Returns whether the values of a header may be shown; its name in lower case. */
  boolean showsHeader(String name) {
    return shownHeaders.contains(name);
  }

  boolean showsParameter(String name) {
    return shownParameters.contains(name);
  }
}
