package dev.registrykit.spi.support;

import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done for a caller: words for messages, and what it means when the thing is not there.
 *
 * @param description such as {@code delete tag 1.2 of ns/app}
 * @param notFound makes the exception for a missing thing
 * @since 0.1.0
 */
public record Operation(String description, Function<ErrorDetails, NotFoundException> notFound) {

  /** Returns an operation on something that is neither an image nor a tag. */
  public static Operation on(String description) {
    return new Operation(description, NotFoundException::new);
  }

  /** Returns an operation on an image. */
  public static Operation onImage(String description, ImageRef image) {
    return new Operation(description, details -> new ImageNotFoundException(image, details));
  }

  /** Returns an operation on a tag; the verb begins its description. */
  public static Operation onTag(String verb, ImageRef image, String tag) {
    return new Operation(
        verb + " tag " + tag + " of " + image,
        details -> new TagNotFoundException(image, tag, details));
  }

  /**
   * Returns the details of a failure that the SDK concludes itself, for any exception, without the secrets that the
   * operation sent: the reason may name what an answer says.
   */
  public ErrorDetails details(String why) {
    return details(description, why);
  }

  static ErrorDetails details(String description, String why) {
    return ErrorDetails.builder(description)
        .serverMessage(OperationContext.redactor().apply(why))
        .mayHaveTakenEffect(OperationContext.mayHaveTakenEffect())
        .build();
  }

  /** Returns the exception for an answer that is not what was promised. */
  public InvalidResponseException invalid(String why) {
    return invalid(why, null);
  }

  /** Returns the exception for an answer that is not what was promised. */
  public InvalidResponseException invalid(String why, @Nullable Throwable cause) {
    return new InvalidResponseException(details(why), cause);
  }

  /** Returns the exception for something that an answered look-up did not find. */
  public NotFoundException missing(String why) {
    return notFound.apply(details(why));
  }

  /**
   * Returns the exception for what the registry turns out not to offer.
   *
   * @param feature the missing ability; null for one that only the provider's own type has
   * @param refusal what told
   */
  public UnsupportedFeatureException unsupported(
      String why, @Nullable Feature feature, @Nullable Throwable refusal) {
    return new UnsupportedFeatureException(details(why), feature, refusal);
  }

  /** Returns the exception for an interrupt of this thread, and sets its flag again. */
  public RegistryInterruptedException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new RegistryInterruptedException(details("the thread was interrupted"), cause);
  }
}
