package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.BadRequestException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done for a caller: words for messages, and what it means when the thing is not there. Unlike on
 * Scaleway, a 400 to a deletion has a meaning too.
 *
 * @param description such as {@code delete tag 1.2 of sandbox/app}
 * @param notFound makes the exception for a missing thing
 * @param inUse makes the exception for a thing in use; null where nothing is deleted
 * @param names the caller's names of things, which must not be taken for words of the server
 */
public record BlaxelOperation(
    String description,
    Function<ErrorDetails, NotFoundException> notFound,
    @Nullable Function<ErrorDetails, BadRequestException> inUse,
    Set<String> names) {

  public static BlaxelOperation on(String description) {
    return new BlaxelOperation(description, NotFoundException::new, null, Set.of());
  }

  public static BlaxelOperation onImage(String description, ImageRef image) {
    return new BlaxelOperation(
        description,
        details -> new ImageNotFoundException(image, details),
        null,
        Set.of(image.path(), ResourceTypes.nameOf(image)));
  }

  public static BlaxelOperation onTag(String verb, ImageRef image, String tag) {
    return new BlaxelOperation(
        verb + " tag " + tag + " of " + image,
        details -> new TagNotFoundException(image, tag, details),
        null,
        Set.copyOf(List.of(image.path(), ResourceTypes.nameOf(image), tag)));
  }

  public static BlaxelOperation deletingImage(ImageRef image) {
    return onImage("delete image " + image, image).refusing(ImageInUseException::new);
  }

  public static BlaxelOperation deletingTag(ImageRef image, String tag) {
    return onTag("delete", image, tag).refusing(TagInUseException::new);
  }

  private BlaxelOperation refusing(Function<ErrorDetails, BadRequestException> inUse) {
    return new BlaxelOperation(description, notFound, inUse, names);
  }

  /** Returns the details of a failure that the SDK concludes itself. */
  public ErrorDetails details(String why) {
    return plain().details(why);
  }

  /** Returns the exception for an answer that is not what was promised. */
  public InvalidResponseException invalid(String why) {
    return plain().invalid(why);
  }

  /** Returns the exception for something that an answered look-up did not find. */
  public NotFoundException missing(String why) {
    return plain().missing(why);
  }

  private Operation plain() {
    return new Operation(description, notFound);
  }
}
