package dev.registrykit.spi.paging;

import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * The orders of tags where the server has none.
 *
 * @since 0.1.0
 */
public final class TagOrders {

  private static final Comparator<Tag> BY_NAME = Comparator.comparing(Tag::name);

  private TagOrders() {}

  /**
   * Returns the order: names by their characters' code, dates with the name as tie-break and tags
   * without a date last in both directions.
   *
   * @throws IllegalArgumentException for {@link TagOrder#PROVIDER_DEFAULT}, which is no order
   */
  public static Comparator<Tag> comparator(TagOrder order) {
    return switch (order) {
      case NAME_ASC -> BY_NAME;
      case NAME_DESC -> BY_NAME.reversed();
      case CREATED_ASC -> by(Tag::createdAt, Comparator.naturalOrder());
      case CREATED_DESC -> by(Tag::createdAt, Comparator.reverseOrder());
      case UPDATED_ASC -> by(Tag::updatedAt, Comparator.naturalOrder());
      case UPDATED_DESC -> by(Tag::updatedAt, Comparator.reverseOrder());
      case CHANGED_ASC -> by(Tag::changedAt, Comparator.naturalOrder());
      case CHANGED_DESC -> by(Tag::changedAt, Comparator.reverseOrder());
      case PROVIDER_DEFAULT -> throw new IllegalArgumentException(order + " is no order");
    };
  }

  private static Comparator<Tag> by(
      Function<Tag, Optional<Instant>> date, Comparator<Instant> direction) {
    return Comparator.<Tag, Instant>comparing(
            tag -> date.apply(tag).orElse(null), Comparator.nullsLast(direction))
        .thenComparing(BY_NAME);
  }

  /**
   * Returns a listing that is ordered here, as the options say: it is read whole before its first page is
   * there, and again where a cursor resumes it.
   *
   * @param listing what is read; it begins at the beginning
   * @param registry what tells this registry from others
   * @throws IllegalArgumentException if the options' cursor is of another listing
   */
  public static PagedIterable<Tag> ordered(
      Listing<Tag> listing,
      String registry,
      ImageRef image,
      ListTagsOptions options,
      int pageSize) {
    TagPlaces places = new TagPlaces(registry, image, options);
    Tag before = options.cursor().map(PageCursor::value).map(places::before).orElse(null);
    return Pages.ordered(listing, comparator(options.order()), before, places::behind, pageSize);
  }

  /** Returns the ability a registry needs for this order at all. */
  public static Optional<Feature> featureOf(TagOrder order) {
    return switch (order) {
      case PROVIDER_DEFAULT -> Optional.empty();
      case NAME_ASC, NAME_DESC -> Optional.of(Feature.ORDER_BY_NAME);
      case CREATED_ASC, CREATED_DESC -> Optional.of(Feature.ORDER_BY_CREATED);
      case UPDATED_ASC, UPDATED_DESC -> Optional.of(Feature.ORDER_BY_UPDATED);
      case CHANGED_ASC, CHANGED_DESC -> Optional.of(Feature.ORDER_BY_CHANGED);
    };
  }

  /** Returns the ability by which the server itself orders so. */
  public static Optional<Feature> serverFeatureOf(TagOrder order) {
    return switch (order) {
      case PROVIDER_DEFAULT -> Optional.empty();
      case NAME_ASC, NAME_DESC -> Optional.of(Feature.SERVER_ORDER_BY_NAME);
      case CREATED_ASC, CREATED_DESC -> Optional.of(Feature.SERVER_ORDER_BY_CREATED);
      case UPDATED_ASC, UPDATED_DESC -> Optional.of(Feature.SERVER_ORDER_BY_UPDATED);
      case CHANGED_ASC, CHANGED_DESC -> Optional.of(Feature.SERVER_ORDER_BY_CHANGED);
    };
  }
}
