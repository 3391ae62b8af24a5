package dev.registrykit.testkit.internal.oci.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decoded query or form; a name may come more than once. Malformed pairs are left out. */
public final class QueryParameters {
  private final Map<String, List<String>> values = new HashMap<>();

  public QueryParameters(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      add(name, equals < 0 ? "" : pair.substring(equals + 1));
    }
  }

  /** The first value; one that is empty counts as none. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst().filter(value -> !value.isEmpty());
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  private void add(String name, String value) {
    try {
      values
          .computeIfAbsent(
              URLDecoder.decode(name, StandardCharsets.UTF_8), key -> new ArrayList<>())
          .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Go's parser, which these servers use, leaves out what it cannot decode.
      return;
    }
  }
}
