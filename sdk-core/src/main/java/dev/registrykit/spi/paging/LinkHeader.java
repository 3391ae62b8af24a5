package dev.registrykit.spi.paging;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.support.Operation;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code Link} headers, RFC 8288: where the next page is. The target is resolved against the
 * request, and never on another host or port. Its scheme may be another, so that its path and query
 * are to be followed on the registry's own origin.
 *
 * @since 0.1.0
 */
public final class LinkHeader {

  private final String text;
  private int position;

  private LinkHeader(String text) {
    this.text = text;
  }

  /**
   * Returns the target of the first link whose relations have {@code next} among them.
   *
   * @param request where the answer came from
   * @param headers the headers of the answer
   * @param description what failed if something did, in words
   * @throws InvalidResponseException if the target is no URI, or is on another origin
   */
  public static Optional<URI> next(URI request, HttpHeaders headers, String description) {
    for (String value : headers.allValues("link")) {
      for (Link link : new LinkHeader(value).links()) {
        if (link.isNext()) {
          return Optional.of(resolve(request, link.target(), description));
        }
      }
    }
    return Optional.empty();
  }

  private static URI resolve(URI request, String target, String description) {
    URI next;
    try {
      next = BaseUrl.resolve(request, target);
    } catch (IllegalArgumentException e) { // whose message repeats the server's text
      throw Operation.on(description).invalid("the link to the next page is no URI");
    }
    if (!isSamePlace(request, next)) {
      throw Operation.on(description).invalid("the link to the next page leads to another origin");
    }
    return next;
  }

  /** A proxy that ends TLS may leave the scheme behind it in the link. */
  private static boolean isSamePlace(URI request, URI next) {
    return BaseUrl.isUsable(next)
        && (BaseUrl.isSameOrigin(request, next)
            || (request.getHost().equalsIgnoreCase(next.getHost())
                && request.getPort() == next.getPort()));
  }

  /** Reads {@code <target>; name=value; name="quoted, value", <target>…}; what else stands there ends it. */
  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    while (skipTo('<')) {
      int end = text.indexOf('>', position);
      if (end < 0) {
        return links;
      }
      String target = text.substring(position, end).strip();
      position = end + 1;
      links.add(new Link(target, relations()));
    }
    return links;
  }

  /** Moves behind the next such character, over commas and blanks only. */
  private boolean skipTo(char wanted) {
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == wanted) {
        return true;
      }
      if (c != ',' && !isBlank(c)) {
        return false;
      }
    }
    return false;
  }

  /** Reads the parameters of a link; of several {@code rel} the first counts, as the RFC says. */
  private String relations() {
    String relations = null;
    while (true) {
      skipBlanks();
      if (position >= text.length() || text.charAt(position) != ';') {
        return relations == null ? "" : relations;
      }
      position++;
      skipBlanks();
      String name = token().toLowerCase(Locale.ROOT);
      skipBlanks();
      String value = "";
      if (position < text.length() && text.charAt(position) == '=') {
        position++;
        skipBlanks();
        value = value();
      }
      if (name.equals("rel") && relations == null) {
        relations = value;
      }
    }
  }

  private void skipBlanks() {
    while (position < text.length() && isBlank(text.charAt(position))) {
      position++;
    }
  }

  private String token() {
    int start = position;
    while (position < text.length() && "=;,".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position).strip();
  }

  private String value() {
    if (position >= text.length() || text.charAt(position) != '"') {
      return token();
    }
    StringBuilder value = new StringBuilder();
    for (position++; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        break;
      }
      if (c == '\\' && position + 1 < text.length()) {
        c = text.charAt(++position);
      }
      value.append(c);
    }
    return value.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private record Link(String target, String relations) {

    boolean isNext() {
      return List.of(relations.toLowerCase(Locale.ROOT).split("[ \t]+", -1)).contains("next");
    }
  }
}
