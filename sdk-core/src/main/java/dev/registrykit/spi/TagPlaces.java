package dev.registrykit.spi;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Places among tags that the SDK ordered: a cursor is a fingerprint of the listing, the date that is
 * ordered by, and the name.
 */
final class TagPlaces implements OrderedPlaces<Tag> {

  private static final String NO_DATE = "-";

  private final ImageRef image;
  private final TagOrder order;
  private final String fingerprint;

  /**
   * Makes the places of one listing.
   *
   * @param registry what tells this registry from others
   */
  TagPlaces(String registry, ImageRef image, ListTagsOptions options) {
    this.image = image;
    this.order = options.order();
    int hash = List.of(registry, image.path(), order.name(), options.name(), options.namePrefix())
        .hashCode();
    this.fingerprint = "o" + Integer.toHexString(hash) + ".";
  }

  @Override
  public String behind(Tag tag) {
    String date = date(tag).map(Instant::toString).orElse(NO_DATE);
    byte[] place = (date + " " + tag.name()).getBytes(StandardCharsets.UTF_8);
    return fingerprint + Base64.getUrlEncoder().withoutPadding().encodeToString(place);
  }

  private Optional<Instant> date(Tag tag) {
    return switch (order) {
      case CREATED_ASC, CREATED_DESC -> tag.createdAt();
      case UPDATED_ASC, UPDATED_DESC -> tag.updatedAt();
      case NAME_ASC, NAME_DESC, PROVIDER_DEFAULT -> Optional.empty();
    };
  }

  @Override
  public Tag before(String cursor) {
    if (!cursor.startsWith(fingerprint)) {
      throw ofAnother(null);
    }
    try {
      byte[] place = Base64.getUrlDecoder().decode(cursor.substring(fingerprint.length()));
      String[] dateAndName = new String(place, StandardCharsets.UTF_8).split(" ", 2);
      Instant date = dateAndName[0].equals(NO_DATE) ? null : Instant.parse(dateAndName[0]);
      // Whichever of the two is ordered by.
      return Tag.builder(image, dateAndName[1]).createdAt(date).updatedAt(date).build();
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw ofAnother(e);
    }
  }

  private static IllegalArgumentException ofAnother(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "this page cursor belongs to another listing, or to other options", cause);
  }
}
