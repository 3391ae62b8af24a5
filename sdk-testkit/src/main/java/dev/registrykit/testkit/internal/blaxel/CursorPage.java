package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One page of a list, with an opaque cursor that is bound to filters and order. */
final class CursorPage {
  /** Characters that a cursor may have and that a client has to escape. */
  private static final String PREFIX = "opaque+/";

  private CursorPage() {}

  /**
   * Cuts the page a request asks for.
   *
   * @param scope what the cursor is bound to
   * @param total what is counted, whatever the filters
   */
  static <T> ObjectNode cut(
      List<T> all,
      Query query,
      String scope,
      long total,
      Settings settings,
      Function<T, ObjectNode> toJson) {
    Position position =
        query.value("cursor").map(cursor -> read(cursor, scope)).orElse(Position.START);
    int from = Math.min(position.offset(), all.size());
    int to = Math.min(from + query.limit(), all.size());
    boolean isEmptyOne = settings.putsEmptyPagesBetween && !position.isAfterEmptyPage();
    ObjectNode json = Refusals.object();
    var data = json.putArray("data");
    if (!isEmptyOne) {
      all.subList(from, to).forEach(row -> data.add(toJson.apply(row)));
    }
    Optional<Position> next = isEmptyOne
        ? Optional.of(new Position(from, true))
        : Optional.of(new Position(to, false)).filter(end -> end.offset() < all.size());
    ObjectNode meta = json.putObject("meta").put("hasMore", next.isPresent());
    next.ifPresent(end -> meta.put("nextCursor", write(end, scope)));
    meta.put("total", total);
    return json;
  }

  private static String write(Position position, String scope) {
    String text = position.offset() + "," + position.isAfterEmptyPage() + "," + scope;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return PREFIX + Base64.getEncoder().encodeToString(bytes) + "=";
  }

  private static Position read(String cursor, String scope) {
    try {
      String encoded = cursor.substring(PREFIX.length(), cursor.length() - 1);
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      String[] parts = text.split(",", 3);
      if (cursor.startsWith(PREFIX) && parts[2].equals(scope)) {
        return new Position(Integer.parseInt(parts[0]), Boolean.parseBoolean(parts[1]));
      }
    } catch (RuntimeException e) {
      throw Refusals.generic(400, "invalid cursor");
    }
    throw Refusals.generic(400, "invalid cursor");
  }

  private record Position(int offset, boolean isAfterEmptyPage) {
    static final Position START = new Position(0, false);
  }
}
