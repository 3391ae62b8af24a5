package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.blaxel.internal.generated.model.ImageMetadata;
import dev.registrykit.blaxel.internal.generated.model.WireImage;

/** The answers to deletions, which are done when they are answered. */
public final class DeletionAnswers {

  private static final int ACCEPTED = 202;

  private DeletionAnswers() {}

  /**
   * Refuses an answer that is neither empty nor about the image that something was taken from. Whether
   * what it has left is the state before or after is not documented, and not looked at.
   *
   * @throws InvalidResponseException for anything else, such as the login page of a proxy
   */
  public static void requireAbout(
      ImageRef image, ApiAnswer<WireImage> answer, BlaxelOperation operation) {
    WireImage named = answer.body();
    if (named != null) {
      ImageMetadata metadata = BlaxelMapper.metadata(named, operation);
      BlaxelMapper.required(metadata.getName(), "an image", "name", operation);
      BlaxelMapper.about(image, named, operation);
    }
  }

  /** Returns what a deletion did, once its answer is known to be about the image. */
  public static DeleteResult result(
      ImageRef image, ApiAnswer<WireImage> answer, BlaxelOperation operation) {
    requireAbout(image, answer, operation);
    return DeleteResult.of(
        answer.status() == ACCEPTED ? DeleteOutcome.ACCEPTED : DeleteOutcome.DELETED, null);
  }
}
