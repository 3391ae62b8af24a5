package dev.registrykit.spi;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagNotFoundException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants: words for messages, and what it means when the thing is not there.
 *
 * @param description such as {@code delete tag 1.2 of ns/app}
 * @param notFound makes the exception for a missing thing
 * @param limit how long it may take; null for as long as any call
 */
public record Intent(
    String description,
    Function<ErrorDetails, NotFoundException> notFound,
    @Nullable Duration limit) {

  /** Makes an intent that may take as long as any call. */
  public Intent(String description, Function<ErrorDetails, NotFoundException> notFound) {
    this(description, notFound, null);
  }

  /** Returns a copy that may take this long at most, or as long as any call for null. */
  public Intent within(@Nullable Duration limit) {
    return new Intent(description, notFound, limit);
  }

  /** Returns an intent on something that is neither an image nor a tag. */
  public static Intent on(String description) {
    return new Intent(description, NotFoundException::new);
  }

  /** Returns an intent on an image. */
  public static Intent onImage(String description, ImageRef image) {
    return new Intent(description, details -> new ImageNotFoundException(image, details));
  }

  /** Returns an intent on a tag; the verb begins its description. */
  public static Intent onTag(String verb, ImageRef image, String tag) {
    return new Intent(
        verb + " tag " + tag + " of " + image,
        details -> new TagNotFoundException(image, tag, details));
  }

  /** Returns the exception for an answer that is not what was promised. */
  public InvalidResponseException invalid(String why) {
    return new InvalidResponseException(description + " failed: " + why, null);
  }

  /** Returns the exception for something that an answered look-up did not find. */
  public NotFoundException missing(String why) {
    return notFound.apply(ErrorDetails.of(description).serverMessage(why).build());
  }
}
