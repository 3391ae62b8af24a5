package dev.registrykit.testkit.internal.scaleway;

import dev.registrykit.testkit.internal.scaleway.state.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decoded query of a request. Unknown parameters are ignored. */
final class Query {
  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_PAGE_SIZE = 100;

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

  /** A filter; one without a value filters nothing. */
  Optional<String> filter(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    String value = values.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Refusals.invalidArgument(name, "format");
    }
    return value.equals("true");
  }

  int page() {
    return positive("page", 1, Integer.MAX_VALUE);
  }

  /** Asking for more than the documented maximum is refused, before any silent clamp. */
  int pageSize(Settings settings) {
    int asked = positive("page_size", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    return Math.min(asked, settings.maxPageSize.orElse(asked));
  }

  /** The field to order by, without its direction. */
  String orderField(List<String> fields) {
    String order = order();
    String field = order.replaceFirst("_(asc|desc)$", "");
    if (field.equals(order) || !fields.contains(field)) {
      throw Refusals.invalidArgument("order_by", "constraint");
    }
    return field;
  }

  boolean descending() {
    return order().endsWith("_desc");
  }

  private String order() {
    return filter("order_by").orElse("created_at_asc");
  }

  private int positive(String name, int fallback, int max) {
    Optional<String> value = filter(name);
    if (value.isEmpty()) {
      return fallback;
    }
    int number;
    try {
      number = Integer.parseInt(value.get());
    } catch (NumberFormatException e) {
      throw Refusals.invalidArgument(name, "format");
    }
    if (number < 1 || number > max) {
      throw Refusals.invalidArgument(name, "constraint");
    }
    return number;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusals.invalidArgument("query", "format");
    }
  }
}
