package dev.registrykit.testkit.internal.blaxel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decoded query of a request. Unknown parameters are ignored. */
final class Query {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 100;

  private final Map<String, String> values = new HashMap<>();

  Query(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return;
    }
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      values.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return value(name).filter("true"::equals).isPresent();
  }

  /** What the service says to more than 100 is not known; refusing it is safe. */
  int limit() {
    int limit;
    try {
      limit = value("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    } catch (NumberFormatException e) {
      throw Refusals.generic(400, "invalid limit");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Refusals.generic(400, "invalid limit");
    }
    return limit;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusals.generic(400, "invalid query");
    }
  }
}
