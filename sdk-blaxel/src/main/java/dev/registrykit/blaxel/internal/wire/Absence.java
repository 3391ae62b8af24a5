package dev.registrykit.blaxel.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides whether an image or a tag is not there. A wrong address, a gateway and somebody else's application
 * answer 404 as well, so that absence needs a proof: either the API says so in an error of its own form, or
 * another answer of its own shows it. Where it is proved, the exception is an {@link
 * ImageNotFoundException} or a {@link TagNotFoundException}; every other 404 is a plain {@link
 * NotFoundException}.
 */
public final class Absence {

  private static final int NOT_FOUND = 404;

  private final Predicate<ImageRef> isListed;

  /**
   * Makes it.
   *
   * @param isListed whether the listing of images has, or may have, an image
   */
  public Absence(Predicate<ImageRef> isListed) {
    this.isListed = isListed;
  }

  /** Returns whether the body of a 404 proves by itself that an image or a tag is not there. */
  static boolean isProvedBy(JsonNode body, ErrorClassifier words) {
    return isOfTheApi(body) && words.saysThatItIsMissing();
  }

  /** Returns whether a body has one of the shapes that {@link BlaxelErrors} describes. */
  private static boolean isOfTheApi(JsonNode body) {
    JsonNode error = body.path("error");
    JsonNode code = body.path("code");
    boolean isOfTheControlPlane =
        error.isTextual() && code.isIntegralNumber() && code.intValue() == NOT_FOUND;
    boolean isOfAnAction = code.isTextual() && body.path("message").isTextual();
    boolean isOfThePlatform =
        error.path("code").isTextual() && error.path("message").isTextual();
    return isOfTheControlPlane || isOfAnAction || isOfThePlatform;
  }

  /**
   * Sends a request about an image of this workspace; where a 404 proves nothing, the image is looked for
   * in the list of images.
   */
  public <T> T ofImage(ImageRef image, BlaxelOperation operation, Supplier<T> request) {
    try {
      return request.get();
    } catch (NotFoundException refusal) {
      throw isUnproven(refusal, operation)
          ? explained(
              refusal,
              () -> isListed.test(image) ? refusal : operation.notFound().apply(refusal.details()))
          : refusal;
    }
  }

  /** Returns whether a 404 may be about the thing itself, but does not prove that it is missing. */
  public static boolean isUnproven(NotFoundException refusal, BlaxelOperation operation) {
    return refusal.getClass() == NotFoundException.class
        && refusal.statusCode() == NOT_FOUND
        && !ErrorClassifier.of(refusal.details(), operation.names()).isAboutAnotherPlace();
  }

  /** Returns whether a 404 that proves that something is missing says that the tag is, not the image. */
  public static boolean isOfTheTagAlone(NotFoundException refusal, BlaxelOperation operation) {
    return ErrorClassifier.of(refusal.details(), operation.names()).isAboutTheTagAlone();
  }

  /**
   * Returns what the 404 to a request about a tag means.
   *
   * @param lookUp reads the tag in another way
   */
  public static NotFoundException ofTag(
      ImageRef image, BlaxelOperation operation, NotFoundException refusal, Runnable lookUp) {
    return explained(refusal, () -> {
      try {
        lookUp.run();
        return new NotFoundException(refusal.details());
      } catch (TagNotFoundException missing) {
        return operation.notFound().apply(refusal.details());
      } catch (ImageNotFoundException missing) {
        return new ImageNotFoundException(image, refusal.details());
      }
    });
  }

  /** Returns what a look-up makes of a refusal, or the refusal itself if it fails too. */
  private static NotFoundException explained(
      NotFoundException refusal, Supplier<NotFoundException> lookUp) {
    try {
      return lookUp.get();
    } catch (RegistryInterruptedException interrupt) {
      interrupt.addSuppressed(refusal);
      throw interrupt;
    } catch (RegistryException other) {
      refusal.addSuppressed(other);
      return refusal;
    }
  }
}
