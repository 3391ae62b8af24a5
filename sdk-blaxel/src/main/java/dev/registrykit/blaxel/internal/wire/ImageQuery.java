package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.blaxel.BlaxelImageOrder;
import org.jspecify.annotations.Nullable;

/**
 * Which images to list, in the API's own words.
 *
 * @param prefix what their names begin with; the API has no filter by resource type or exact name
 */
public record ImageQuery(
    int pageSize, String sort, @Nullable String prefix) {

  /** Returns a query in an order of the facade's. */
  public static ImageQuery of(int pageSize, BlaxelImageOrder order, @Nullable String prefix) {
    String sort = switch (order) {
      case NAME_ASC -> "name:asc";
      case NAME_DESC -> "name:desc";
      case CREATED_ASC -> "createdAt:asc";
      case CREATED_DESC -> "createdAt:desc";
    };
    return new ImageQuery(pageSize, sort, prefix);
  }
}
