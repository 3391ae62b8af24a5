package dev.registrykit.oci.internal.auth;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as it came over the wire; header names are in lower case. */
public record LabRequest(String method, String target, Map<String, String> headers, String body) {

  String path() {
    return URI.create(target).getRawPath();
  }

  String line() {
    return method + " " + target;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public String authorization() {
    return header("authorization").orElse("none");
  }

  /** Returns the decoded values of a query's or form's parameter, in the order sent. */
  List<String> parameter(String name) {
    String query = URI.create(target).getRawQuery();
    List<String> values = new ArrayList<>();
    for (String pair : ((query == null ? "" : query) + "&" + body).split("&")) {
      if (pair.startsWith(name + "=")) {
        values.add(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
