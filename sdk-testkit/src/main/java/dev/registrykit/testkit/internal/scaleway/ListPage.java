package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.scaleway.state.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One page of a list: which rows are on it, and how many there are over all pages. */
record ListPage<T>(List<T> rows, int totalCount) {

  static <T> ListPage<T> cut(
      Stream<T> matching, Comparator<T> order, Query query, Settings settings) {
    List<T> all = new ArrayList<>(matching.toList());
    all.sort(query.descending() ? order.reversed() : order);
    int pageSize = query.pageSize(settings);
    int from = (int) Math.min(offset(query, pageSize), all.size());
    int to = Math.min(from + pageSize, all.size());
    return new ListPage<>(List.copyOf(all.subList(from, to)), all.size());
  }

  static long offset(Query query, int pageSize) {
    return (query.page() - 1L) * pageSize;
  }

  ObjectNode json(String field, Function<T, ObjectNode> toJson) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var items = json.putArray(field);
    rows.forEach(row -> items.add(toJson.apply(row)));
    json.put("total_count", totalCount);
    return json;
  }
}
