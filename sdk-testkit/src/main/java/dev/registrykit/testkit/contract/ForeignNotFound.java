package dev.registrykit.testkit.contract;

/**
 * A 404 that no registry said: of the gateway, the framework or the web server that answers where a
 * URL is mistyped or a route was not made. It proves nothing about an image or a tag.
 *
 * @since 0.1.0
 */
public enum ForeignNotFound {
  /** The commonest body of API gateways. */
  JSON_MESSAGE("application/json", "{\"message\":\"Not Found\"}"),
  /** What Spring Boot says. */
  SPRING("application/json", """
      {"timestamp":"2026-11-21T12:00:00.000+00:00","status":404,"error":"Not Found","path":"/x"}"""),
  /** What Kong says. */
  KONG("application/json; charset=utf-8", "{\"message\":\"no Route matched with those values\"}"),
  /** A status alone. */
  EMPTY("", ""),
  /** What the Kubernetes ingress controller says. */
  DEFAULT_BACKEND("text/plain; charset=utf-8", "default backend - 404"),
  /** What nginx says. */
  NGINX("text/html", """
      <html>
      <head><title>404 Not Found</title></head>
      <body>
      <center><h1>404 Not Found</h1></center>
      <hr><center>nginx</center>
      </body>
      </html>
      """),
  /** What Go's web server says. */
  GO("text/plain; charset=utf-8", "404 page not found\n");

  private final String contentType;
  private final String body;

  ForeignNotFound(String contentType, String body) {
    this.contentType = contentType;
    this.body = body;
  }

  /** Returns the Content-Type; empty for an answer without one. */
  public String contentType() {
    return contentType;
  }

  /** Returns the body, to be sent as UTF-8; empty for none. */
  public String body() {
    return body;
  }
}
