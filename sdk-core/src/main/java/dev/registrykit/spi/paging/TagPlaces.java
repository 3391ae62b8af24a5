package dev.registrykit.spi.paging;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Turns places among tags that the SDK ordered into cursors and back. A place is named by the tag before
 * it, its name and the date that is ordered by, so that it survives insertions and deletions elsewhere,
 * and of that tag itself.
 */
final class TagPlaces {

  private static final String NO_DATE = "-";

  private final ImageRef image;
  private final TagOrder order;
  private final ListingCursors cursors;

  /**
   * Makes the places of one listing.
   *
   * @param registry what tells this registry from others
   */
  TagPlaces(String registry, ImageRef image, ListTagsOptions options) {
    this.image = image;
    this.order = options.order();
    this.cursors = ListingCursors.of(
        "ordered here",
        registry,
        image.path(),
        order,
        options.name(),
        options.namePrefix(),
        options.housekeepingTags());
  }

  /** Returns the cursor of the place behind a tag. */
  String behind(Tag tag) {
    String date = date(tag).map(Instant::toString).orElse(NO_DATE);
    byte[] place = (date + " " + tag.name()).getBytes(StandardCharsets.UTF_8);
    return cursors.cursor(Base64.getUrlEncoder().withoutPadding().encodeToString(place));
  }

  private Optional<Instant> date(Tag tag) {
    return switch (order) {
      case CREATED_ASC, CREATED_DESC -> tag.createdAt();
      case UPDATED_ASC, UPDATED_DESC -> tag.updatedAt();
      case CHANGED_ASC, CHANGED_DESC -> tag.changedAt();
      case NAME_ASC, NAME_DESC, PROVIDER_DEFAULT -> Optional.empty();
    };
  }

  /**
   * Returns a tag that stands where the cursor's tag stood, equal to it in the listing's order.
   *
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  Tag before(String cursor) {
    String encoded = cursors.place(cursor);
    try {
      byte[] place = Base64.getUrlDecoder().decode(encoded);
      String[] dateAndName = new String(place, StandardCharsets.UTF_8).split(" ", 2);
      Instant date = dateAndName[0].equals(NO_DATE) ? null : Instant.parse(dateAndName[0]);
      // Whichever of the two is ordered by.
      return Tag.builder(image, dateAndName[1]).createdAt(date).updatedAt(date).build();
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw ListingCursors.foreign(e);
    }
  }
}
