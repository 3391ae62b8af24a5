package dev.registrykit.blaxel.internal;

import dev.registrykit.BadRequestException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants: words for messages, and what it means when the thing is not there. Unlike on
 * Scaleway, a 400 to a deletion has a meaning too.
 *
 * @param description such as {@code delete tag 1.2 of sandbox/app}
 * @param notFound makes the exception for a missing thing
 * @param inUse makes the exception for a thing in use; null where nothing is deleted
 * @param names what the caller calls things, which is not to be taken for the server's words
 * @param limit how long it may take; null for as long as any call
 */
record Intent(
    String description,
    Function<ErrorDetails, NotFoundException> notFound,
    @Nullable Function<ErrorDetails, BadRequestException> inUse,
    Set<String> names,
    @Nullable Duration limit) {

  /** Returns a copy that may take this long at most, or as long as any call for null. */
  Intent within(@Nullable Duration limit) {
    return new Intent(description, notFound, inUse, names, limit);
  }

  static Intent on(String description) {
    return new Intent(description, NotFoundException::new, null, Set.of(), null);
  }

  static Intent onImage(String description, ImageRef image) {
    return new Intent(
        description,
        details -> new ImageNotFoundException(image, details),
        null,
        Set.of(image.path(), ResourceTypes.nameOf(image)),
        null);
  }

  static Intent onTag(String verb, ImageRef image, String tag) {
    return new Intent(
        verb + " tag " + tag + " of " + image,
        details -> new TagNotFoundException(image, tag, details),
        null,
        Set.copyOf(List.of(image.path(), ResourceTypes.nameOf(image), tag)),
        null);
  }

  static Intent deletingImage(ImageRef image) {
    return onImage("delete image " + image, image).refusing(ImageInUseException::new);
  }

  static Intent deletingTag(ImageRef image, String tag) {
    return onTag("delete", image, tag).refusing(TagInUseException::new);
  }

  private Intent refusing(Function<ErrorDetails, BadRequestException> inUse) {
    return new Intent(description, notFound, inUse, names, limit);
  }

  /** Returns the exception for an answer that is not what was promised. */
  InvalidResponseException invalid(String why) {
    return new InvalidResponseException(description + " failed: " + why, null);
  }

  /** Returns the exception for something that an answered look-up did not find. */
  NotFoundException missing(String why) {
    return notFound.apply(ErrorDetails.of(description).serverMessage(why).build());
  }
}
